import { type SharpeComparison, type SharpeTest, leastCommonSessions } from '../domain/journal.ts';
import { count, ratio, weight } from './format.ts';

/** Two runs by their letters, and of how many comparisons theirs is one. */
export interface RunPair {
  readonly base: string;
  readonly run: string;
  readonly tests: number;
}

/** What a comparison of Sharpe ratios says, in one sentence or two. */
export function sharpeSentence(found: SharpeComparison, pair: RunPair): string {
  const { base, run } = pair;
  switch (found.kind) {
    case 'tested':
      return testSentence(found, pair);
    case 'same':
      return `${run} has the same curve as ${base}, to the bit: there is no difference to test.`;
    case 'few-sessions':
      return `${run} and ${base} have ${sessions(found.sessions)} in common: too few to compare their Sharpe ratios; it takes ${leastCommonSessions}.`;
    case 'no-curve':
      return `Of ${which(found, pair)} no whole curve is kept: run ${found.base && found.run ? 'them' : 'it'} again to compare the Sharpe ratios.`;
    case 'ruined':
      return `The equity of ${which(found, pair)} fell to zero or below: that leaves no Sharpe ratio to compare.`;
    case 'flat':
      return `The equity of ${which(found, pair)} does not vary over the common sessions: that leaves no Sharpe ratio to compare.`;
  }
}

function testSentence(found: SharpeTest, pair: RunPair): string {
  const { difference, low, high } = found;
  const { base, run } = pair;
  const over = `over ${count(found.sessions)} common sessions`;
  if (low === high)
    return `${run}’s Sharpe is the same as ${base}’s ${over}: their returns differ in size only.`;
  const size = ratio(Math.abs(difference));
  const lead = /[1-9]/.test(size)
    ? `${run}’s Sharpe is ${difference > 0 ? 'higher' : 'lower'} than ${base}’s by ${size}`
    : `${run}’s Sharpe is about the same as ${base}’s`;
  return `${lead} (95\u202f% interval ${ratio(low)} to ${ratio(high)}, ${chance(found, pair)}): ${over} ${verdict(found, pair)}`;
}

const chance = ({ pValue, corrected }: SharpeTest, { tests }: RunPair): string =>
  tests > 1
    ? `p\u00a0=\u00a0${pWord(pValue)}, with Holm’s correction ${pWord(corrected)}`
    : `p\u00a0=\u00a0${pWord(pValue)}`;

const isLuck = (pValue: number): boolean => pValue >= 0.05;

function verdict({ pValue, corrected }: SharpeTest, { tests }: RunPair): string {
  if (!isLuck(corrected)) return 'that is more than luck explains.';
  if (isLuck(pValue)) return 'that is no more than luck explains.';
  return `that is no more than luck explains once all ${tests} comparisons are counted.`;
}

/** Two decimals, three where it is small. */
const pWord = (value: number): string =>
  value < 0.0995 ? weight(value) : ratio(Math.min(value, 1));

const which = (
  of: { readonly base: boolean; readonly run: boolean },
  { base, run }: RunPair,
): string => (of.base && of.run ? `${base} and of ${run}` : of.base ? base : run);

const sessions = (number: number): string =>
  number === 0 ? 'no sessions' : number === 1 ? 'one session' : `${count(number)} sessions`;
