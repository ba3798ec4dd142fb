import type { RandomStream } from '../../random.ts';
import { automaticBlockLength } from './block-length.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { type Found, because } from './found.ts';
import { momentsOf } from './moments.ts';
import { drawStationary } from './stationary-bootstrap.ts';

/** Whether two runs’ Sharpe ratios differ by more than chance; per session. */
export interface SharpeDifference {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  /** Of the resampled differences. */
  readonly spread: Distribution;
  /**
   * Two-sided: (1 + samples whose difference strays from the observed one at least as far as that is from zero) ÷
   * (1 + samples), as Ledoit & Wolf 2008, “Robust performance hypothesis testing with the Sharpe ratio”, but not
   * studentised.
   */
  readonly pValue: number;
  readonly blockLength: number;
}

/** Sessions drawn between two yields: about 10 ms. */
const turn = 100_000;

/**
 * Paired stationary bootstrap of two series of (excess) returns over the same sessions: both are drawn at the same
 * sessions, so that what they share cancels. Yields the ratio done.
 */
export function* sharpeDifference(
  first: Float64Array,
  second: Float64Array,
  samples: number,
  stream: RandomStream,
): Generator<number, Found<SharpeDifference>> {
  if (first.length !== second.length) throw new RangeError('The series differ in length.');
  const one = momentsOf(first);
  const two = momentsOf(second);
  if (one === null || two === null) return { reason: because.flat };
  const blockLength = Math.max(automaticBlockLength(first), automaticBlockLength(second));
  const difference = one.sharpe - two.sharpe;
  const indices = new Int32Array(first.length);
  const drawn = new Float64Array(samples);
  const perTurn = Math.max(1, Math.floor(turn / first.length));
  let stray = 0;
  for (let sample = 0; sample < samples; sample++) {
    drawStationary(stream, blockLength, indices);
    drawn[sample] = sharpeAt(first, indices) - sharpeAt(second, indices);
    if (Math.abs(drawn[sample]! - difference) >= Math.abs(difference)) stray++;
    if (sample % perTurn === perTurn - 1) yield (sample + 1) / samples;
  }
  return {
    first: one.sharpe,
    second: two.sharpe,
    difference,
    spread: distributionOf(drawn),
    pValue: (1 + stray) / (1 + samples),
    blockLength,
  };
}

/** 0 where a resample happens not to vary. */
const sharpeAt = (returns: Float64Array, indices: Int32Array): number =>
  momentsOf(Float64Array.from(indices, (at) => returns[at]!))?.sharpe ?? 0;
