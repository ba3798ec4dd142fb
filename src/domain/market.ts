import { LabError } from './errors.ts';
import { firstFrom } from './rising.ts';
import type { Day, Days, Instants, Prices, Ratios, Row, Rows } from './units.ts';

/**
 * Bars of all symbols as columns, in (symbol, date) order, symbols in code-unit order.
 * Rows of symbol s are `firstRow[s]` .. `firstRow[s + 1] - 1`. Prices are as given (or adjusted at import).
 */
export interface Market {
  readonly symbols: readonly string[];
  /** Length symbols + 1. */
  readonly firstRow: Rows;
  /** The session that each bar belongs to: the date that it is given, or the trading day of its exchange. */
  readonly day: Days;
  readonly open: Prices;
  readonly high: Prices;
  readonly low: Prices;
  readonly close: Prices;
  /** NaN where the data have no volume. */
  readonly volume: Float64Array;
  /** When bars begin and end; absent where they are dated by days alone, and one instant stands for each date. */
  readonly clock?: Clock;
  /** What the universe says of symbols; absent where there is none. */
  readonly listings?: Listings;
  /** What the instruments and cash events files say; absent where there are none. */
  readonly contracts?: Contracts;
  /** Finer bars inside these; absent where there are none. */
  readonly detail?: Detail;
}

/**
 * Instants by row. A bar covers [opens, known): its open may be dealt at from `opens` on, its other values are used
 * from `known` on. Both rise strictly within a symbol, whose bars do not overlap.
 */
export interface Clock {
  readonly opens: Instants;
  readonly known: Instants;
  /** The step that a bar belongs to: those of equal `opens` and `known` share one; steps rise by `known`, then `opens`. */
  readonly step: Int32Array;
  /** What their exchanges' calendars say, where they were asked. */
  readonly hours?: Hours;
  /** Sessions a year, as the exchange's calendar has them over the data; not given where no one calendar says so. */
  readonly perYear?: number;
}

/** The hours of the places that bars are from. */
export interface Hours {
  readonly places: readonly SessionTimes[];
  /** By symbol, an index into `places`. */
  readonly placeOf: Int32Array;
  /** Length of a bar, seconds; 86,400 where each is a session. */
  readonly seconds: number;
}

/** Sessions of a calendar, rising, as columns. */
export interface SessionTimes {
  readonly day: Days;
  readonly open: Instants;
  readonly close: Instants;
  /** Seconds by which clocks there are ahead of UTC at the open. */
  readonly ahead: Int32Array;
}

/** By row, a number that bars of one step share, and that rises with time: without a clock the date. */
export const stepsByRow = ({ day, clock }: Pick<Market, 'day' | 'clock'>): Int32Array =>
  clock?.step ?? day;

/** When the bar of a row opens, in days: its date, or parts of days where bars have a clock. */
export const barTime =
  ({ day, clock }: Pick<Market, 'day' | 'clock'>) =>
  (row: Row): number =>
    clock === undefined ? day[row]! : clock.opens[row]! / 86_400;

/** Numbers the steps of bars by their instants; rows in any order, quickest where they rise within symbols. */
export function clockOf(opens: Instants, known: Instants): Clock {
  const closes = distinct(known);
  const step = new Int32Array(known.length);
  /** The opens of bars that are known at each of the closes: nearly always one. */
  const first = new Float64Array(closes.length);
  const others = new Map<number, number[]>();
  const hasFirst = new Uint8Array(closes.length);
  let at = 0;
  for (let row = 0; row < known.length; row++) {
    if (closes[at] !== known[row] && closes[++at] !== known[row])
      at = firstFrom(closes, known[row]!);
    step[row] = at;
    if (hasFirst[at] === 0) {
      hasFirst[at] = 1;
      first[at] = opens[row]!;
    } else if (first[at] !== opens[row]) {
      const all = others.get(at) ?? [first[at]!];
      if (!all.includes(opens[row]!))
        others.set(
          at,
          [...all, opens[row]!].sort((a, b) => a - b),
        );
    }
  }
  if (others.size > 0) {
    const before = new Int32Array(closes.length);
    for (let i = 1; i < before.length; i++)
      before[i] = before[i - 1]! + (others.get(i - 1)?.length ?? 1);
    for (let row = 0; row < step.length; row++) {
      const close = step[row]!;
      step[row] = before[close]! + (others.get(close)?.indexOf(opens[row]!) ?? 0);
    }
  }
  return { opens, known, step };
}

/** The values of a column, rising, each once. */
function distinct(column: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  let length = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[length++] = sorted[i]!;
  return sorted.slice(0, length);
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

/**
 * Finer bars inside those of a market, as columns in (symbol, time) order: those of row r are `first[r]` ..
 * `end[r] - 1`, none where there are none or where they are not those of the bar.
 */
export interface Detail {
  readonly first: Rows;
  readonly end: Rows;
  readonly open: Prices;
  readonly high: Prices;
  readonly low: Prices;
  readonly close: Prices;
  /** Bars inside which there are some that fit. */
  readonly bars: number;
  /** Bars whose finer ones do not come to their high and low, and the row of the first of these, −1 without. */
  readonly unfit: number;
  readonly firstUnfit: Row;
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

/** The steps of a range: instants at which any symbol has a bar, and which rows stand on each. */
export interface Steps {
  /** The session that a step belongs to: a later step has none earlier, whatever dates other exchanges write. */
  readonly day: Days;
  /** What rows of a step have in `stepsByRow`; rises. */
  readonly number: Int32Array;
  /** Where the market has a clock: when each step's bars begin, and when they are known. */
  readonly clock?: Pick<Clock, 'opens' | 'known' | 'perYear'>;
  /** Rows of step s are `rows[start[s]] .. rows[start[s + 1] - 1]`, in symbol order. */
  readonly start: Int32Array;
  readonly rows: Rows;
  /** Symbol number of each entry of `rows`. */
  readonly symbol: Int32Array;
}

/** Steps without their rows. */
export type StepTimes = Pick<Steps, 'day' | 'number' | 'clock'>;

/** The steps from the first to the last that has a bar with from ≤ day ≤ to. */
export function stepTimes(market: Market, from: Day, to: Day): StepTimes {
  const { day, clock } = market;
  const numbers = stepsByRow(market);
  let first = Infinity;
  let last = -Infinity;
  // Counted loops: over a million rows they take half the time of for…of.
  for (let row = 0; row < day.length; row++) {
    const d = day[row]!;
    if (d < from || d > to) continue;
    const n = numbers[row]!;
    if (n < first) first = n;
    if (n > last) last = n;
  }
  if (first === Infinity) return { day: new Int32Array(0), number: new Int32Array(0) };
  /** A row of each step, one up; 0 where a number has none. */
  const seen = new Int32Array(last - first + 1);
  for (let row = 0; row < day.length; row++) {
    const n = numbers[row]!;
    if (n >= first && n <= last) seen[n - first] = row + 1;
  }
  const found = seen.filter((row) => row > 0);
  if (clock === undefined) {
    const days = found.map((row) => day[row - 1]!);
    return { day: days, number: days };
  }
  const instants = (column: Instants): Instants =>
    Float64Array.from(found, (row) => column[row - 1]!);
  return {
    day: sessionsOf(numbers, day, first, last),
    number: found.map((row) => numbers[row - 1]!),
    clock: {
      opens: instants(clock.opens),
      known: instants(clock.known),
      ...(clock.perYear !== undefined && { perYear: clock.perYear }),
    },
  };
}

/** The session of each step from one to another: the latest that its bars, or bars of a step before, belong to. */
function sessionsOf(numbers: Int32Array, day: Days, first: number, last: number): Days {
  const sessions = new Int32Array(last - first + 1).fill(-2_147_483_648);
  for (let row = 0; row < day.length; row++) {
    const at = numbers[row]! - first;
    if (at >= 0 && at < sessions.length && day[row]! > sessions[at]!) sessions[at] = day[row]!;
  }
  for (let at = 1; at < sessions.length; at++)
    if (sessions[at - 1]! > sessions[at]!) sessions[at] = sessions[at - 1]!;
  return sessions;
}

/** Groups the rows of a range's steps by them (a counting sort, so symbol order is kept). */
export function stepsOf(market: Market, from: Day, to: Day): Steps {
  const times = stepTimes(market, from, to);
  return { ...times, ...grouped(market, times, null) };
}

/** The rows of steps by step, in symbol order; those alone that are not 0 in `wanted`, where it is given. */
export function grouped(
  market: Market,
  { number }: Pick<StepTimes, 'number'>,
  wanted: Int8Array | null,
): Pick<Steps, 'start' | 'rows' | 'symbol'> {
  const numbers = stepsByRow(market);
  const first = number[0] ?? 0;
  const last = number[number.length - 1] ?? -1;
  const stepOf = new Int32Array(last - first + 1);
  for (let step = 0; step < number.length; step++) stepOf[number[step]! - first] = step;

  const next = new Int32Array(number.length + 1);
  for (let s = 0; s < market.symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let row = begin; row < end; row++) {
      if (wanted !== null && wanted[row] === 0) continue;
      const n = numbers[row]!;
      if (n >= first && n <= last) next[stepOf[n - first]!]!++;
    }
  }
  const start = new Int32Array(number.length + 1);
  for (let step = 0; step < number.length; step++) {
    start[step + 1] = start[step]! + next[step]!;
    next[step] = start[step]!;
  }
  const rows = new Int32Array(start[number.length]!);
  const symbol = new Int32Array(rows.length);
  for (let s = 0; s < market.symbols.length; s++) {
    const [begin, end] = rowsOf(market, s);
    for (let row = begin; row < end; row++) {
      if (wanted !== null && wanted[row] === 0) continue;
      const n = numbers[row]!;
      if (n < first || n > last) continue;
      const at = next[stepOf[n - first]!]!++;
      rows[at] = row;
      symbol[at] = s;
    }
  }
  return { start, rows, symbol };
}

/** The symbols that have a bar in these sessions, in order of their first one. */
export function symbolsIn({ symbol }: Steps, { symbols }: Market): number[] {
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
