import { minute } from '../../present/format.ts';

/** When something was made, on this machine's clock: 2026-01-31 12:05. */
export function when({ madeAt }: { readonly madeAt: string }): string {
  const at = new Date(madeAt);
  return minute(at.getTime() - at.getTimezoneOffset() * 60_000);
}
