import * as chunk from './chunk';

/**
 * The highest value of a window that moves along a series. Kept are values that no later one surpasses, with their rows:
 * they fall, and the first is the highest.
 */
class Highest {
  order: chunk.Order = new chunk.Order();
  private values: StaticArray<f64>;
  private rows: StaticArray<f64>;
  private first: i32 = 0;
  private count: i32 = 0;

  constructor(private window: i32) {
    this.values = new StaticArray<f64>(window);
    this.rows = new StaticArray<f64>(window);
  }

  get isEmpty(): bool {
    return this.count == 0;
  }

  get highest(): f64 {
    return unchecked(this.values[this.first]);
  }

  leave(row: f64): void {
    if (this.isEmpty || unchecked(this.rows[this.first]) > row - f64(this.window)) return;
    this.first = this.place(1);
    this.count -= 1;
  }

  push(row: f64, value: f64): void {
    while (this.count > 0 && unchecked(this.values[this.place(this.count - 1)]) <= value)
      this.count -= 1;
    const place = this.place(this.count);
    unchecked((this.values[place] = value));
    unchecked((this.rows[place] = row));
    this.count += 1;
  }

  private place(i: i32): i32 {
    const place = this.first + i;
    return place < this.window ? place : place - this.window;
  }
}

let state: Highest | null = null;

export function forgetHighest(): void {
  state = null;
}

/** Columns: row, bar, x. Nothing before bar period − 1. Missing ones are passed over. */
export function highest(rows: i32, window: i32, period: i32): i32 {
  let series = state;
  if (series === null) state = series = new Highest(window);
  if (!series.order.holds(rows)) return chunk.outOfOrder;
  for (let i = 0; i < rows; i++) {
    const row = chunk.cell(0, i);
    const x = chunk.cell(2, i);
    series.leave(row);
    if (chunk.isKnown(2, i)) {
      if (!isFinite(x)) return chunk.noInteger;
      series.push(row, x);
    }
    if (series.isEmpty || chunk.cell(1, i) < f64(period - 1)) chunk.giveNothing(i);
    else chunk.give(i, series.highest);
  }
  return chunk.fine;
}
