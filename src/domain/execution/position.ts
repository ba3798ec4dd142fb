import type { ExitReason, Trade } from '../run.ts';

/**
 * One position from its entry on; it becomes a trade when the run ends. A level that is off stands where no
 * price reaches it: −Infinity or Infinity.
 */
export interface Position {
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly signalRow: number;
  readonly entryRow: number;
  readonly entryPrice: number;
  readonly quantity: number;
  readonly score: number;
  readonly stop: number;
  readonly target: number;

  /** Trailing level in force, set at the bar before; off on the entry bar. */
  trailing: number;
  /** Highest high (long) or lowest low (short) since entry, entry bar included. */
  best: number;
  /** The symbol's bar of this session, −1 where it has none. */
  today: number;
  /** The symbol's newest bar, today's included. */
  row: number;
  /** Bars held, the entry bar being the first; a bar whose open ends the position by order isn't one. */
  bars: number;
  /** Last close. */
  mark: number;
  /** Why it leaves at its next open; null while nothing is ordered. */
  ordered: ExitReason | null;

  commission: number;
  spread: number;
  slippage: number;

  /** −1 while open. */
  exitRow: number;
  exitPrice: number;
  reason: ExitReason | null;
  ambiguous: boolean;
}

/** A position entered at `price`, its exits measured from `reference`. Distances in price units, null is off. */
export function newPosition(entry: {
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly signalRow: number;
  readonly price: number;
  readonly reference: number;
  readonly quantity: number;
  readonly score: number;
  readonly stopDistance: number | null;
  readonly targetDistance: number | null;
}): Position {
  const { symbol, side, signalRow, price, reference, quantity, score } = entry;
  const entryRow = signalRow + 1;
  return {
    symbol,
    side,
    signalRow,
    entryRow,
    entryPrice: price,
    quantity,
    score,
    stop: reference - side * (entry.stopDistance ?? Infinity),
    target: reference + side * (entry.targetDistance ?? Infinity),
    trailing: -side * Infinity,
    best: price,
    today: entryRow,
    row: entryRow,
    bars: 0,
    mark: price,
    ordered: null,
    commission: 0,
    spread: 0,
    slippage: 0,
    exitRow: -1,
    exitPrice: price,
    reason: null,
    ambiguous: false,
  };
}

/** The record of a position, marked to its last close while it is open. */
export function tradeOf(position: Position): Trade {
  const { side, quantity, entryPrice, commission, spread, slippage, exitRow } = position;
  const exitPrice = exitRow < 0 ? position.mark : position.exitPrice;
  const gross = quantity * (side > 0 ? exitPrice - entryPrice : entryPrice - exitPrice);
  return {
    symbol: position.symbol,
    side,
    signalRow: position.signalRow,
    entryRow: position.entryRow,
    exitRow,
    quantity,
    entryPrice,
    exitPrice,
    reason: position.reason,
    stop: Number.isFinite(position.stop) ? position.stop : null,
    target: Number.isFinite(position.target) ? position.target : null,
    score: position.score,
    gross,
    commission,
    spread,
    slippage,
    net: gross - (commission + spread + slippage),
    bars: position.bars,
    ambiguous: position.ambiguous,
  };
}
