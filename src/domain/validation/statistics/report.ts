import type { Cells } from './cells.ts';
import type { Distribution } from './distribution.ts';
import type { Found } from './found.ts';
import type { Moments } from './moments.ts';
import type { ResampledBars } from './monte-carlo-bars.ts';
import type { MonteCarloTrades } from './monte-carlo-trades.ts';
import type { Pbo } from './pbo.ts';
import type { SuperiorAbility } from './superior-ability.ts';
import type { OverfittingVerdict } from './verdict.ts';
import type { Ratio } from '../../units.ts';

/**
 * The statistics of overfitting of one run; each part a value or the reason why there is none. Plain data and typed
 * arrays. Every Sharpe ratio is per session (mean ÷ sd of excess returns); × √perYear makes it annual (`annual`).
 */
export interface OverfittingReport {
  readonly sessions: number;
  /** Returns a year: 252 or 365 of daily bars. */
  readonly perYear: number;
  readonly sharpe: Found<SharpeEvidence>;
  readonly deflated: Found<DeflatedSharpe>;
  readonly pbo: Found<Pbo>;
  readonly superior: Found<SuperiorAbility>;
  readonly cells: Found<Cells>;
  readonly bars: Found<ResampledBars>;
  readonly trades: Found<MonteCarloTrades>;
  readonly permutation: Found<Permutation>;
  readonly verdict: Found<OverfittingVerdict>;
}

export interface SharpeEvidence {
  /** Of the run’s returns above the risk-free rate. */
  readonly moments: Moments;
  /** Probabilistic Sharpe ratio: that the true ratio exceeds 0. */
  readonly probability: Ratio;
  /** Sessions needed before that probability reaches 95 %; null where the ratio is not above 0. */
  readonly minimumTrackRecord: number | null;
}

export interface DeflatedSharpe {
  /** The ledger’s trials, and the variance of their Sharpe ratios per session. */
  readonly trials: number;
  readonly variance: number;
  /** SR₀: what the best of so many trials without an edge is expected to show. */
  readonly expectedMaximum: number;
  /** That the true ratio exceeds SR₀. */
  readonly probability: Ratio;
  /** Years below which the best of so many trials without an edge is expected to show the run’s ratio. */
  readonly minimumBacktestYears: number | null;
  /** What the reader should know, in a sentence. */
  readonly remark: string | null;
}

/** The run against the same signals at other times. */
export interface Permutation {
  readonly rotations: number;
  /** Annual Sharpe ratios, as the metrics have them. */
  readonly own: number;
  readonly rotated: Distribution;
  /** Rotations without a Sharpe ratio; they count as worse. */
  readonly without: number;
  readonly pValue: Ratio;
}
