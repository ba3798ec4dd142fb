import type { RandomStream } from '../../random.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import type { Found } from './found.ts';
import { because } from './found.ts';
import { momentsOf } from './moments.ts';
import { type MonteCarlo, Wealth, monteCarloOf } from './monte-carlo.ts';
import { drawStationary } from './stationary-bootstrap.ts';

/** Sessions resampled in blocks: wealth, drawdown and Sharpe ratio all vary. */
export interface ResampledBars extends MonteCarlo {
  /** Mean length of the blocks, sessions. */
  readonly blockLength: number;
  /** Sharpe ratio per session. */
  readonly sharpe: Distribution;
}

export interface BarsOptions {
  readonly samples: number;
  readonly blockLength: number;
  readonly stream: RandomStream;
  /** Risk-free rate per session. */
  readonly free: number;
}

/** Sessions drawn between two yields: about 10 ms. */
const turn = 100_000;

/**
 * The stationary bootstrap of a run’s simple returns by session: `samples` resamples of its own length, each
 * compounded from 1. Yields the ratio done.
 */
export function* resampledBars(
  returns: Float64Array,
  { samples, blockLength, stream, free }: BarsOptions,
): Generator<number, Found<ResampledBars>> {
  if (momentsOf(returns) === null) return { reason: because.flat };
  const sessions = returns.length;
  const indices = new Int32Array(sessions);
  const columns = {
    finalReturn: new Float64Array(samples),
    maxDrawdown: new Float64Array(samples),
    sharpe: new Float64Array(samples),
  };
  const drawn = new Float64Array(sessions);
  const perTurn = Math.max(1, Math.floor(turn / sessions));
  for (let sample = 0; sample < samples; sample++) {
    drawStationary(stream, blockLength, indices);
    const wealth = new Wealth();
    for (let i = 0; i < sessions; i++) {
      drawn[i] = returns[indices[i]!]!;
      wealth.grow(drawn[i]!);
    }
    columns.finalReturn[sample] = wealth.value - 1;
    columns.maxDrawdown[sample] = wealth.deepest;
    columns.sharpe[sample] = sharpeOf(drawn, free);
    if (sample % perTurn === perTurn - 1) yield (sample + 1) / samples;
  }
  const own = new Wealth();
  for (const one of returns) own.grow(one);
  return {
    blockLength,
    ...monteCarloOf(columns, own.deepest),
    sharpe: distributionOf(columns.sharpe),
  };
}

/** 0 where a resample happens not to vary. */
function sharpeOf(returns: Float64Array, free: number): number {
  let sum = 0;
  for (let i = 0; i < returns.length; i++) sum += returns[i]!;
  const mean = sum / returns.length;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) squares += (returns[i]! - mean) * (returns[i]! - mean);
  return squares > 0 ? (mean - free) / Math.sqrt(squares / (returns.length - 1)) : 0;
}
