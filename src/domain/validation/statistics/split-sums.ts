import type { ReturnsMatrix } from '../search.ts';

/** CSCV’s S: the sessions are cut into so many blocks of one length. */
export const blocks = 16;
/** Blocks of one nibble of a set of blocks. */
const nibble = 4;
const subsets = 16;

/** A set of blocks as bits: bit b stands for block b. */
export type BlockSet = number;
export const allBlocks: BlockSet = 0xffff;

/**
 * Sums over every set of blocks that lies within one nibble (four neighbouring blocks), for all trials: the sums over
 * any set of the sixteen blocks are then four terms, always added in the same order.
 */
export interface SplitSums {
  readonly trials: number;
  /** Sessions of a block. */
  readonly length: number;
  /** Σr and Σr², at ((nibble · 16 + subset) · trials + trial). */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Leaves out the first sessions that don’t fill a block. */
export function splitSums({ sessions, trials, values }: ReturnsMatrix): SplitSums {
  const length = Math.floor(sessions / blocks);
  const dropped = sessions - length * blocks;
  const sums = new Float64Array(nibble * subsets * trials);
  const squares = new Float64Array(sums.length);
  for (let trial = 0; trial < trials; trial++) {
    let at = trial * sessions + dropped;
    for (let block = 0; block < blocks; block++) {
      let sum = 0;
      let square = 0;
      for (const end = at + length; at < end; at++) {
        const value = values[at]!;
        sum += value;
        square += value * value;
      }
      const single = Math.floor(block / nibble) * subsets + (1 << (block % nibble));
      sums[single * trials + trial] = sum;
      squares[single * trials + trial] = square;
    }
  }
  join(sums, trials);
  join(squares, trials);
  return { trials, length, sums, squares };
}

/** Each subset from its lowest block and the rest of it. */
function join(table: Float64Array, trials: number): void {
  for (let part = 0; part < nibble; part++) {
    for (let subset = 3; subset < subsets; subset++) {
      const lowest = subset & -subset;
      if (subset === lowest) continue;
      const own = (part * subsets + subset) * trials;
      const one = (part * subsets + lowest) * trials;
      const rest = (part * subsets + subset - lowest) * trials;
      for (let trial = 0; trial < trials; trial++)
        table[own + trial] = table[one + trial]! + table[rest + trial]!;
    }
  }
}

/** Returns are exact to about 2⁻⁵²: less variation than this is none (per session, squared). */
const roundingSquare = 4e-30;
/** And so is less than this share of Σr². */
const roundingShare = 1e-13;

/**
 * Each trial’s rank value over a set of eight blocks: sign · (Σr)² ÷ Σ(r − mean)², which orders trials as the Sharpe
 * ratio does and spares a root; −∞ where returns don’t vary there, so that a trial without a ratio ranks last.
 */
export function rankValues(
  { trials, length, sums, squares }: SplitSums,
  set: BlockSet,
  out: Float64Array,
): void {
  const count = (length * blocks) / 2;
  const a = (set & 15) * trials;
  const b = (subsets + ((set >> 4) & 15)) * trials;
  const c = (2 * subsets + ((set >> 8) & 15)) * trials;
  const d = (3 * subsets + (set >> 12)) * trials;
  const share = 1 / count;
  const least = count * roundingSquare;
  for (let trial = 0; trial < trials; trial++) {
    const sum = sums[a + trial]! + sums[b + trial]! + (sums[c + trial]! + sums[d + trial]!);
    const square =
      squares[a + trial]! + squares[b + trial]! + (squares[c + trial]! + squares[d + trial]!);
    const sumSquare = sum * sum;
    const varied = square - sumSquare * share;
    const value = sum < 0 ? -sumSquare / varied : sumSquare / varied;
    out[trial] = varied > least && varied > roundingShare * square ? value : -Infinity;
  }
}

/** The Sharpe ratio per session of a rank value; NaN where there is none. */
export function sharpeOfRankValue({ length }: SplitSums, value: number): number {
  if (value === -Infinity) return NaN;
  const count = (length * blocks) / 2;
  const size = (Math.sqrt(Math.abs(value)) * Math.sqrt(count - 1)) / count;
  return value < 0 ? -size : size;
}
