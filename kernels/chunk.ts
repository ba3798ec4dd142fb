/** Rows that DuckDB hands over at once, at most: the size of its vectors. */
const most = 2048;

/** Where the engine's side writes the columns of a chunk, and reads the result. */
const columns = memory.data(5 * most * sizeof<f64>(), 8);
const areKnown = memory.data(5 * most);
const results = memory.data(most * sizeof<f64>(), 8);
const areGiven = memory.data(most);

export function addressOfColumn(column: i32): usize {
  return columns + column * most * sizeof<f64>();
}

export function addressOfKnown(column: i32): usize {
  return areKnown + column * most;
}

export function addressOfResults(): usize {
  return results;
}

export function addressOfGiven(): usize {
  return areGiven;
}

export function cell(column: i32, row: i32): f64 {
  return load<f64>(columns + (column * most + row) * sizeof<f64>());
}

export function isKnown(column: i32, row: i32): bool {
  return load<bool>(areKnown + column * most + row);
}

export function give(row: i32, value: f64): void {
  store<f64>(results + row * sizeof<f64>(), value);
  store<bool>(areGiven + row, true);
}

export function giveNothing(row: i32): void {
  store<bool>(areGiven + row, false);
}

/** Why a kernel does not answer with a chunk; `reasons` in workers/engines/kernels.ts has the words. */
export const fine: i32 = 0;
export const outOfOrder: i32 = 1;
export const noInteger: i32 = 2;
export const tooWide: i32 = 3;
export const tooLarge: i32 = 4;
export const missing: i32 = 5;

/** The number of the row that comes next, which is the first column of every kernel; what a statement begins with is free. */
export class Order {
  private next: f64 = NaN;

  /** Whether the rows of a chunk come one by one, after those of the chunk before. */
  holds(rows: i32): bool {
    let next = isNaN(this.next) ? cell(0, 0) : this.next;
    for (let i = 0; i < rows; i++, next++) {
      if (!isKnown(0, i) || cell(0, i) != next) return false;
    }
    this.next = next;
    return true;
  }
}

/** The largest integer up to which doubles hold every one, 2^53. */
const largest: f64 = 9007199254740992;

/** Whether it is an integer that a double holds beyond doubt: a larger one may have been rounded to this. */
export function isInteger(value: f64): bool {
  return abs(value) < largest && trunc(value) == value;
}

/**
 * Whether as many of these can be summed and squared in 128 bits, whatever is multiplied then: m · Σx² and (Σx)² are
 * below (window · |x|)².
 */
export function fits(value: f64, window: i32): bool {
  return abs(value) * f64(window) < 4611686018427387904.0; // 2^62
}
