import type { Equity, Trade } from '../run.ts';

/** What a run's metrics are made from. */
export interface MeasuredRun {
  readonly equity: Equity;
  readonly trades: readonly MeasuredTrade[];
  /** Buy & hold beside the equity, one value per session. */
  readonly benchmark: ArrayLike<number>;
  /** Currency units, above zero. */
  readonly initialCash: number;
  /** A year, simple, as a ratio: 0.02 is 2 %. */
  readonly riskFreeRate: number;
}

/** What metrics read of a trade; `Trade` and `TradeRow` both have it. */
export type MeasuredTrade = Pick<
  Trade,
  'quantity' | 'entryPrice' | 'reason' | 'commission' | 'spread' | 'slippage' | 'net' | 'bars'
>;
