import * as chunk from './chunk';
import { Ring, none } from './ring';

/** The sum of a window that moves along a series. */
class Sum {
  order: chunk.Order = new chunk.Order();
  ring: Ring;
  total: i64 = 0;
  /** Whether any value has come yet: SQL's sum of none is null. */
  hasAny: bool = false;

  constructor(window: i32) {
    this.ring = new Ring(window);
  }

  @inline
  push(x: i64): void {
    const leaving = this.ring.push(x);
    if (x != none) {
      this.total += x;
      this.hasAny = true;
    }
    if (leaving != none) this.total -= leaving;
  }
}

let state: Sum | null = null;
let ranges: Sum | null = null;
let closeBefore: f64 = NaN;

export function forgetSum(): void {
  state = null;
  ranges = null;
}

/** Columns: row, bar, x. Nothing before bar window − 1, from which on the window is the symbol's own. */
export function sum(rows: i32, window: i32): i32 {
  let series = state;
  if (series === null) state = series = new Sum(window);
  if (!series.order.holds(rows)) return chunk.outOfOrder;
  for (let i = 0; i < rows; i++) {
    const x = chunk.cell(2, i);
    if (!chunk.isKnown(2, i)) series.push(none);
    else if (!chunk.isInteger(x)) return chunk.noInteger;
    else if (!chunk.fits(x, window)) return chunk.tooWide;
    else series.push(i64(x));
    const total = f64(series.total);
    if (!series.hasAny || chunk.cell(1, i) < f64(window - 1)) chunk.giveNothing(i);
    else if (!chunk.isInteger(total)) return chunk.tooLarge;
    else chunk.give(i, total);
  }
  return chunk.fine;
}

/**
 * The sum of true ranges (true_range.sql) of a window. Columns: row, bar, high, low, close, as integers. Nothing before
 * bar window − 1.
 */
export function rangeSum(rows: i32, window: i32): i32 {
  let series = ranges;
  if (series === null) ranges = series = new Sum(window);
  if (!series.order.holds(rows)) return chunk.outOfOrder;
  for (let i = 0; i < rows; i++) {
    const bar = chunk.cell(1, i);
    chunk.giveNothing(i);
    if (!chunk.isKnown(2, i) || !chunk.isKnown(3, i) || !chunk.isKnown(4, i)) return chunk.missing;
    const high = chunk.cell(2, i);
    const low = chunk.cell(3, i);
    const close = chunk.cell(4, i);
    if (!chunk.isInteger(high) || !chunk.isInteger(low) || !chunk.isInteger(close))
      return chunk.noInteger;
    let range = high - low;
    if (bar > 0) range = max(range, max(abs(high - closeBefore), abs(low - closeBefore)));
    closeBefore = close;
    if (!chunk.isInteger(range)) return chunk.noInteger;
    if (!chunk.fits(range, window)) return chunk.tooWide;
    series.push(i64(range));
    if (bar < f64(window - 1)) continue;
    const total = f64(series.total);
    if (!chunk.isInteger(total)) return chunk.tooLarge;
    chunk.give(i, total);
  }
  return chunk.fine;
}
