import type { RandomStream } from '../../random.ts';
import { automaticBlockLength } from './block-length.ts';
import { type Found, because } from './found.ts';
import { longRunVariance } from './long-run-variance.ts';
import { type Moments, momentsOf } from './moments.ts';
import { type Blocks, drawBlocks, roomForBlocks } from './stationary-blocks.ts';

/** Whether two runs’ Sharpe ratios differ by more than chance; per session. */
export interface SharpeDifference {
  readonly first: number;
  readonly second: number;
  /** first − second */
  readonly difference: number;
  /** Of the difference, 95 %, symmetric about it; zero lies outside exactly where pValue < 0.05. Infinite for fewer than 20 resamples. */
  readonly low: number;
  readonly high: number;
  /** Two-sided: (1 + resamples that stray at least as far) ÷ (1 + resamples). */
  readonly pValue: number;
  readonly blockLength: number;
}

/** Sessions drawn between two yields: about 5 ms. */
const turn = 100_000;

/** One resample in twenty lies outside the interval. */
const twenty = 20;

/** What a session adds differs by this little, in standard deviations: the difference is of rounding only. */
const rounding = 1e-9;

/**
 * Paired stationary bootstrap of two series of (excess) returns over the same sessions: both are drawn at the same
 * sessions, so that what they share cancels. Studentised, as Ledoit & Wolf 2008, “Robust performance hypothesis testing
 * with the Sharpe ratio”, section 3.2.2: a resample strays by |d* − d| ÷ se*, against |d| ÷ se. Theirs draws circular
 * blocks of one length and takes se from a kernel; here blocks are Politis & Romano’s, of the longer of the two series’
 * automatic lengths, se² is the variance that such blocks have (see longRunVariance), and se*² that of the blocks drawn.
 * It assumes that the returns are stationary and depend on one another only over short spans. Yields the ratio done.
 */
export function* sharpeDifference(
  first: Float64Array,
  second: Float64Array,
  samples: number,
  stream: RandomStream,
): Generator<number, Found<SharpeDifference>> {
  if (first.length !== second.length) throw new RangeError('The series differ in length.');
  const sessions = first.length;
  const one = momentsOf(first);
  const two = momentsOf(second);
  if (one === null || two === null) return { reason: because.flat };
  const blockLength = Math.max(automaticBlockLength(first), automaticBlockLength(second));
  const difference = one.sharpe - two.sharpe;
  const found = { first: one.sharpe, second: two.sharpe, difference, blockLength };

  const pair = { x: standardised(first, one), y: standardised(second, two), one, two };
  const error = Math.sqrt(longRunVariance(added(pair), 0, blockLength) / sessions);
  if (!(error * Math.sqrt(sessions) > rounding))
    return { ...found, low: difference, high: difference, pValue: 1 };

  const blocks = roomForBlocks(sessions);
  const sums = new BlockSums(sessions);
  const strays = new Float64Array(samples);
  const perTurn = Math.max(1, Math.floor(turn / sessions));
  for (let sample = 0; sample < samples; sample++) {
    drawBlocks(stream, blockLength, blocks);
    sums.take(pair, blocks);
    strays[sample] = strayOf(pair, sums, difference);
    if (sample % perTurn === perTurn - 1) yield (sample + 1) / samples;
  }
  strays.sort();
  const reach = Math.abs(difference) / error;
  const asFar = samples - strays.findLastIndex((stray) => stray < reach) - 1;
  // With so many strays as far, p is 0.05 or more: the interval reaches to the last of them.
  const enough = Math.ceil((samples + 1) / twenty) - 1;
  const half = enough < 1 ? Infinity : strays[samples - enough]! * error;
  return {
    ...found,
    low: difference - half,
    high: difference + half,
    pValue: (1 + asFar) / (1 + samples),
  };
}

/** Two series in their own standard deviations about their means. */
interface ReturnsPair {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly one: Moments;
  readonly two: Moments;
}

const standardised = (returns: Float64Array, { mean, deviation }: Moments): Float64Array =>
  returns.map((value) => (value - mean) / deviation);

/** What each session adds to the difference of the Sharpe ratios, by the delta method: z − S/2·(z² − 1), x’s less y’s. */
function added({ x, y, one, two }: ReturnsPair): Float64Array {
  const sum = x.map((z, i) => part(z, one.sharpe) - part(y[i]!, two.sharpe));
  const mean = sum.reduce((total, value) => total + value, 0) / sum.length;
  return sum.map((value) => value - mean);
}
const part = (z: number, sharpe: number): number => z - (sharpe / 2) * (z * z - 1);

/** |d* − d| ÷ se* of one resample; 0 where it does not differ, infinite where its blocks are all alike. */
function strayOf({ one, two }: ReturnsPair, sums: BlockSums, difference: number): number {
  const first = resampled(one.sharpe, sums.x, sums.xx, sums);
  const second = resampled(two.sharpe, sums.y, sums.yy, sums);
  const distance = Math.abs(first.sharpe - second.sharpe - difference);
  let squares = 0;
  for (let block = 0; block < sums.count; block++) {
    const length = sums.length[block]!;
    const sum =
      partOf(first, length, sums.x[block]!, sums.xx[block]!) -
      partOf(second, length, sums.y[block]!, sums.yy[block]!);
    squares += sum * sum;
  }
  return distance === 0 ? 0 : distance / (Math.sqrt(squares) / sums.sessions);
}

/** Of a resample of a standardised series. */
interface Resampled {
  readonly mean: number;
  readonly deviation: number;
  /** Of the returns themselves. */
  readonly sharpe: number;
}

/** The Sharpe ratio is 0 where a resample happens not to vary. */
function resampled(
  sharpe: number,
  sums: Float64Array,
  squares: Float64Array,
  { count, sessions }: BlockSums,
): Resampled {
  let sum = 0;
  let square = 0;
  for (let block = 0; block < count; block++) {
    sum += sums[block]!;
    square += squares[block]!;
  }
  const mean = sum / sessions;
  const deviation = Math.sqrt(Math.max(square - sum * mean, 0) / (sessions - 1));
  return deviation > rounding
    ? { mean, deviation, sharpe: (sharpe + mean) / deviation }
    : { mean, deviation: Infinity, sharpe: 0 };
}

/** Σ of `part` over a block, from its sums. */
function partOf(
  { mean, deviation, sharpe }: Resampled,
  length: number,
  sum: number,
  square: number,
): number {
  const z = (sum - length * mean) / deviation;
  const zz = (square - 2 * mean * sum + length * mean * mean) / (deviation * deviation);
  return z - (sharpe / 2) * (zz - length);
}

/** Sums of both series, and of their squares, over the blocks of one resample. */
class BlockSums {
  count = 0;
  length: Int32Array = new Int32Array();
  readonly x: Float64Array;
  readonly xx: Float64Array;
  readonly y: Float64Array;
  readonly yy: Float64Array;

  constructor(readonly sessions: number) {
    this.x = new Float64Array(sessions);
    this.xx = new Float64Array(sessions);
    this.y = new Float64Array(sessions);
    this.yy = new Float64Array(sessions);
  }

  take({ x, y }: ReturnsPair, { count, start, length }: Blocks): void {
    const { sessions } = this;
    this.count = count;
    this.length = length;
    for (let block = 0; block < count; block++) {
      let at = start[block]!;
      let [sx, sxx, sy, syy] = [0, 0, 0, 0];
      for (let left = length[block]!; left > 0; left--) {
        const one = x[at]!;
        const two = y[at]!;
        sx += one;
        sxx += one * one;
        sy += two;
        syy += two * two;
        if (++at === sessions) at = 0;
      }
      this.x[block] = sx;
      this.xx[block] = sxx;
      this.y[block] = sy;
      this.yy[block] = syy;
    }
  }
}
