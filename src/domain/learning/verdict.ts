import type { Learning } from '../validation/learning.ts';

/** A difference that chance makes more often than this is no difference. */
const most = 0.05;

/** Annual Sharpe ratios out of sample; null where there is none. */
export interface Compared {
  readonly learned: number | null;
  readonly fixed: number | null;
  readonly significance: Learning['significance'];
  /** Whether any fold traded by other weights or sizes than the fixed ones. */
  readonly anyLearned: boolean;
  /** Whether the two curves are equal all the same. */
  readonly same: boolean;
}

/** Whether learning helped. */
export function judged({
  learned,
  fixed,
  significance: { value },
  anyLearned,
  same,
}: Compared): Learning['verdict'] {
  if (!anyLearned || same) return 'no difference';
  if (value === null || learned === null || fixed === null) return 'unknown';
  if (value > most) return 'no difference';
  return learned > fixed ? 'helped' : 'hurt';
}
