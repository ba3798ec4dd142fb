import { randomStream } from '../../../../../src/domain/random.ts';
import type { ReturnsMatrix } from '../../../../../src/domain/validation/search.ts';

export { finish } from '../../../../bench/calibration.ts';

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
