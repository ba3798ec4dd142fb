import { type Detail, type Market, type SessionTimes, rowsOf } from './market.ts';
import { placeAmong } from './rising.ts';
import type { Prices, Row, Rows } from './units.ts';

/**
 * The bars of `finer` that lie inside those of a market, by symbols' names: by instants where the market has a clock,
 * else by session and inside the exchange's hours where these are known. Those of a bar count where their highest high
 * and lowest low are the bar's own, so that they know whatever it knows; others are of other prices, or have gaps.
 * `regular` leaves out bars outside sessions. Splits of a market that is linked forward are put on the finer prices too,
 * unless they are linked themselves. Throws a RangeError where the finer bars have no instants.
 */
export function detailOf(market: Market, finer: Market, regular: boolean): Detail {
  if (finer.clock === undefined) throw new RangeError('Finer bars have instants.');
  const rows = market.day.length;
  const [first, end] = [new Int32Array(rows), new Int32Array(rows)];
  /** Rows of `finer` that are kept, in order. */
  const kept = new Int32Array(finer.day.length);
  let count = 0;
  let bars = 0;
  let unfit = 0;
  let firstUnfit: Row = -1;
  const factors = finer.contracts?.splits ? null : (market.contracts?.splits ?? null);
  for (let symbol = 0; symbol < market.symbols.length; symbol++) {
    const other = finer.symbols.indexOf(market.symbols[symbol]!);
    if (other < 0) continue;
    const inside = insideOf(market, finer, other, regular);
    const [from, to] = rowsOf(market, symbol);
    for (let row = from; row < to; row++) {
      const last = inside(row, kept, count);
      if (last === count) continue;
      if (isWhole(market, row, finer, kept, count, last, factors?.[row] ?? 1)) {
        bars++;
        first[row] = count;
        end[row] = count = last;
      } else {
        unfit++;
        if (firstUnfit < 0) firstUnfit = row;
      }
    }
  }
  const facts = { bars, unfit, firstUnfit };
  return factors === null && isUnbroken(first, end, kept)
    ? { ...pointingInto(finer, first, end, kept), ...facts }
    : { ...copied(finer, first, end, kept.subarray(0, count), factors), ...facts };
}

type Walked = Omit<Detail, 'bars' | 'unfit' | 'firstUnfit'>;

/** Whether the finer bars of each bar follow one another. */
const isUnbroken = (first: Rows, end: Rows, kept: Int32Array): boolean =>
  first.every((from, row) => {
    const to = end[row]!;
    return from === to || kept[to - 1]! - kept[from]! === to - 1 - from;
  });

/** The finer columns themselves, which may be large. */
function pointingInto(
  { open, high, low, close }: Market,
  first: Rows,
  end: Rows,
  kept: Int32Array,
): Walked {
  const own = [new Int32Array(first.length), new Int32Array(first.length)] as const;
  for (let row = 0; row < first.length; row++) {
    if (first[row] === end[row]) continue;
    own[0][row] = kept[first[row]!]!;
    own[1][row] = kept[end[row]! - 1]! + 1;
  }
  return { first: own[0], end: own[1], open, high, low, close };
}

/** Columns of the rows that are kept, times their bars' factors. */
function copied(
  finer: Market,
  first: Rows,
  end: Rows,
  kept: Int32Array,
  factors: Float64Array | null,
): Walked {
  const factor = new Float64Array(kept.length).fill(1);
  if (factors !== null) factors.forEach((by, row) => factor.fill(by, first[row], end[row]));
  const column = (values: Prices): Prices =>
    Float64Array.from(kept, (row, i) => values[row]! * factor[i]!);
  const { open, high, low, close } = finer;
  return {
    ...{ first, end },
    ...{ open: column(open), high: column(high), low: column(low), close: column(close) },
  };
}

/** For rows of one symbol in order: writes the finer rows inside each to `kept` from `at` on, and says where they end. */
function insideOf(
  { day, clock }: Market,
  finer: Market,
  symbol: number,
  regular: boolean,
): (row: Row, kept: Int32Array, at: number) => number {
  const { opens, known, hours } = finer.clock!;
  const place = hours?.places[hours.placeOf[symbol]!];
  const [from, to] = rowsOf(finer, symbol);
  let next = from;
  const begins = (row: Row, coarse: Row): boolean =>
    clock === undefined ? finer.day[row]! >= day[coarse]! : opens[row]! >= clock.opens[coarse]!;
  const ends = (row: Row, coarse: Row): boolean =>
    clock === undefined ? finer.day[row]! <= day[coarse]! : known[row]! <= clock.known[coarse]!;
  const counts = (row: Row): boolean =>
    place === undefined ||
    !(regular || clock === undefined) ||
    isInSession(place, finer.day[row]!, opens[row]!);
  return (coarse, kept, at) => {
    while (next < to && !begins(next, coarse)) next++;
    let end = at;
    for (; next < to && ends(next, coarse); next++) if (counts(next)) kept[end++] = next;
    return end;
  };
}

function isInSession({ day, open, close }: SessionTimes, of: number, opens: number): boolean {
  const at = placeAmong(day, of);
  return at >= 0 && opens >= open[at]! && opens < close[at]!;
}

/** Whether finer bars come to the high and the low of their bar, and no further. */
function isWhole(
  market: Market,
  row: Row,
  { high, low }: Market,
  kept: Int32Array,
  from: number,
  to: number,
  factor: number,
): boolean {
  let highest = -Infinity;
  let lowest = Infinity;
  for (let i = from; i < to; i++) {
    highest = Math.max(highest, high[kept[i]!]!);
    lowest = Math.min(lowest, low[kept[i]!]!);
  }
  return highest * factor === market.high[row] && lowest * factor === market.low[row];
}
