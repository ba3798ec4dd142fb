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

/** What some of the trials say: those of all are the largest of them. */
export interface SuperiorPart {
  /** By trial: mean difference to the benchmark, and ω = the standard deviation of √n·mean; 0 where nothing varies. */
  readonly mean: Float64Array;
  readonly omega: Float64Array;
  /** The largest resampled means by sample: White's, and those of SPA's centrings, which start, and so end, at no less than 0. */
  readonly check: Float64Array;
  readonly lower: Float64Array;
  readonly consistent: Float64Array;
  readonly upper: Float64Array;
}

/** Yields the ratio done. */
export function* superiorAbility(
  returns: ReturnsMatrix,
  options: SuperiorOptions,
): Generator<number, Found<SuperiorAbility>> {
  const { sessions } = returns;
  if (sessions < fewestSessions) return tooFew;
  return superiorOf([yield* superiorPart(returns, options)], sessions, options);
}

const fewestSessions = 20;
const tooFew = { reason: `There are fewer than ${fewestSessions} sessions.` };

/** The test, of its parts: trials in their order, over the same samples of the same sessions. */
export function superiorOf(
  parts: readonly SuperiorPart[],
  sessions: number,
  { samples, blockLength }: Pick<SuperiorOptions, 'samples' | 'blockLength'>,
): Found<SuperiorAbility> {
  if (sessions < fewestSessions) return tooFew;
  const root = Math.sqrt(sessions);
  let trials = 0;
  let used = 0;
  let best = -1;
  let highest = 0;
  let statistic = 0;
  let largest = -Infinity;
  for (const { mean, omega } of parts)
    for (let i = 0; i < mean.length; i++, trials++) {
      if (omega[i] === 0) continue;
      used++;
      largest = Math.max(largest, mean[i]!);
      if (best >= 0 && mean[i]! / omega[i]! <= highest) continue;
      best = trials;
      highest = mean[i]! / omega[i]!;
      statistic = Math.max(0, (root * mean[i]!) / omega[i]!);
    }
  if (best < 0) return { reason: 'No trial’s returns vary.' };
  const above = (column: 'check' | 'lower' | 'consistent' | 'upper', limit: number): number =>
    shareAbove(
      parts.map((part) => part[column]),
      limit,
    );
  return {
    trials: used,
    samples,
    blockLength,
    best,
    statistic,
    realityCheck: above('check', largest),
    lower: above('lower', statistic),
    consistent: above('consistent', statistic),
    upper: above('upper', statistic),
  };
}

/** Resamples some trials, on their own or as a part of more. Yields the ratio done. */
export function* superiorPart(
  returns: ReturnsMatrix,
  options: SuperiorOptions,
): Generator<number, SuperiorPart> {
  const { sessions } = returns;
  const { samples, benchmark } = options;
  const { mean, omega } = yield* studentised(returns, options);
  const root = Math.sqrt(sessions);
  // What is taken off a resampled mean: all of the trial’s own, or none where it is (far) below the benchmark.
  const far = -Math.sqrt(2 * ln(ln(sessions)));
  const consistentCentre = mean.map((one, trial) => (root * one >= far * omega[trial]! ? one : 0));
  const part = {
    mean,
    omega,
    check: new Float64Array(samples).fill(-Infinity),
    lower: new Float64Array(samples),
    consistent: new Float64Array(samples),
    upper: new Float64Array(samples),
  };
  if (omega.every((one) => one === 0)) return part;
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
      raise(part.check, sample, drawn - own);
      raise(part.upper, sample, times * (drawn - own));
      raise(part.lower, sample, times * (drawn - Math.max(own, 0)));
      raise(part.consistent, sample, times * (drawn - consistentCentre[trial]!));
    },
    (sample, counts) => {
      if (benchmark === undefined) return;
      for (let at = 0; at < sessions; at++) drawnBenchmark[sample]! += counts[at]! * benchmark[at]!;
    },
  );
  for (const done of sums) yield 0.1 + 0.9 * done;
  return part;
}

/** Means and their standard deviations, a tenth of the whole. */
function* studentised(
  returns: ReturnsMatrix,
  { benchmark, blockLength }: SuperiorOptions,
): Generator<number, Pick<SuperiorPart, 'mean' | 'omega'>> {
  const { trials, sessions } = returns;
  const mean = new Float64Array(trials);
  const omega = new Float64Array(trials);
  const perTurn = Math.max(1, Math.floor(500_000 / sessions));
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
    if (trial % perTurn === perTurn - 1) yield (0.1 * trial) / trials;
  }
  return { mean, omega };
}

/** Share of the samples whose value, the largest of any part, is above a limit. */
function shareAbove(parts: readonly Float64Array[], limit: number): number {
  const samples = parts[0]!.length;
  let above = 0;
  for (let sample = 0; sample < samples; sample++)
    if (parts.some((values) => values[sample]! > limit)) above++;
  return above / samples;
}
