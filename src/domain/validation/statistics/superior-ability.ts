import ln from '@stdlib/math-base-special-ln';
import type { ReturnsMatrix } from '../search.ts';
import { type MeansOptions, bootstrapSums } from './bootstrap-means.ts';
import type { Found } from './found.ts';
import { longRunVariance } from './long-run-variance.ts';
import { momentsOf } from './moments.ts';
import { trialOf } from './returns.ts';
import type { Ratio } from '../../units.ts';

/**
 * Whether the best of many trials beats a benchmark, given that it is the best of many. p-values are shares of
 * bootstrap samples that do better than the trials did though no trial has an edge; small ones speak for an edge.
 */
export interface SuperiorAbility {
  /** Trials whose returns vary; the others are left out. */
  readonly trials: number;
  readonly samples: number;
  /** Mean length of the bootstrap’s blocks, sessions. */
  readonly blockLength: number;
  /** The trial with the largest studentised mean. */
  readonly best: number;
  /** That mean: √n·d̄ ÷ ω, or 0 where no trial beats the benchmark; resampled ones stop at 0 too. */
  readonly statistic: number;
  /** White 2000, “A reality check for data snooping”: not studentised, every trial centred at its own mean. */
  readonly realityCheck: Ratio;
  /** Hansen 2005, “A test for superior predictive ability”: SPA with its lower, consistent and upper centring. */
  readonly lower: Ratio;
  readonly consistent: Ratio;
  readonly upper: Ratio;
}

export interface SuperiorOptions extends MeansOptions {
  /** Returns to beat by session; zero where absent. */
  readonly benchmark?: Float64Array | undefined;
}

/** What is known of the trials before any resampling. */
interface TrialStatistics {
  /** By trial: mean difference to the benchmark, and ω = the standard deviation of √n·mean; 0 where nothing varies. */
  readonly mean: Float64Array;
  readonly omega: Float64Array;
  readonly used: number;
  readonly best: number;
}

/** Yields the ratio done. */
export function* superiorAbility(
  returns: ReturnsMatrix,
  options: SuperiorOptions,
): Generator<number, Found<SuperiorAbility>> {
  const { sessions, trials } = returns;
  if (sessions < 20) return { reason: 'There are fewer than 20 sessions.' };
  const { mean, omega, used, best } = yield* studentised(returns, options);
  if (best < 0) return { reason: 'No trial’s returns vary.' };
  const root = Math.sqrt(sessions);
  const statistic = Math.max(0, (root * mean[best]!) / omega[best]!);
  let largest = -Infinity;
  for (let trial = 0; trial < trials; trial++)
    if (omega[trial]! > 0) largest = Math.max(largest, mean[trial]!);

  const { samples, benchmark } = options;
  // What is taken off a resampled mean: all of the trial’s own, or none where it is (far) below the benchmark.
  const far = -Math.sqrt(2 * ln(ln(sessions)));
  const consistentCentre = mean.map((one, trial) => (root * one >= far * omega[trial]! ? one : 0));
  // Those of SPA start, and so end, at no less than 0.
  const maxima = {
    check: new Float64Array(samples).fill(-Infinity),
    lower: new Float64Array(samples),
    consistent: new Float64Array(samples),
    upper: new Float64Array(samples),
  };
  const drawnBenchmark = new Float64Array(samples);
  const raise = (column: Float64Array, sample: number, value: number): void => {
    if (value > column[sample]!) column[sample] = value;
  };
  const sums = bootstrapSums(
    returns,
    options,
    (sample, trial, sum) => {
      const scale = omega[trial]!;
      if (scale === 0) return;
      const drawn = (sum - drawnBenchmark[sample]!) / sessions;
      const times = root / scale;
      const own = mean[trial]!;
      raise(maxima.check, sample, drawn - own);
      raise(maxima.upper, sample, times * (drawn - own));
      raise(maxima.lower, sample, times * (drawn - Math.max(own, 0)));
      raise(maxima.consistent, sample, times * (drawn - consistentCentre[trial]!));
    },
    (sample, counts) => {
      if (benchmark === undefined) return;
      for (let at = 0; at < sessions; at++) drawnBenchmark[sample]! += counts[at]! * benchmark[at]!;
    },
  );
  for (const done of sums) yield 0.1 + 0.9 * done;

  return {
    trials: used,
    samples,
    blockLength: options.blockLength,
    best,
    statistic,
    realityCheck: shareAbove(maxima.check, largest),
    lower: shareAbove(maxima.lower, statistic),
    consistent: shareAbove(maxima.consistent, statistic),
    upper: shareAbove(maxima.upper, statistic),
  };
}

/** Means and their standard deviations, a tenth of the whole. */
function* studentised(
  returns: ReturnsMatrix,
  { benchmark, blockLength }: SuperiorOptions,
): Generator<number, TrialStatistics> {
  const { trials, sessions } = returns;
  const mean = new Float64Array(trials);
  const omega = new Float64Array(trials);
  const perTurn = Math.max(1, Math.floor(500_000 / sessions));
  let used = 0;
  let best = -1;
  for (let trial = 0; trial < trials; trial++) {
    const own = trialOf(returns, trial);
    const difference =
      benchmark === undefined ? own : own.map((one, session) => one - benchmark[session]!);
    const moments = momentsOf(difference);
    if (moments !== null) {
      mean[trial] = moments.mean;
      const variance = longRunVariance(difference, moments.mean, blockLength);
      omega[trial] = variance > 0 ? Math.sqrt(variance) : 0;
    }
    if (omega[trial]! > 0) {
      used++;
      if (best < 0 || mean[trial]! / omega[trial]! > mean[best]! / omega[best]!) best = trial;
    }
    if (trial % perTurn === perTurn - 1) yield (0.1 * trial) / trials;
  }
  return { mean, omega, used, best };
}

function shareAbove(values: Float64Array, limit: number): number {
  let above = 0;
  for (const value of values) if (value > limit) above++;
  return above / values.length;
}
