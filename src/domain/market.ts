import type { Day } from './calendar.ts';

/**
 * Bars of all symbols as columns, in (symbol, date) order, symbols in code-unit order.
 * Rows of symbol s are `firstRow[s]` .. `firstRow[s + 1] - 1`. Prices are as given (or adjusted at import).
 */
export interface Market {
  readonly symbols: readonly string[];
  /** Length symbols + 1. */
  readonly firstRow: Int32Array;
  readonly day: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the data have no volume. */
  readonly volume: Float64Array;
}

/**
 * What a strategy says at the close of every bar, row by row beside `Market`. A signal at row r may act
 * from the symbol's next bar, never earlier.
 */
export interface Signals {
  /** +1 enter long, −1 enter short, 0 nothing. */
  readonly side: Int8Array;
  /** Ranks orders that meet at one open; higher first. NaN where unknown. */
  readonly score: Float64Array;
  /** Average true range in price units: the unit of stops and targets. NaN while it is warming up. */
  readonly atr: Float64Array;
  /** Multiplies the position's size, by row (the G-Score's reduction); 1 where nothing applies. */
  readonly sizeFactor: Float64Array;
}

/** A half-open row range of one symbol. */
export function rowsOf(market: Market, symbol: number): readonly [from: number, to: number] {
  return [market.firstRow[symbol] ?? 0, market.firstRow[symbol + 1] ?? 0];
}

/** The sessions of a range: dates on which any symbol has a bar, and which rows stand on each. */
export interface Sessions {
  readonly day: Int32Array;
  /** Rows of session s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
  readonly start: Int32Array;
  readonly rows: Int32Array;
  /** Symbol number of each entry of `rows`. */
  readonly symbol: Int32Array;
}

/** Groups the rows with from ≤ day ≤ to by session (a counting sort, so symbol order is kept). */
export function sessionsOf(market: Market, from: Day, to: Day): Sessions {
  const { day, symbols } = market;
  let first = Infinity;
  let last = -Infinity;
  // Counted loops: over a million rows they take half the time of for…of.
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d < from || d > to) continue;
    if (d < first) first = d;
    if (d > last) last = d;
  }
  if (first === Infinity) {
    return {
      day: new Int32Array(0),
      start: new Int32Array(1),
      rows: new Int32Array(0),
      symbol: new Int32Array(0),
    };
  }
  const count = new Int32Array(last - first + 2);
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d >= first && d <= last) count[d - first]!++;
  }
  const sessionOfDay = new Int32Array(last - first + 1);
  const days: number[] = [];
  const starts: number[] = [];
  let total = 0;
  for (let offset = 0; offset <= last - first; offset++) {
    const bars = count[offset]!;
    if (bars === 0) continue;
    sessionOfDay[offset] = days.length;
    days.push(first + offset);
    starts.push(total);
    total += bars;
  }
  starts.push(total);
  const next = Int32Array.from(starts);
  const rows = new Int32Array(total);
  const symbol = new Int32Array(total);
  for (let s = 0; s < symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let row = begin; row < end; row++) {
      const d = day[row]!;
      if (d < first || d > last) continue;
      const at = next[sessionOfDay[d - first]!]!++;
      rows[at] = row;
      symbol[at] = s;
    }
  }
  return { day: Int32Array.from(days), start: Int32Array.from(starts), rows, symbol };
}
