import * as chunk from './chunk';
import { Int128 } from './int128';

/** Bars that are smoothed at once, by doubling; from block to block a value is carried. */
const block = 64;

/** smoothed.sql of the rows so far, in the same steps: no other order of additions has the same bits. */
class Smoothed {
  order: chunk.Order = new chunk.Order();
  /** Terms of a block, then their sums over 2, 4, … 64 places, one row of `block` each. */
  sums: StaticArray<f64> = new StaticArray<f64>(7 * block);
  /** keep to the powers 1, 2, 4, … 32. */
  powers: StaticArray<f64> = new StaticArray<f64>(6);
  carry: f64 = 0;
  /** The sum of the values before the first smoothed one. */
  total: i64 = 0;
  first: Int128 = new Int128();
}

let state: Smoothed | null = null;

export function forgetSmoothed(): void {
  state = null;
}

/**
 * Columns: row, step, x, power: `step` is 0 at the first value, which is the mean of `period` of x; power is keep to the
 * place within the block, from 1 on.
 */
export function smoothed(
  rows: i32,
  period: i32,
  keep: f64,
  keep2: f64,
  keep4: f64,
  keep8: f64,
  keep16: f64,
  keep32: f64,
  keep64: f64,
): i32 {
  let series = state;
  if (series === null) {
    state = series = new Smoothed();
    series.powers = [keep, keep2, keep4, keep8, keep16, keep32];
  }
  if (!series.order.holds(rows)) return chunk.outOfOrder;
  const sums = series.sums;
  const powers = series.powers;
  for (let i = 0; i < rows; i++) {
    const step = i32(chunk.cell(1, i));
    chunk.giveNothing(i);
    if (step <= -period) continue;
    const x = chunk.cell(2, i);
    if (!chunk.isKnown(2, i)) return chunk.missing;
    if (!chunk.isInteger(x)) return chunk.noInteger;
    if (!chunk.fits(x, period)) return chunk.tooWide;
    if (step == 1 - period) {
      series.total = 0;
      series.carry = 0;
    }
    if (step <= 0) series.total += i64(x);
    if (step < 0) continue;
    const place = step % block;
    let v = step == 0 ? series.first.set(series.total).toDouble() / f64(period) : x * (1 - keep);
    for (let level = 0; level < 6; level++) {
      unchecked((sums[level * block + place] = v));
      const behind = 1 << level;
      v += place >= behind ? unchecked(powers[level] * sums[level * block + place - behind]) : 0;
    }
    chunk.give(i, v + series.carry * chunk.cell(3, i));
    // As the recursion of smoothed.sql: the block's own, then what was carried into it.
    if (place == block - 1) series.carry = step < block ? v : v + keep64 * series.carry;
  }
  return chunk.fine;
}
