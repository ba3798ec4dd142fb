import type { RowOrder } from './order.ts';

const aDay = 86_400;

/** The commonest time from bar to bar of a symbol, seconds; the shorter of two. Null where none has two. */
export function lengthOf(at: Float64Array, { starts, rows }: RowOrder): number | null {
  const counts = new Map<number, number>();
  let [last, run] = [0, 0];
  const count = (): void => {
    if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
    run = 0;
  };
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let i = starts[s]! + 1; i < starts[s + 1]!; i++) {
      const gap = rows === null ? at[i]! - at[i - 1]! : at[rows[i]!]! - at[rows[i - 1]!]!;
      if (gap === 0) continue;
      if (gap !== last) count();
      last = gap;
      run += 1;
    }
  }
  count();
  let [length, most] = [null as number | null, 0];
  for (const [gap, times] of counts)
    if (times > most || (times === most && gap < length!)) [length, most] = [gap, times];
  return length;
}

/** So many gaps of one length in a row are bars of that length; fewer may be pauses. */
const lasting = 12;
/** A symbol with so many bars would have two that follow upon each other. */
const telling = 8;

/** The first bar of a symbol from which on bars are longer than `length`, by their gaps; −1 where there is none. */
export function longerFrom(length: number, instants: Float64Array): number {
  let [last, run] = [0, 0];
  let hasOwn = false;
  const counts = new Map<number, number>();
  for (let i = 1; i < instants.length; i++) {
    const gap = instants[i]! - instants[i - 1]!;
    if (gap === 0) continue;
    if (gap === length) hasOwn = true;
    run = gap === last ? run + 1 : 1;
    last = gap;
    if (gap > length && gap < aDay && run >= lasting) return i - lasting + 1;
    if (!hasOwn) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return !hasOwn && instants.length > telling && most * 2 > instants.length ? 1 : -1;
}
