import * as chunk from './chunk';
import { Int128 } from './int128';
import { Ring, none } from './ring';

/** z_score.sql of the rows so far: m values, their sum s and the sum of their squares q. */
class ZScore {
  order: chunk.Order = new chunk.Order();
  ring: Ring;
  m: i64 = 0;
  s: i64 = 0;
  q: Int128 = new Int128();
  square: Int128 = new Int128();
  v: Int128 = new Int128();

  constructor(window: i32) {
    this.ring = new Ring(window);
  }

  /** Another symbol begins. */
  clear(): void {
    this.ring.clear();
    this.m = 0;
    this.s = 0;
    this.q.set(0);
  }

  push(x: i64): void {
    const leaving = this.ring.push(x);
    if (x != none) {
      this.m += 1;
      this.s += x;
      this.q.add(this.square.setProduct(x, x));
    }
    if (leaving != none) {
      this.m -= 1;
      this.s -= leaving;
      this.q.subtract(this.square.setProduct(leaving, leaving));
    }
  }

  of(x: i64): f64 {
    const m = this.m;
    const v = this.v.setMultiple(this.q, m).subtract(this.square.setProduct(this.s, this.s));
    if (v.isZero) return 0;
    const spread = Math.sqrt(v.toDouble() * (f64(m) / f64(m - 1)));
    return v.set(m * x - this.s).toDouble() / spread;
  }
}

let state: ZScore | null = null;

export function forgetZScore(): void {
  state = null;
}

/** Columns: row, bar, x. */
export function zScore(rows: i32, window: i32, minimum: i32): i32 {
  let series = state;
  if (series === null) state = series = new ZScore(window);
  if (!series.order.holds(rows)) return chunk.outOfOrder;
  for (let i = 0; i < rows; i++) {
    if (chunk.cell(1, i) == 0) series.clear();
    if (!chunk.isKnown(2, i)) {
      series.push(none);
      chunk.giveNothing(i);
      continue;
    }
    const x = chunk.cell(2, i);
    if (!chunk.isInteger(x)) return chunk.noInteger;
    if (!chunk.fits(x, window)) return chunk.tooWide;
    series.push(i64(x));
    if (series.m < minimum) chunk.giveNothing(i);
    else chunk.give(i, series.of(i64(x)));
  }
  return chunk.fine;
}
