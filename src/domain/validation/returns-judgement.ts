import type { Day, Ratio } from '../units.ts';
import type { Found } from './statistics/found.ts';
import { momentsOf } from './statistics/moments.ts';
import type { OverfittingReport } from './statistics/report.ts';
import type { KnownTrials } from './statistics/sharpe-evidence.ts';
import { trialOf } from './statistics/returns.ts';
import type { ReturnsMatrix } from './search.ts';

/** What the returns of many trials say of the best of them: the statistics of overfitting that need no study. */
export interface ReturnsJudgement extends Pick<
  OverfittingReport,
  'sharpe' | 'deflated' | 'pbo' | 'superior' | 'cells' | 'verdict'
> {
  readonly trials: number;
  readonly periods: number;
  readonly from: Day;
  readonly to: Day;
  readonly perYear: number;
  /** A year, taken off each return. */
  readonly riskFreeRate: Ratio;
  /** The trial with the highest Sharpe ratio, which is judged. */
  readonly best: { readonly name: string; readonly sharpe: number };
  /** See ReadReturns. */
  readonly leftOut: { readonly before: number; readonly after: number };
  readonly constant: readonly string[];
}

/** Of excess returns: the trial with the highest Sharpe ratio, and what a ledger of all of them would know. */
export function bestOfTrials(
  excess: ReturnsMatrix,
): Found<KnownTrials & { readonly best: number }> {
  const ratios: number[] = [];
  let best = -1;
  let highest = -Infinity;
  for (let trial = 0; trial < excess.trials; trial++) {
    const sharpe = momentsOf(trialOf(excess, trial))?.sharpe;
    if (sharpe === undefined) continue;
    ratios.push(sharpe);
    if (sharpe > highest) [best, highest] = [trial, sharpe];
  }
  if (best < 0) return { reason: 'No trial’s returns vary.' };
  const mean = ratios.reduce((sum, one) => sum + one, 0) / ratios.length;
  const squares = ratios.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return { best, trials: excess.trials, variance: squares / Math.max(1, ratios.length - 1) };
}
