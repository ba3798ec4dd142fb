import { splitsAt } from './execution/contracts.ts';
import { type Detail, type Market, type SessionTimes, rowsOf } from './market.ts';
import { lastUpTo } from './rising.ts';
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
  const first = new Int32Array(rows + 1);
  /** Rows of `finer` that are kept, in order. */
  const kept = new Int32Array(finer.day.length);
  let count = 0;
  let bars = 0;
  let unfit = 0;
  let firstUnfit: Row = -1;
  const factors = market.contracts?.splits && !finer.contracts?.splits ? market : null;
  const factorOf = (row: Row): number => (factors === null ? 1 : splitsAt(factors, row));
  for (let symbol = 0; symbol < market.symbols.length; symbol++) {
    const other = finer.symbols.indexOf(market.symbols[symbol]!);
    const [from, to] = rowsOf(market, symbol);
    const inside = other < 0 ? null : insideOf(market, finer, other, regular);
    for (let row = from; row < to; row++) {
      first[row] = count;
      if (inside === null) continue;
      const end = inside(row, kept, count);
      if (end === count) continue;
      if (isWhole(market, row, finer, kept, count, end, factorOf(row))) {
        bars++;
        count = end;
      } else {
        unfit++;
        if (firstUnfit < 0) firstUnfit = row;
      }
    }
  }
  first[rows] = count;
  const factor = factors === null ? null : factorsOf(first, count, factorOf);
  const column = (values: Prices): Prices => {
    const found = new Float64Array(count);
    for (let i = 0; i < count; i++) found[i] = values[kept[i]!]! * (factor?.[i] ?? 1);
    return found;
  };
  return {
    first,
    open: column(finer.open),
    high: column(finer.high),
    low: column(finer.low),
    close: column(finer.close),
    bars,
    unfit,
    firstUnfit,
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
  const at = lastUpTo(day, of);
  return day[at] === of && opens >= open[at]! && opens < close[at]!;
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

/** By finer bar, the factor of the bar that it is inside of. */
function factorsOf(first: Rows, count: number, factorOf: (row: Row) => number): Float64Array {
  const factors = new Float64Array(count);
  for (let row = 0; row + 1 < first.length; row++)
    factors.fill(factorOf(row), first[row], first[row + 1]);
  return factors;
}
