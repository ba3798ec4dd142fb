import type { RunSummary } from '../../domain/journal.ts';
import { minute } from '../../present/format.ts';

/** When a run was made, on this machine's clock: 2026-01-31 12:05. */
export function when({ madeAt }: RunSummary): string {
  const at = new Date(madeAt);
  return minute(at.getTime() - at.getTimezoneOffset() * 60_000);
}
