import { numberText, percentText } from '../validation/finding.ts';
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

/** Whether learning helped, in one plain sentence. */
export function judged({
  learned,
  fixed,
  significance: { value, reason },
  anyLearned,
  same,
}: Compared): Pick<Learning, 'verdict' | 'sentence'> {
  if (!anyLearned)
    return {
      verdict: 'no difference',
      sentence:
        'Learning did not help: no training window taught anything to trade by, and the study’s own weights stay.',
    };
  if (same)
    return {
      verdict: 'no difference',
      sentence: 'Learning did not help: every trade is as it would be without it.',
    };
  if (value === null || learned === null || fixed === null)
    return {
      verdict: 'unknown',
      sentence: `Whether learning helped cannot be told: ${lowered(reason ?? 'A curve has no Sharpe ratio.')}`,
    };
  const ratios = `the Sharpe ratio out of sample is ${numberText(learned)} with what was learned and ${numberText(fixed)} without it`;
  const chance = `a difference as large comes by chance in ${value < 0.001 ? 'less than 0.1 %' : percentText(value)} of cases`;
  if (value > most)
    return {
      verdict: 'no difference',
      sentence: `Learning did not help: ${ratios}; ${chance}.`,
    };
  return learned > fixed
    ? { verdict: 'helped', sentence: `Learning helped: ${ratios}; ${chance}.` }
    : { verdict: 'hurt', sentence: `Learning hurt: ${ratios}; ${chance}.` };
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
