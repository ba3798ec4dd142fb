import type { Equity, Fills, Following, Trades } from '../run.ts';
import type { Ratio, Row } from '../units.ts';

/** What a run's metrics are made from. */
export interface MeasuredRun {
  readonly equity: Equity;
  readonly trades: Trades;
  /** When the bar of a trade's row is, in days: its date, or parts of days where bars have a clock. */
  readonly timeOf: (row: Row) => number;
  /** Outsample's buy & hold beside the equity, one value per step (domain/benchmark.ts). */
  readonly benchmark: Float64Array;
  /**
   * The market that peers compare with: mean over symbols of close ÷ first close, one value per step (with one
   * symbol: its closes up to a factor).
   */
  readonly closes: Float64Array;
  /** Sessions before the strategy's features all had values; peers' buy & hold starts after them. */
  readonly warmup: number;
  /** Currency units, above zero. */
  readonly initialCash: number;
  /** A year, simple, as a ratio: 0.02 is 2 %. */
  readonly riskFreeRate: Ratio;
  /** Interest received less paid, currency. */
  readonly interest: number;
  /** How a portfolio kept to its target weights, and its single fills; only of strategies that give weights. */
  readonly portfolio?: { readonly following: Following; readonly fills: Fills };
}
