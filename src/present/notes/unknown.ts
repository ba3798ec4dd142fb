import { type Note, info, warning } from '../../domain/note.ts';
import type { SignalPart } from '../../domain/strategies/strategy.ts';
import { count, counted, shortPercent } from '../format.ts';

/** What follows where a part is unknown; of the last three only bars that enter are counted. */
const words: Readonly<Record<SignalPart, (bars: number, of: number) => Note>> = {
  entry: (bars, of) => warning(`Entry was unknown on ${share(bars, of)}: no entry there.`),
  exit: (bars, of) => warning(`Exit was unknown on ${share(bars, of)}: it ends nothing there.`),
  side: (bars) => warning(`Side was unknown on ${entering(bars)}: no entry there.`),
  score: (bars) => info(`Score was unknown on ${entering(bars)}: they are served last.`),
  weight: (bars, of) =>
    warning(`Weight was unknown on ${share(bars, of)}: what was held then stayed.`),
  rebalance: (bars, of) =>
    warning(`Rebalance was unknown on ${share(bars, of)}: none was asked for there.`),
  sizeFactor: (bars) => info(`Size factor was unknown on ${entering(bars)}: no position there.`),
};

const share = (bars: number, of: number): string =>
  `${counted(bars, 'bar')} ${beyond} (of ${count(of)} in all)`;
const entering = (bars: number): string => `${counted(bars, 'bar')} that would enter`;

/** Where nothing excuses an unknown value. */
const beyond = 'beyond its warm-up';

/** How often a custom strategy's expressions could not be answered: a division by zero, say, or a missing value. */
export const unknownNotes = (
  found: readonly (readonly [SignalPart, number])[],
  of: number,
): Note[] => found.filter(([, bars]) => bars > 0).map(([part, bars]) => words[part](bars, of));

/** The same beside a preview: '' where all is known. */
export const unknownWords = (bars: number): string =>
  bars > 0 ? `, unknown on ${count(bars)} ${beyond}` : '';

/** Windows over a date that took in symbols which were no members of the universe. */
export const outsidersCompared = (dates: number, of: number): Note =>
  warning(
    `PARTITION BY date compared members of the universe with symbols that were none on ${count(dates)} of ${counted(of, 'date')} (${shortPercent(dates / of)}). Write PARTITION BY date, member() to compare members only.`,
  );
