/**
 * Where a long column has its lowest and highest values between two rows: answered by blocks of rows that are looked
 * through once, so that a chart of a million points is drawn sixty times a second. NaN is no value.
 */
export interface Extremes {
  /** Between two rows, both included; null where there is no value. Of equal ones the first. */
  readonly between: (from: number, to: number) => Extreme | null;
}

/** Rows of the lowest and the highest value, and how many values there are. */
export interface Extreme {
  readonly lowest: number;
  readonly highest: number;
  readonly values: number;
}

const rowsInBlock = 64;

const known = new WeakMap<Float64Array, Extremes>();

/** Of a column that does not change. */
export function extremesOf(column: Float64Array): Extremes {
  let found = known.get(column);
  if (found === undefined) known.set(column, (found = blocksOf(column)));
  return found;
}

function blocksOf(column: Float64Array): Extremes {
  const blocks = Math.floor(column.length / rowsInBlock);
  const [lowest, highest] = [new Int32Array(blocks), new Int32Array(blocks)];
  const values = new Uint8Array(blocks);
  let [low, high, count] = [-1, -1, 0];

  function look(from: number, end: number): void {
    for (let row = from; row < end; row++) {
      const value = column[row]!;
      if (Number.isNaN(value)) continue;
      if (low < 0) low = high = row;
      else if (value < column[low]!) low = row;
      else if (value > column[high]!) high = row;
      count++;
    }
  }

  for (let block = 0; block < blocks; block++) {
    [low, high, count] = [-1, -1, 0];
    look(block * rowsInBlock, (block + 1) * rowsInBlock);
    lowest[block] = low;
    highest[block] = high;
    values[block] = count;
  }

  function between(from: number, to: number): Extreme | null {
    [low, high, count] = [-1, -1, 0];
    const end = Math.min(to + 1, column.length);
    const first = Math.min(Math.ceil(from / rowsInBlock) * rowsInBlock, end);
    look(from, first);
    let row = first;
    for (; row + rowsInBlock <= end; row += rowsInBlock) {
      const block = row / rowsInBlock;
      if (values[block] === 0) continue;
      count += values[block]!;
      if (low < 0) [low, high] = [lowest[block]!, highest[block]!];
      if (column[lowest[block]!]! < column[low]!) low = lowest[block]!;
      if (column[highest[block]!]! > column[high]!) high = highest[block]!;
    }
    look(row, end);
    return low < 0 ? null : { lowest: low, highest: high, values: count };
  }
  return { between };
}
