import { type BaumWelch, type HiddenMarkov, baumWelch, filtered } from './hidden-markov.ts';

/**
 * Calm, volatile, panic: states of the market’s daily range, ordered by its mean. The range tells unrest apart from one
 * session to the next; a model of the returns themselves splits them by sign as readily as by size.
 */
export const regimes = ['calm', 'volatile', 'panic'] as const;

/** Sessions in the mean range by which the first guesses sort them. */
const lookBack = 5;
/** The least a training window may have. */
export const leastSessions = 60;
/** Of the training’s variance. */
const leastShareOfVariance = 0.01;

/**
 * A hidden Markov model of three regimes, calm first; null where sessions are too few or do not vary.
 *
 * @param range by session: logarithm of the market's mean true range; NaN where unknown
 */
export function fitRegimes(range: Float64Array): HiddenMarkov | null {
  const known = range.filter(Number.isFinite);
  const { variance } = meanAndVariance(known);
  if (known.length < leastSessions || !(variance > 0)) return null;
  const least = leastShareOfVariance * variance;
  // Baum and Welch climb to the nearest top; of three, the highest is taken.
  let best: BaumWelch | null = null;
  for (const cuts of cutsOf(known)) {
    const found = baumWelch(guessOf(known, cuts, least), known, least);
    if (best === null || found.logLikelihood > best.logLikelihood) best = found;
  }
  return best && calmFirst(best.model);
}

/**
 * The likeliest regime of each session given the ranges up to it (0 calm, 1 volatile, 2 panic; the calmer where two are
 * equally likely). Filtered, never smoothed: a session's regime is known at its close.
 */
export function regimesOf(model: HiddenMarkov, range: Float64Array): Uint8Array {
  const states = model.start.length;
  const { chance } = filtered(model, range);
  return Uint8Array.from(range, (_, t) => {
    let likeliest = 0;
    for (let j = 1; j < states; j++)
      if (chance[t * states + j]! > chance[t * states + likeliest]!) likeliest = j;
    return likeliest;
  });
}

/** Mean and variance (n) of values; both NaN where there is none. */
export function meanAndVariance(values: Float64Array): {
  readonly mean: number;
  readonly variance: number;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, variance: squares / values.length };
}

/** Mean range of the last sessions, by session. */
const recentOf = (range: Float64Array): Float64Array =>
  range.map((_, t) => meanAndVariance(range.subarray(Math.max(0, t - lookBack + 1), t + 1)).mean);

/** Where calm may end and panic begin: half and a seventh of the sessions, a fifth and a fourteenth, thirds of the span. */
function cutsOf(range: Float64Array): (readonly number[])[] {
  const ordered = recentOf(range).sort();
  const at = (share: number): number => ordered[Math.floor(share * ordered.length)]!;
  const [low, high] = [at(0.02), at(0.98)];
  return [
    [at(0.5), at(0.86)],
    [at(0.8), at(0.93)],
    [low + (high - low) / 3, low + (2 * (high - low)) / 3],
  ];
}

/** States by these cuts, each with its own moments and moves. */
function guessOf(
  range: Float64Array,
  cuts: readonly number[],
  leastVariance: number,
): HiddenMarkov {
  const state = Array.from(recentOf(range), (value) => cuts.filter((cut) => value >= cut).length);
  const whole = meanAndVariance(range);
  const groups = regimes.map((_, j) => {
    const group = range.filter((_, t) => state[t] === j);
    return group.length === 0 ? whole : meanAndVariance(group);
  });
  return {
    start: regimes.map(() => 1 / regimes.length),
    // Each move is counted once more than it is seen, so that none is impossible.
    transition: regimes.map((_, i) => {
      const counts = regimes.map(
        (_, j) => 1 + state.filter((s, t) => t > 0 && state[t - 1] === i && s === j).length,
      );
      const total = counts.reduce((sum, count) => sum + count, 0);
      return counts.map((count) => count / total);
    }),
    mean: groups.map(({ mean }) => mean),
    variance: groups.map(({ variance }) => Math.max(leastVariance, variance)),
  };
}

function calmFirst({ start, transition, mean, variance }: HiddenMarkov): HiddenMarkov {
  const order = mean.map((_, j) => j).sort((a, b) => mean[a]! - mean[b]! || a - b);
  const sorted = <T>(values: readonly T[]): T[] => order.map((j) => values[j]!);
  return {
    start: sorted(start),
    transition: sorted(transition).map(sorted),
    mean: sorted(mean),
    variance: sorted(variance),
  };
}
