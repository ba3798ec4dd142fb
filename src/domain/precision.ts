import type { Settings } from './study/schema.ts';

/** What a series is multiplied by before exact sums, as a number of decimals. */
export type Decimals = Settings['precision'];

/** What exact sums over a series have to hold. */
export interface Extent {
  /** The largest of its values, none of which is below 0. */
  readonly largest: number;
  /** The sum of their squares over all bars. */
  readonly squares: number;
  /** Decimals with which each value is written exactly; 16 where some are with none. */
  readonly needed: number;
}

export const powerOfTen = (decimals: number): number => Number(`1e${decimals}`);

/** Beyond this a double is no more exact than its nearest integer. */
const exactDoubles = Number.MAX_SAFE_INTEGER;
/** Ends of BIGINT and HUGEINT; audits put noise in place of values, a few times as large. */
const largestValue = 9.2e18 / 4;
const largestSquares = 1.7e38 / 16;

/**
 * Decimals that a series keeps in exact sums over windows of so many bars: those asked for; more, where its values
 * have more and they fit; fewer, where so many do not fit. It is a fact of the whole dataset: a replay of its past
 * takes it from there, or the last bits of a z-score would follow the future.
 */
export function decimalsFor(asked: number, extent: Extent, window: number): number {
  const { largest, squares, needed } = extent;
  const inWindow = Math.min(squares, window * largest * largest);
  const fits = (decimals: number): boolean => {
    const scale = powerOfTen(decimals);
    return (
      largest * scale < largestValue &&
      Math.max(squares, window * inWindow) * scale * scale < largestSquares
    );
  };
  let decimals = asked;
  while (
    decimals < Math.min(needed, 15) &&
    largest * powerOfTen(decimals + 1) <= exactDoubles &&
    fits(decimals + 1)
  )
    decimals++;
  while (decimals > 0 && !fits(decimals)) decimals--;
  return decimals;
}
