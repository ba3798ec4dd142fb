import { randomStream } from '../random.ts';
import { automaticBlockLength } from '../validation/statistics/block-length.ts';
import { because } from '../validation/statistics/found.ts';
import { momentsOf } from '../validation/statistics/moments.ts';
import { drawStationary } from '../validation/statistics/stationary-bootstrap.ts';

/** Two return series over the same sessions. */
export interface Pair {
  readonly learned: Float64Array;
  readonly fixed: Float64Array;
}

const draws = 2000;

/**
 * Chance of a difference of Sharpe ratios at least as large as the one found, in either direction, were there none: share
 * of paired stationary bootstrap samples (Politis & Romano 1994) whose difference lies at least so far from the one found,
 * the found one counted in. Both series are drawn by the same sessions, so that what they share cancels out. The block
 * length suits the difference of the returns (Politis & White 2004).
 *
 * @param pair returns above the risk-free rate, per session
 */
export function differenceByChance(
  { learned, fixed }: Pair,
  seed: number,
): { readonly value: number | null; readonly reason: string | null } {
  const [a, b] = [momentsOf(learned), momentsOf(fixed)];
  if (a === null || b === null) return { value: null, reason: because.flat };
  const found = a.sharpe - b.sharpe;
  const length = automaticBlockLength(learned.map((value, i) => value - fixed[i]!));
  const stream = randomStream(seed, 'learned against fixed');
  const places = new Int32Array(learned.length);
  let asFar = 0;
  for (let draw = 0; draw < draws; draw++) {
    drawStationary(stream, length, places);
    const difference = sharpeAt(learned, places) - sharpeAt(fixed, places);
    // A sample on which one of them does not move says nothing against chance.
    if (!(Math.abs(difference - found) < Math.abs(found))) asFar += 1;
  }
  return { value: (asFar + 1) / (draws + 1), reason: null };
}

/** Mean ÷ standard deviation (n − 1) of the returns at these places; NaN or infinite where they do not vary. */
function sharpeAt(returns: Float64Array, places: Int32Array): number {
  const n = places.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) sum += returns[places[i]!]!;
  const mean = sum / n;
  for (let i = 0; i < n; i++) {
    const distance = returns[places[i]!]! - mean;
    squares += distance * distance;
  }
  return mean / Math.sqrt(squares / (n - 1));
}
