import { randomStream } from '../../../../../src/domain/random.ts';
import type { ReturnsMatrix } from '../../../../../src/domain/validation/search.ts';

import { type Found, isMissing } from '../../../../../src/domain/validation/statistics/found.ts';
import { finish } from '../../../../bench/calibration.ts';

export { finish };

/** What a computation finds in the end; fails where it has a reason for finding nothing. */
export function foundBy<T extends object>(work: Generator<number, Found<T>>): T {
  return known(finish(work));
}

/** The value of a part that is there. */
export function known<T extends object>(found: Found<T>): T {
  if (isMissing(found)) throw new Error(found.reason);
  return found;
}

/** Seeded normal returns with 1 % a session around a mean. */
export function noise(length: number, seed = 1, mean = 0): Float64Array {
  const { normal } = randomStream(seed, 'test noise');
  return Float64Array.from({ length }, () => mean + 0.01 * normal());
}

export const stream = (seed = 1) => randomStream(seed, 'test stream');

/** One row for each trial. */
export function matrixOf(rows: readonly ArrayLike<number>[]): ReturnsMatrix {
  const sessions = rows[0]!.length;
  const values = new Float64Array(rows.length * sessions);
  for (const [i, row] of rows.entries()) values.set(row, i * sessions);
  return { sessions, trials: rows.length, values };
}

/** Independent noise in each trial. */
export const noiseMatrix = (trials: number, sessions: number, seed = 1): ReturnsMatrix => ({
  sessions,
  trials,
  values: noise(trials * sessions, seed),
});
