import { type Clock, type Market, type Signals, clockOf, rowsOf } from '../market.ts';
import type { Row } from '../units.ts';
import type { Moment } from './look-ahead-replays.ts';

/**
 * Bars that are under way when everything later is cut off: what was dealt at their opens binds cash by then. Of them
 * nothing but the open is known.
 */
export interface UnderWay {
  /** A row of the cut market, or −1 − the row of a bar under way in the whole one, for every row of both together. */
  readonly rows: Int32Array;
  readonly firstRow: Int32Array;
}

/** null where no bar is under way. */
export function underWay(cut: Market, whole: Market, { closed, opened }: Moment): UnderWay | null {
  const { clock, symbols } = whole;
  if (clock === undefined) return null;
  const rows: Row[] = [];
  const firstRow = new Int32Array(symbols.length + 1);
  let found = 0;
  for (let s = 0; s < symbols.length; s++) {
    const [from, end] = rowsOf(cut, s);
    for (let row = from; row < end; row++) rows.push(row);
    const [first, last] = rowsOf(whole, s);
    for (let row = first; row < last && clock.opens[row]! <= opened; row++) {
      if (clock.known[row]! <= closed) continue;
      rows.push(-1 - row);
      found++;
    }
    firstRow[s + 1] = rows.length;
  }
  return found === 0 ? null : { rows: Int32Array.from(rows), firstRow };
}

/** The cut market with the opens of the bars under way: high, low and close are the open, a volume there is none. */
export function withOpens(
  cut: Market,
  whole: Market & { readonly clock: Clock },
  { rows, firstRow }: UnderWay,
): Market {
  const column = (name: 'open' | 'high' | 'low' | 'close'): Float64Array =>
    Float64Array.from(rows, (row) => (row >= 0 ? cut[name][row]! : whole.open[-1 - row]!));
  const instants = (name: 'opens' | 'known'): Float64Array =>
    Float64Array.from(rows, (row) =>
      row >= 0 ? cut.clock![name][row]! : whole.clock[name][-1 - row]!,
    );
  return {
    ...cut,
    firstRow,
    day: Int32Array.from(rows, (row) => (row >= 0 ? cut.day[row]! : whole.day[-1 - row]!)),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: Float64Array.from(rows, (row) => (row >= 0 ? cut.volume[row]! : Number.NaN)),
    clock: clockOf(instants('opens'), instants('known')),
  };
}

/** What is said at the bars of the cut market; at those under way nothing is. */
export function withSilence(signals: Signals, { rows }: UnderWay): Signals {
  const at = (column: ArrayLike<number>, silence: number) => (row: Row) =>
    row >= 0 ? column[row]! : silence;
  const reals = (column: Float64Array, silence = Number.NaN): Float64Array =>
    Float64Array.from(rows, at(column, silence));
  const bytes = (column: Int8Array): Int8Array => Int8Array.from(rows, at(column, 0));
  const { side, exit, score, atr, sizeFactor, halfSpread, weight, rebalance, unknown } = signals;
  return {
    side: bytes(side),
    exit: bytes(exit),
    score: reals(score),
    atr: reals(atr),
    sizeFactor: reals(sizeFactor, 1),
    halfSpread: halfSpread && reals(halfSpread),
    ...(weight && { weight: reals(weight) }),
    ...(rebalance && { rebalance: bytes(rebalance) }),
    ...(unknown && { unknown: bytes(unknown) }),
  };
}
