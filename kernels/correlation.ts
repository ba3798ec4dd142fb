import * as chunk from './chunk';
import { Int128 } from './int128';
import { Ring, none } from './ring';

/** Sums over the pairs of a window, as crowd_reactivity.sql names them. */
class Moments {
  order: chunk.Order = new chunk.Order();
  xs: Ring;
  ys: Ring;
  n: i64 = 0;
  x: i64 = 0;
  y: i64 = 0;
  xx: Int128 = new Int128();
  yy: Int128 = new Int128();
  xy: Int128 = new Int128();
  scratch: Int128 = new Int128();
  covariance: Int128 = new Int128();
  varianceX: Int128 = new Int128();
  varianceY: Int128 = new Int128();

  constructor(window: i32) {
    this.xs = new Ring(window);
    this.ys = new Ring(window);
  }

  /** Another symbol begins. */
  clear(): void {
    this.xs.clear();
    this.ys.clear();
    this.n = 0;
    this.x = 0;
    this.y = 0;
    this.xx.set(0);
    this.yy.set(0);
    this.xy.set(0);
  }

  push(x: i64, y: i64): void {
    if (x != none) {
      this.n += 1;
      this.x += x;
      this.y += y;
      this.xx.add(this.scratch.setProduct(x, x));
      this.yy.add(this.scratch.setProduct(y, y));
      this.xy.add(this.scratch.setProduct(x, y));
    }
    const oldX = this.xs.push(x);
    const oldY = this.ys.push(y);
    if (oldX != none) {
      this.n -= 1;
      this.x -= oldX;
      this.y -= oldY;
      this.xx.subtract(this.scratch.setProduct(oldX, oldX));
      this.yy.subtract(this.scratch.setProduct(oldY, oldY));
      this.xy.subtract(this.scratch.setProduct(oldX, oldY));
    }
  }

  /** |Pearson|, at most 1; NaN without variance. */
  correlation(): f64 {
    const n = this.n;
    const x = this.x;
    const y = this.y;
    const scratch = this.scratch;
    this.varianceX.setMultiple(this.xx, n).subtract(scratch.setProduct(x, x));
    this.varianceY.setMultiple(this.yy, n).subtract(scratch.setProduct(y, y));
    if (!this.varianceX.isPositive || !this.varianceY.isPositive) return NaN;
    this.covariance.setMultiple(this.xy, n).subtract(scratch.setProduct(x, y));
    const both = Math.sqrt(this.varianceX.toDouble()) * Math.sqrt(this.varianceY.toDouble());
    return min(abs(this.covariance.toDouble()) / both, 1);
  }
}

let state: Moments | null = null;

export function forgetCorrelation(): void {
  state = null;
}

/** Columns: row, bar, x, y. A pair that lacks one of them is dropped. */
export function correlation(rows: i32, window: i32, minimum: i32): i32 {
  let pairs = state;
  if (pairs === null) state = pairs = new Moments(window);
  if (!pairs.order.holds(rows)) return chunk.outOfOrder;
  for (let i = 0; i < rows; i++) {
    if (chunk.cell(1, i) == 0) pairs.clear();
    if (chunk.isKnown(2, i) && chunk.isKnown(3, i)) {
      const x = chunk.cell(2, i);
      const y = chunk.cell(3, i);
      if (!chunk.isInteger(x) || !chunk.isInteger(y)) return chunk.noInteger;
      if (!chunk.fits(x, window) || !chunk.fits(y, window)) return chunk.tooWide;
      pairs.push(i64(x), i64(y));
    } else {
      pairs.push(none, none);
    }
    const value = pairs.n < minimum ? NaN : pairs.correlation();
    if (isNaN(value)) chunk.giveNothing(i);
    else chunk.give(i, value);
  }
  return chunk.fine;
}
