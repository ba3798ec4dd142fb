import type { Equity } from '../run.ts';

/** The usual gap between bars in days: the median of the last hundred’s; 1 of daily bars, weekends or not. */
export function spacingOf({ day, opens }: Pick<Equity, 'day' | 'opens'>): number {
  const last =
    opens === undefined
      ? Float64Array.from(day.subarray(-100))
      : opens.slice(-100).map((instant) => instant / 86_400);
  if (last.length < 2) return 1;
  const gaps = last
    .slice(1)
    .map((date, i) => date - last[i]!)
    .sort();
  const middle = gaps.length >> 1;
  return gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
}
