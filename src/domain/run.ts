/** What a run yields, as plain columns: the shapes that digests, metrics, charts and files are made from. */

export const exitReasons = [
  'stop',
  'target',
  'trailing',
  'time',
  'opposite',
  'kill-switch',
  'end',
] as const;
export type ExitReason = (typeof exitReasons)[number];

/** One row per trade, in order of entry session, then rank. A trade open at the end has exitRow −1. */
export interface Trade {
  readonly symbol: number;
  readonly side: 1 | -1;
  /** Rows into Market. */
  readonly signalRow: number;
  readonly entryRow: number;
  /** −1 while the position is open. */
  readonly exitRow: number;
  readonly quantity: number;
  readonly entryPrice: number;
  /** Last close where the position is still open. */
  readonly exitPrice: number;
  /** null while the position is open. */
  readonly reason: ExitReason | null;
  /** The first stop and target, null where off. */
  readonly stop: number | null;
  readonly target: number | null;
  readonly score: number;
  /** side × quantity × (exit − entry), before costs; marked to the last close while open. */
  readonly gross: number;
  readonly commission: number;
  readonly spread: number;
  readonly slippage: number;
  /** gross − costs. */
  readonly net: number;
  /** Bars held, the entry bar being the first. */
  readonly bars: number;
  /** One bar touched both the stop and the target; the stop was taken. */
  readonly ambiguous: boolean;
}

/** One value per session, marked at the close. */
export interface Equity {
  readonly day: Int32Array;
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Σ |quantity| × close. */
  readonly gross: Float64Array;
  readonly positions: Int32Array;
}

export interface Alert {
  readonly kind: 'drawdown' | 'kill-switch';
  /** Drawdown level, or equity ÷ previous equity. */
  readonly value: number;
  readonly day: number;
}

/** Orders that never became positions, by cause. */
export interface OrderCounts {
  readonly signals: number;
  readonly filled: number;
  readonly noSlot: number;
  readonly expired: number;
  readonly tooSmall: number;
  readonly paused: number;
  readonly noAtr: number;
  /** Still waiting when the data ended. */
  readonly pending: number;
}

export interface Simulation {
  readonly trades: readonly Trade[];
  readonly equity: Equity;
  readonly alerts: readonly Alert[];
  readonly orders: OrderCounts;
}

/** A trade with names and dates in place of row numbers, as tables and files show it. */
export interface TradeRow extends Omit<Trade, 'symbol' | 'signalRow' | 'entryRow' | 'exitRow'> {
  readonly symbol: string;
  readonly signalDay: number;
  readonly entryDay: number;
  /** null while the position is open. */
  readonly exitDay: number | null;
}

/** SHA-256 in lower-case hex over canonical bytes (domain/digest.ts). */
export interface Digests {
  readonly trades: string;
  readonly equity: string;
  readonly metrics: string;
}
