import type { TrialCurve } from '../../trial.ts';
import { ROUNDING } from '../../metrics/finding.ts';
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

/**
 * Without the trials whose returns never vary: those that never traded, mostly. They were no rivals to the best one, and
 * must neither dilute its rank nor lend their shape to others.
 */
export function varyingTrials(returns: ReturnsMatrix): ReturnsMatrix {
  const { sessions, trials } = returns;
  const varying: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const own = trialOf(returns, trial);
    const first = own[0] ?? 0;
    const least = ROUNDING * Math.max(1, Math.abs(first));
    if (own.some((one) => Math.abs(one - first) > least)) varying.push(trial);
  }
  if (varying.length === trials) return returns;
  const values = new Float64Array(varying.length * sessions);
  for (const [i, trial] of varying.entries()) values.set(trialOf(returns, trial), i * sessions);
  return { sessions, trials: varying.length, values };
}

/** A Sharpe ratio per session as one per year: × √N, N sessions a year. */
export const annual = (sharpe: number, perYear: number): number => sharpe * Math.sqrt(perYear);
