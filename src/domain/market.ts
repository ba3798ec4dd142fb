import { LabError } from './errors.ts';
import type { Day, Days, Prices, Ratios, Row, Rows } from './units.ts';

/**
 * Bars of all symbols as columns, in (symbol, date) order, symbols in code-unit order.
 * Rows of symbol s are `firstRow[s]` .. `firstRow[s + 1] - 1`. Prices are as given (or adjusted at import).
 */
export interface Market {
  readonly symbols: readonly string[];
  /** Length symbols + 1. */
  readonly firstRow: Rows;
  readonly day: Days;
  readonly open: Prices;
  readonly high: Prices;
  readonly low: Prices;
  readonly close: Prices;
  /** NaN where the data have no volume. */
  readonly volume: Float64Array;
  /** What the universe says of symbols; absent where there is none. */
  readonly listings?: Listings;
  /** What the instruments and cash events files say; absent where there are none. */
  readonly contracts?: Contracts;
}

/**
 * What is traded, where that is not simply a share of what the bars price. Bars with splits are linked forward: each
 * price is multiplied, and each volume divided, by the splits that its symbol has had since its first bar, so that a
 * split moves no price and changes no quantity. A *unit* of the simulation is so much that its value is the linked price:
 * a contract has `multiplier` of them, a share 1 ÷ `splits` of its row.
 */
export interface Contracts {
  /** By symbol number: currency that a price change of 1 is worth per contract; 1 where nothing is said. */
  readonly multiplier: Float64Array;
  /** Smallest step of a price as printed, NaN where nothing is said. */
  readonly tick: Float64Array;
  /** Smallest step of a quantity in contracts or shares, NaN where nothing is said. */
  readonly lot: Float64Array;
  /** Currency that a contract binds, long or short, in place of its value; NaN where it is paid for in full. */
  readonly margin: Float64Array;
  /** By row: the product of the splits since the symbol's first bar, this bar's included. Null without splits. */
  readonly splits: Float64Array | null;
  /** By row: the dividend that goes ex at this bar's open, per unit of the simulation. Null without dividends. */
  readonly dividend: Float64Array | null;
}

/** Facts by symbol number that bars do not tell. */
export interface Listings {
  /** First session day on which the delisting is booked; 2147483647 where the universe does not end the symbol for good. */
  readonly delistedOn: Days;
  /** Return on the last close, a ratio of at least −1; NaN where the universe says nothing. */
  readonly delistingReturn: Ratios;
  /** Group of each symbol (a sector, say) as an index into `groups`; −1 where it has none. */
  readonly group: Int32Array;
  readonly groups: readonly string[];
}

/** The number of a symbol. Throws a LabError where there is none of that name. */
export function symbolNumber({ symbols }: Pick<Market, 'symbols'>, symbol: string): number {
  const number = symbols.indexOf(symbol);
  if (number >= 0) return number;
  throw new LabError({
    kind: 'data',
    problem: 'The dataset has no such symbol.',
    remedy: 'Choose one of the imported symbols.',
    place: { value: symbol },
  });
}

/**
 * What a strategy says at the close of every bar, row by row beside `Market`. A signal at row r may act
 * from the symbol's next bar, never earlier.
 */
export interface Signals {
  /** +1 enter long, −1 enter short, 0 nothing. */
  readonly side: Int8Array;
  /** Open positions that are to leave: 0 none, 1 longs, 2 shorts, 3 both. */
  readonly exit: Int8Array;
  /** Ranks orders that meet at one open; higher first. NaN where unknown. */
  readonly score: Float64Array;
  /** Average true range in price units: the unit of stops and targets. NaN while it is warming up. */
  readonly atr: Prices;
  /** Multiplies the position's size, by row (the G-Score's reduction); 1 where nothing applies. */
  readonly sizeFactor: Float64Array;
  /** Estimated half spread at this close, a ratio, for fills from the next bar on; null where not asked for. */
  readonly halfSpread: Ratios | null;
  /**
   * Target weights of equity, shorts below zero: given in place of entries, of which there are then none. NaN says
   * nothing of a symbol: what is held of it stays.
   */
  readonly weight?: Float64Array;
  /** 1 where the strategy asks for a rebalance; not given where it leaves that to the study. */
  readonly rebalance?: Int8Array;
  /** Bits of what was unknown, as the strategy's plan lists them; not given where it lists nothing. */
  readonly unknown?: Int8Array;
}

/** What a strategy says at a bar, and how it says nothing; ATR and spread belong to the bar itself. */
const silences = {
  side: 0,
  exit: 0,
  score: Number.NaN,
  sizeFactor: 1,
  weight: Number.NaN,
  rebalance: 0,
} as const;

/** The same signals with what is said at the bars changed, column by column; `change` gets a copy and what is silence. */
export function withSaid(
  signals: Signals,
  change: (column: Int8Array | Float64Array, silence: number) => void,
): Signals {
  const changed = Object.entries(silences).flatMap(([name, silence]) => {
    const column = signals[name as keyof typeof silences]?.slice();
    if (column === undefined) return [];
    change(column, silence);
    return [[name, column]];
  });
  return { ...signals, ...(Object.fromEntries(changed) as Partial<Signals>) };
}

/** A half-open row range of one symbol. */
export function rowsOf(market: Market, symbol: number): readonly [from: Row, to: Row] {
  return [market.firstRow[symbol] ?? 0, market.firstRow[symbol + 1] ?? 0];
}

/** The sessions of a range: dates on which any symbol has a bar, and which rows stand on each. */
export interface Sessions {
  readonly day: Days;
  /** Rows of session s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
  readonly start: Int32Array;
  readonly rows: Rows;
  /** Symbol number of each entry of `rows`. */
  readonly symbol: Int32Array;
}

/** The dates with from ≤ date ≤ to on which any symbol has a bar, in order. */
export function sessionDays({ day }: Market, from: Day, to: Day): Days {
  let first = Infinity;
  let last = -Infinity;
  // Counted loops: over a million rows they take half the time of for…of.
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d < from || d > to) continue;
    if (d < first) first = d;
    if (d > last) last = d;
  }
  if (first === Infinity) return new Int32Array(0);
  const seen = new Uint8Array(last - first + 1);
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d >= first && d <= last) seen[d - first] = 1;
  }
  const days: Day[] = [];
  for (let offset = 0; offset < seen.length; offset++)
    if (seen[offset] === 1) days.push(first + offset);
  return Int32Array.from(days);
}

/** Groups the rows with from ≤ day ≤ to by session (a counting sort, so symbol order is kept). */
export function sessionsOf(market: Market, from: Day, to: Day): Sessions {
  const days = sessionDays(market, from, to);
  const first = days[0] ?? 0;
  const last = days[days.length - 1] ?? -1;
  const sessionOf = new Int32Array(last - first + 1);
  for (let session = 0; session < days.length; session++)
    sessionOf[days[session]! - first] = session;

  const { day, symbols } = market;
  const next = new Int32Array(days.length + 1);
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d >= first && d <= last) next[sessionOf[d - first]!]!++;
  }
  const start = new Int32Array(days.length + 1);
  for (let session = 0; session < days.length; session++) {
    start[session + 1] = start[session]! + next[session]!;
    next[session] = start[session]!;
  }
  const rows = new Int32Array(start[days.length]!);
  const symbol = new Int32Array(rows.length);
  for (let s = 0; s < symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let row = begin; row < end; row++) {
      const d = day[row]!;
      if (d < first || d > last) continue;
      const at = next[sessionOf[d - first]!]!++;
      rows[at] = row;
      symbol[at] = s;
    }
  }
  return { day: days, start, rows, symbol };
}

/** The symbols that have a bar in these sessions, in order of their first one. */
export function symbolsIn({ symbol }: Sessions, { symbols }: Market): number[] {
  const seen = new Uint8Array(symbols.length);
  const found: number[] = [];
  for (let i = 0; i < symbol.length && found.length < seen.length; i++) {
    const s = symbol[i]!;
    if (seen[s] === 1) continue;
    seen[s] = 1;
    found.push(s);
  }
  return found;
}
