import { deflatedSharpe, expectedMaximumSharpe, minimumBacktestYears } from './deflated-sharpe.ts';
import { type Found, because } from './found.ts';
import { momentsOf } from './moments.ts';
import { minimumTrackRecord, probabilisticSharpe } from './probabilistic-sharpe.ts';
import type { DeflatedSharpe, SharpeEvidence } from './report.ts';
import { annual } from './returns.ts';

/** What the trial ledger knows: distinct trials, and the variance of their Sharpe ratios per session. */
export interface KnownTrials {
  readonly trials: number;
  readonly variance: number;
}

const confidence = 0.95;

/** Of a run’s excess returns by session. */
export function sharpeEvidence(excess: Float64Array): Found<SharpeEvidence> {
  if (excess.length < 2) return { reason: 'There are fewer than two sessions.' };
  const moments = momentsOf(excess);
  const probability = moments && probabilisticSharpe(moments, 0);
  if (moments === null || probability === null) return { reason: because.flat };
  return {
    moments,
    probability,
    minimumTrackRecord: minimumTrackRecord(moments, 0, confidence),
  };
}

/** The same, told that it is the best of many. */
export function deflatedEvidence(
  { moments }: SharpeEvidence,
  { trials, variance }: KnownTrials,
  perYear: number,
): Found<DeflatedSharpe> {
  const probability = deflatedSharpe(moments, trials, variance);
  if (probability === null) return { reason: because.flat };
  return {
    trials,
    variance,
    expectedMaximum: expectedMaximumSharpe(trials, variance),
    probability,
    minimumBacktestYears: minimumBacktestYears(trials, annual(moments.sharpe, perYear)),
    remark:
      trials < 2
        ? 'The ledger holds fewer than two trials of this dataset: nothing is deflated, and this equals the probabilistic Sharpe ratio against zero. Trials made elsewhere are not known here.'
        : null,
  };
}
