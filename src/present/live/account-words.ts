import type { Equity } from '../../domain/run.ts';
import type { Step } from '../../domain/units.ts';
import { shortLength } from '../bar-length.ts';
import { count, counted, money, percent } from '../format.ts';
import { type Times, stepWord } from '../times.ts';
import type { ReplayedRun, StepSentence } from './explain-step.ts';

/** An account after a close. */
export const accountFigures = (
  { equity, cash, gross, positions }: Equity,
  start: Step,
  at: Step,
): readonly { readonly label: string; readonly words: string }[] => [
  { label: 'Equity', words: money(equity[at]) },
  { label: 'Since the start', words: percent(equity[at]! / equity[start]! - 1) },
  { label: 'Cash', words: money(cash[at]) },
  { label: 'Exposure', words: percent(equity[at]! > 0 ? gross[at]! / equity[at]! : NaN) },
  { label: 'Positions', words: count(positions[at]) },
];

/** Where a replay has come to rest, to be spoken: '2024-03-05: equity 101,200.00, 2 positions. Bought 12 ABC …' */
export function spokenWords(
  { replay }: ReplayedRun,
  times: Times,
  at: Step,
  sentences: readonly StepSentence[],
): string {
  const { equity, positions } = replay.equity;
  const [first, ...more] = sentences;
  const rest = more.length === 0 ? '' : ` And ${count(more.length)} more.`;
  return `${stepWord(times, at)}: equity ${money(equity[at])}, ${counted(positions[at]!, 'position')}. ${first?.text ?? ''}${rest}`;
}

/** How fast bars come in real time: 'a bar every 5 min'. */
export const realTimeWord = (milliseconds: number): string =>
  `a bar every ${shortLength(milliseconds / 1000)}`;
