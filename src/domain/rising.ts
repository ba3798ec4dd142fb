import type { Day, Days } from './units.ts';

/** Places in columns that rise, by bisection. */

/** Place of the first of rising values that is not below the wanted one, from one place on; the length where all are. */
export function firstFrom(rising: ArrayLike<number>, wanted: number, from = 0): number {
  let [low, high] = [from, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the last day that is not after the wanted one; 0 where all are. */
export function lastUpTo(days: Days, wanted: Day): number {
  let low = 0;
  let high = days.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (days[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Place of a day among rising ones; −1 where it is none of them. */
export function placeAmong(days: Days, wanted: Day): number {
  const at = lastUpTo(days, wanted);
  return days[at] === wanted ? at : -1;
}
