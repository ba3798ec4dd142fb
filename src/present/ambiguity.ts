import type { Inside } from '../domain/run.ts';
import { count, counted, shortPercent } from './format.ts';

/** What finer bars decide, in one sentence; null where they had nothing to. */
export function insideSentence(inside: Inside | undefined): string | null {
  if (inside === undefined || inside.ambiguous === 0) return null;
  const { ambiguous, resolved } = inside;
  return `In ${counted(ambiguous, 'bar')} its own prices leave the order of stop and target open: finer bars decide ${count(resolved)} of these (${shortPercent(resolved / ambiguous)}).`;
}
