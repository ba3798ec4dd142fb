import type { RandomStream } from '../../random.ts';

/**
 * Fills `indices` with one sample of the stationary bootstrap (Politis & Romano 1994, section 2): blocks that start
 * anywhere, wrap around at the end, and have geometric lengths with the mean `blockLength` ≥ 1, in sessions. They are drawn from
 * so many `sessions`: as many as there are indices, unless it is told.
 */
export function drawStationary(
  stream: Pick<RandomStream, 'uniform' | 'below'>,
  blockLength: number,
  indices: Int32Array,
  sessions = indices.length,
): void {
  const restart = 1 / blockLength;
  let at = -1;
  for (let i = 0; i < indices.length; i++) {
    at = i === 0 || stream.uniform() < restart ? stream.below(sessions) : at + 1;
    if (at === sessions) at = 0;
    indices[i] = at;
  }
}
