import { type Compared, judged } from '../domain/learning/verdict.ts';
import { ratio, shortPercent } from './format.ts';

const openings = {
  helped: 'Learning helped',
  'no difference': 'Learning did not help',
  hurt: 'Learning hurt',
  unknown: 'Whether learning helped cannot be told',
};

/** Whether learning helped, in one plain sentence. */
export function learningSentence(compared: Compared): string {
  return `${openings[judged(compared)]}: ${grounds(compared)}`;
}

function grounds({ learned, fixed, significance, anyLearned, same }: Compared): string {
  if (!anyLearned)
    return 'no training window taught anything to trade by, and the study’s own weights stay.';
  if (same) return 'every trade is as it would be without it.';
  const { value, reason } = significance;
  if (value === null || learned === null || fixed === null)
    return lowered(reason ?? 'A curve has no Sharpe ratio.');
  const chance = value < 0.001 ? `less than ${shortPercent(0.001)}` : shortPercent(value);
  return `the Sharpe ratio out of sample is ${ratio(learned)} with what was learned and ${ratio(fixed)} without it; a difference as large comes by chance in ${chance} of cases.`;
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
