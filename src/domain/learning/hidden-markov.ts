import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';

/** A hidden Markov model of one normally distributed series (Rabiner 1989, “A tutorial on hidden Markov models”). */
export interface HiddenMarkov {
  /** Chance of each state at the first value. */
  readonly start: readonly number[];
  /** Row: from, column: to. */
  readonly transition: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** Chances of the states by time, each given the values up to then and none after: `chance[t · states + state]`. */
export interface Filtered {
  readonly chance: Float64Array;
  /** By time: density of the value given those before, relative to its likeliest state’s. */
  readonly scale: Float64Array;
  /** By time and state: density relative to the likeliest state’s. */
  readonly density: Float64Array;
  readonly logLikelihood: number;
}

const halfLogTwoPi = 0.9189385332046727;
/** No state is wholly ruled out by one value. */
const leastDensity = 1e-300;

/**
 * The forward recursion, scaled at each step (Rabiner, section V.A). What comes later changes nothing before. A value that
 * is NaN tells nothing of its state.
 */
export function filtered(model: HiddenMarkov, values: ArrayLike<number>): Filtered {
  const { start, transition, mean, variance } = model;
  const states = start.length;
  const chance = new Float64Array(values.length * states);
  const density = new Float64Array(values.length * states);
  const scale = new Float64Array(values.length);
  const logs = new Float64Array(states);
  const heights = variance.map((value) => -halfLogTwoPi - ln(value) / 2);
  let logLikelihood = 0;
  for (let t = 0; t < values.length; t++) {
    const at = t * states;
    const known = Number.isFinite(values[t]);
    let most = known ? -Infinity : 0;
    for (let j = 0; known && j < states; j++) {
      const distance = values[t]! - mean[j]!;
      logs[j] = heights[j]! - (distance * distance) / (2 * variance[j]!);
      most = Math.max(most, logs[j]!);
    }
    let sum = 0;
    for (let j = 0; j < states; j++) {
      let before = 0;
      if (t === 0) before = start[j]!;
      else for (let i = 0; i < states; i++) before += chance[at - states + i]! * transition[i]![j]!;
      density[at + j] = known ? Math.max(leastDensity, exp(logs[j]! - most)) : 1;
      chance[at + j] = before * density[at + j]!;
      sum += chance[at + j]!;
    }
    for (let j = 0; j < states; j++) chance[at + j] = chance[at + j]! / sum;
    scale[t] = sum;
    logLikelihood += ln(sum) + most;
  }
  return { chance, scale, density, logLikelihood };
}

export interface BaumWelch {
  readonly model: HiddenMarkov;
  /** Of `model`. */
  readonly logLikelihood: number;
  readonly iterations: number;
}

/**
 * Maximum likelihood by expectation and maximisation (Baum & Welch; Rabiner, eqs. 40 and 53), from a first guess, until
 * an iteration gains less than `tolerance` of log-likelihood or `most` are done. No variance falls below
 * `leastVariance`: a state on a single value would be infinitely likely.
 */
export function baumWelch(
  guess: HiddenMarkov,
  values: ArrayLike<number>,
  leastVariance: number,
  { most = 200, tolerance = 1e-4 }: { most?: number; tolerance?: number } = {},
): BaumWelch {
  let model = guess;
  let now = filtered(model, values);
  for (let iteration = 1; iteration <= most; iteration++) {
    model = maximised(model, now, values, leastVariance);
    const next = filtered(model, values);
    const gain = next.logLikelihood - now.logLikelihood;
    now = next;
    if (gain < tolerance) return { model, logLikelihood: now.logLikelihood, iterations: iteration };
  }
  return { model, logLikelihood: now.logLikelihood, iterations: most };
}

/** One step: chances of states and of moves given the whole series, then their frequencies and moments. */
function maximised(
  { transition, mean, variance }: HiddenMarkov,
  { chance, scale, density }: Filtered,
  values: ArrayLike<number>,
  leastVariance: number,
): HiddenMarkov {
  const states = mean.length;
  const last = values.length - 1;
  const moves = mean.map(() => new Float64Array(states));
  const smoothed = Float64Array.from(chance);
  let backward = new Float64Array(states).fill(1);
  for (let t = last - 1; t >= 0; t--) {
    const ahead = (t + 1) * states;
    const before = new Float64Array(states);
    for (let i = 0; i < states; i++) {
      for (let j = 0; j < states; j++) {
        const move = (transition[i]![j]! * density[ahead + j]! * backward[j]!) / scale[t + 1]!;
        before[i] = before[i]! + move;
        moves[i]![j] = moves[i]![j]! + chance[t * states + i]! * move;
      }
      smoothed[t * states + i] = chance[t * states + i]! * before[i]!;
    }
    backward = before;
  }

  const weight = new Float64Array(states);
  const sum = new Float64Array(states);
  for (let t = 0; t <= last; t++)
    for (let j = 0; j < states; j++) {
      weight[j] = weight[j]! + smoothed[t * states + j]!;
      sum[j] = sum[j]! + smoothed[t * states + j]! * values[t]!;
    }
  // A state that nothing belongs to stays as it is.
  const means = mean.map((value, j) => (weight[j]! > 0 ? sum[j]! / weight[j]! : value));
  const squares = new Float64Array(states);
  for (let t = 0; t <= last; t++)
    for (let j = 0; j < states; j++) {
      const distance = values[t]! - means[j]!;
      squares[j] = squares[j]! + smoothed[t * states + j]! * distance * distance;
    }
  return {
    start: mean.map((_, j) => smoothed[j]!),
    transition: moves.map((row, i) => {
      const total = row.reduce((all, value) => all + value, 0);
      return total > 0 ? Array.from(row, (value) => value / total) : transition[i]!;
    }),
    mean: means,
    variance: variance.map((value, j) =>
      Math.max(leastVariance, weight[j]! > 0 ? squares[j]! / weight[j]! : value),
    ),
  };
}
