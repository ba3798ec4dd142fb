import type { TrialCurve } from '../../trial.ts';
import type { ReturnsMatrix } from '../search.ts';

/** Simple returns of equity by session, the first against the initial cash; null where equity fell to zero or below. */
export function returnsOf(equity: Float64Array, initialCash: number): Float64Array | null {
  const returns = new Float64Array(equity.length);
  let previous = initialCash;
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    if (!(value > 0)) return null;
    returns[session] = value / previous - 1;
    previous = value;
  }
  return returns;
}

/** Puts a trial’s simple returns by session into `out`: after ruin there is nothing left to gain. */
export function fillReturns(
  { initialCash, equity }: Pick<TrialCurve, 'initialCash' | 'equity'>,
  out: Float64Array,
): void {
  let before = initialCash;
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    out[session] = returnAfter(before, value);
    before = value;
  }
}

export const returnAfter = (before: number, equity: number): number =>
  before > 0 ? equity / before - 1 : 0;

/** Returns above a rate per session. */
export const excessOf = (returns: Float64Array, rate: number): Float64Array =>
  rate === 0 ? returns : returns.map((one) => one - rate);

/** One trial’s returns; a view, not a copy. */
export const trialOf = ({ sessions, values }: ReturnsMatrix, trial: number): Float64Array =>
  values.subarray(trial * sessions, (trial + 1) * sessions);

/** A Sharpe ratio per session as one per year: × √N, N sessions a year. */
export const annual = (sharpe: number, perYear: number): number => sharpe * Math.sqrt(perYear);
