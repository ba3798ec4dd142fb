import type { Trades } from '../run.ts';
import { GrowingColumns } from './columns.ts';
import type { Position } from './position.ts';

/** How each column of `Trades` is stored. */
const columns = {
  symbol: Int32Array,
  side: Int8Array,
  signalRow: Int32Array,
  entryRow: Int32Array,
  exitRow: Int32Array,
  entryStep: Int32Array,
  exitStep: Int32Array,
  quantity: Float64Array,
  entryPrice: Float64Array,
  exitPrice: Float64Array,
  reason: Int8Array,
  stop: Float64Array,
  target: Float64Array,
  score: Float64Array,
  gross: Float64Array,
  commission: Float64Array,
  spread: Float64Array,
  slippage: Float64Array,
  impact: Float64Array,
  borrow: Float64Array,
  net: Float64Array,
  bars: Int32Array,
  ambiguous: Uint8Array,
  mae: Float64Array,
  mfe: Float64Array,
  dividends: Float64Array,
} as const;

/**
 * Trades as growing columns. A position keeps its place from its entry on, and is written when it ends. A good
 * guess of `capacity` saves growing.
 */
export class TradeLog {
  /** Added to the symbol numbers of positions, where an account sees a part of the symbols. */
  firstSymbol = 0;
  readonly #rows: GrowingColumns<typeof columns>;

  readonly #dividends: boolean;
  readonly #isForMany: boolean;

  /** `dividends` tells whether there are any in the data, `isForMany` whether the log will be cleared for another run. */
  constructor(capacity = 0, dividends = false, isForMany = false) {
    this.#dividends = dividends;
    this.#isForMany = isForMany;
    this.#rows = new GrowingColumns(columns, capacity);
  }

  /** The place of the next trade. */
  reserve(): number {
    return this.#rows.reserve();
  }

  write(position: Position): void {
    const c = this.#rows.columns;
    const i = position.trade;
    const { side, entryPrice, gross, net, dividends } = position;
    c.symbol[i] = this.firstSymbol + position.symbol;
    c.side[i] = side;
    c.signalRow[i] = position.signalRow;
    c.entryRow[i] = position.entryRow;
    c.exitRow[i] = position.exitRow;
    c.entryStep[i] = position.entryStep;
    c.exitStep[i] = position.exitStep;
    c.quantity[i] = position.entered;
    c.entryPrice[i] = entryPrice;
    c.exitPrice[i] = position.exitPrice;
    c.reason[i] = position.reason;
    c.stop[i] = Number.isFinite(position.stop) ? position.stop : Number.NaN;
    c.target[i] = Number.isFinite(position.target) ? position.target : Number.NaN;
    c.score[i] = position.score;
    c.gross[i] = gross;
    // New columns hold zeros: what costs nothing need not touch their memory.
    if (position.commission !== 0) c.commission[i] = position.commission;
    if (position.spread !== 0) c.spread[i] = position.spread;
    if (position.slippage !== 0) c.slippage[i] = position.slippage;
    if (position.impact !== 0) c.impact[i] = position.impact;
    if (position.borrow !== 0) c.borrow[i] = position.borrow;
    if (dividends !== 0) c.dividends[i] = dividends;
    c.net[i] = net;
    c.bars[i] = position.bars;
    c.ambiguous[i] = position.ambiguous ? 1 : 0;
    c.mae[i] = Math.min(0, (side * (position.worst - entryPrice)) / entryPrice);
    c.mfe[i] = Math.max(0, (side * (position.best - entryPrice)) / entryPrice);
  }

  /** Begins anew: what `trades` gave is gone. */
  clear(): void {
    this.firstSymbol = 0;
    this.#rows.clear();
  }

  trades(): Trades {
    const { dividends, ...trades } = this.#rows.table(this.#isForMany);
    return this.#dividends ? { ...trades, dividends } : trades;
  }
}
