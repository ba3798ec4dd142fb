import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import ln from '@stdlib/math-base-special-ln';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers of one stream: equal seeds and names give equal numbers, in every engine. */
export interface RandomStream {
  /** Uniform in [0, 1), 53 bits. */
  readonly uniform: () => number;
  /** A whole number from 0 to n − 1, each as likely; n at most 2³². */
  readonly below: (n: number) => number;
  /** Standard normal, by Marsaglia's polar method. */
  readonly normal: () => number;
  /** Puts the first `length` items of an array into a random order (Fisher & Yates). */
  readonly shuffle: (items: { [index: number]: number; readonly length: number }) => void;
}

const two32 = 4_294_967_296;

/** The stream of that name: a trial's id, say. Streams of one seed are independent of one another. */
export function randomStream(seed: number, name: string): RandomStream {
  const digest = sha256(utf8ToBytes(`${seed} ${name}`));
  const words = new DataView(digest.buffer, digest.byteOffset);
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => words.getInt32(at)));
  const word = (): number => generator.next() >>> 0;
  const uniform = (): number =>
    ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992;
  let spare: number | null = null;

  const below = (n: number): number => {
    // Words of the last, incomplete round would favour small numbers.
    const end = two32 - (two32 % n);
    let drawn = word();
    while (drawn >= end) drawn = word();
    return drawn % n;
  };

  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * ln(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };

  return {
    uniform,
    below,
    normal,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const kept = items[i]!;
        items[i] = items[j]!;
        items[j] = kept;
      }
    },
  };
}
