import { type Extremes, extremesOf } from './extremes.ts';

/**
 * Which points to draw of a long line: in each of `columns` equal parts of [from, to] at most four, the first,
 * lowest, highest and last, so that no peak is lost. `x` ascends; NaN in `y` is a gap and stays one.
 * Returns row numbers, ascending.
 */
export function decimate(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  from: number,
  to: number,
  columns: number,
): number[] {
  const kept: number[] = [];
  const width = (to - from) / columns || 1;
  const columnOf = (row: number) => Math.min(Math.floor((x[row]! - from) / width), columns - 1);
  let row = 0;
  while (row < x.length && x[row]! < from) row++;
  while (row < x.length && x[row]! <= to) {
    const start = row;
    const column = columnOf(row);
    while (row < x.length && x[row]! <= to && columnOf(row) === column) row++;
    keepColumn(kept, y, start, row);
  }
  return kept;
}

function keepColumn(kept: number[], y: ArrayLike<number>, start: number, end: number): void {
  if (end - start <= 4) {
    for (let row = start; row < end; row++) kept.push(row);
    return;
  }
  let first = -1;
  let last = -1;
  let lowest = -1;
  let highest = -1;
  for (let row = start; row < end; row++) {
    const value = y[row]!;
    if (Number.isNaN(value)) continue;
    if (first < 0) first = lowest = highest = row;
    if (value < y[lowest]!) lowest = row;
    if (value > y[highest]!) highest = row;
    last = row;
  }
  if (first < 0) kept.push(start);
  else kept.push(...[...new Set([first, lowest, highest, last])].sort((a, b) => a - b));
}

/**
 * The same where each point stands at its row number, of rows `from` to `to`, whole numbers both: a column of so many
 * rows is not looked through again for each drawing.
 */
export function decimateSteps(
  y: Float64Array,
  from: number,
  to: number,
  columns: number,
): number[] {
  const kept: number[] = [];
  const width = (to - from) / columns || 1;
  const columnOf = (row: number): number => Math.min(Math.floor((row - from) / width), columns - 1);
  const last = Math.min(to, y.length - 1);
  const extremes = extremesOf(y);
  for (let start = Math.max(from, 0); start <= last;) {
    const column = columnOf(start);
    // Roundings of the width may be a row off.
    let end = Math.min(Math.max(Math.floor(from + (column + 1) * width) - 1, start + 1), last + 1);
    while (end <= last && columnOf(end) === column) end++;
    if (end - start <= 4) for (let row = start; row < end; row++) kept.push(row);
    else keepExtremes(kept, y, start, end, extremes);
    start = end;
  }
  return kept;
}

function keepExtremes(
  kept: number[],
  y: Float64Array,
  start: number,
  end: number,
  extremes: Extremes,
): void {
  const found = extremes.between(start, end - 1);
  if (found === null) {
    kept.push(start);
    return;
  }
  let [first, last] = [start, end - 1];
  while (Number.isNaN(y[first]!)) first++;
  while (Number.isNaN(y[last]!)) last--;
  kept.push(...[...new Set([first, found.lowest, found.highest, last])].sort((a, b) => a - b));
}
