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

export function forgetSum(): void {
  state = null;
}

/** Columns: row, bar, x. Nothing before bar window − 1. */
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
