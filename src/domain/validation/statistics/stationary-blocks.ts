import type { RandomStream } from '../../random.ts';

/** The blocks of one sample of the stationary bootstrap; only the first `count` places have a meaning. */
export interface Blocks {
  count: number;
  /** Session that the block starts at; it wraps around at the end. */
  readonly start: Int32Array;
  /** At least 1; together as many as there are sessions. */
  readonly length: Int32Array;
}

export const roomForBlocks = (sessions: number): Blocks => ({
  count: 0,
  start: new Int32Array(sessions),
  length: new Int32Array(sessions),
});

/**
 * Draws what drawStationary draws (Politis & Romano 1994, section 2), with two random numbers a block in place of one
 * a session: where blocks need not be taken apart. Lengths are geometric with the mean `blockLength` ≥ 1: longer than
 * k with the chance (1 − 1/blockLength)ᵏ.
 */
export function drawBlocks(
  { uniform }: Pick<RandomStream, 'uniform'>,
  blockLength: number,
  blocks: Blocks,
): void {
  const sessions = blocks.start.length;
  const goesOn = 1 - 1 / blockLength;
  let left = sessions;
  let count = 0;
  while (left > 0) {
    const drawn = uniform();
    let length = 1;
    for (let longer = goesOn; drawn < longer && length < left; longer *= goesOn) length++;
    blocks.start[count] = Math.floor(uniform() * sessions);
    blocks.length[count] = length;
    left -= length;
    count++;
  }
  blocks.count = count;
}
