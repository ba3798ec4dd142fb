import type { RunSummary } from '../../domain/journal.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A run's equity as growth since its first session: 0.1 is ten percent. */
export function growthOf({ curve: { equity } }: RunSummary): Float64Array {
  const first = equity[0] ?? 1;
  return Float64Array.from(equity, (value) => value / first - 1);
}

/** The least span that holds all values; never empty. */
export function spanOf(lists: readonly ArrayLike<number>[]): Span {
  let [from, to] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      from = Math.min(from, values[i]!);
      to = Math.max(to, values[i]!);
    }
  }
  if (from > to) return { from: 0, to: 1 };
  return from === to ? { from: from - 0.5, to: to + 0.5 } : { from, to };
}

/** The `d` of an SVG path through all points, in a box of 1000 by 1000 with y upwards. */
export function pathOf(x: ArrayLike<number>, y: ArrayLike<number>, across: Span, up: Span): string {
  const place = (value: number, { from, to }: Span) =>
    (Math.round(((value - from) / (to - from)) * 10_000) / 10).toString();
  return Array.from(y)
    .map((value, i) => {
      const height = place(up.to + up.from - value, up);
      return `${i === 0 ? 'M' : 'L'}${place(x[i]!, across)},${height}`;
    })
    .join('');
}
