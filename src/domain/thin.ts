import { extremesOf } from './extremes.ts';
import type { Prices, Step } from './units.ts';

/** Bars by session; NaN where there is none. */
export interface Bars {
  readonly open: Prices;
  readonly high: Prices;
  readonly low: Prices;
  readonly close: Prices;
}

/** Candles to draw, each of one bar or of several in a row. */
export interface Candles {
  /** Bars in each, the last one aside. */
  readonly each: number;
  /** Sessions, first and last, of each. */
  readonly from: readonly Step[];
  readonly to: readonly Step[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  /** Bars that they stand for. */
  readonly bars: number;
}

/** Sessions in one candle are a round number, so that candles keep their bars while they are moved. */
const rounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/**
 * The bars between two sessions in at most so many candles: where there are more, neighbours become one, with the first
 * open, the highest high, the lowest low and the last close.
 */
export function candlesOf(bars: Bars, from: Step, to: Step, most: number): Candles {
  const wanted = (to - from + 1) / Math.max(most, 1);
  const each = rounds.find((round) => round >= wanted) ?? Math.ceil(wanted);
  const made = {
    from: [] as number[],
    to: [] as number[],
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
  };
  let count = 0;
  const begin = Math.floor(from / each) * each;
  for (let start = begin; start <= to; start += each) {
    const end = Math.min(start + each - 1, to);
    let first = Math.max(start, from);
    const closes = extremesOf(bars.close).between(first, end);
    if (closes === null) continue;
    let last = end;
    while (Number.isNaN(bars.close[first]!)) first++;
    while (Number.isNaN(bars.close[last]!)) last--;
    const { high, low } = bars;
    count += closes.values;
    made.from.push(Math.max(start, from));
    made.to.push(end);
    made.open.push(bars.open[first]!);
    made.high.push(high[extremesOf(high).between(first, last)?.highest ?? first]!);
    made.low.push(low[extremesOf(low).between(first, last)?.lowest ?? first]!);
    made.close.push(bars.close[last]!);
  }
  return { each, ...made, bars: count };
}

/**
 * Which of some things to draw where they are too many: of those that begin in the same of `columns` equal parts of
 * [from, to] the one of most weight. Returns places in the list, ascending.
 */
export function heaviest(
  begins: ArrayLike<number>,
  weights: ArrayLike<number>,
  from: number,
  to: number,
  columns: number,
): number[] {
  const width = (to - from + 1) / Math.max(columns, 1);
  const best = new Map<number, number>();
  for (let i = 0; i < begins.length; i++) {
    const column = Math.floor((begins[i]! - from) / width);
    const known = best.get(column);
    if (known === undefined || Math.abs(weights[i]!) > Math.abs(weights[known]!))
      best.set(column, i);
  }
  return [...best.values()].sort((a, b) => a - b);
}
