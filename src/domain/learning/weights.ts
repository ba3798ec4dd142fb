import type { LinearFit, Unfit } from './least-squares.ts';

/** Why a fold keeps the fixed weights. */
export type Kept = Unfit | 'none clear' | 'no scale';

/** Standard errors that a coefficient must lie above zero, for one term at least. */
const clear = 2;

/** Weights of one fold, term by term. */
export interface LearnedWeights {
  /** What the fold trades with: none is negative, or all are the fixed ones. */
  readonly weights: readonly number[];
  /** The coefficients and their standard errors in the unit of the weights; NaN where there was no fit. */
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  readonly observations: number;
  readonly explained: number | null;
  /** Why the weights are the fixed ones; null where they are learned. */
  readonly kept: Kept | null;
}

/**
 * From coefficients to weights. A term whose coefficient is not positive gets 0: a negative weight would take calm for
 * panic. Where no coefficient lies two standard errors above zero, the fixed weights stay: else a speck of noise that
 * happens to be positive would take all the weight. `scaleOf` gives what the weights are multiplied by, so that the
 * threshold that the score is compared with keeps its meaning; NaN, 0 or less where there is no such number.
 */
export function weightsFrom(
  fit: LinearFit,
  fixed: readonly number[],
  scaleOf: (weights: readonly number[]) => number,
): LearnedWeights {
  const positive = fit.coefficients.map((value) => Math.max(0, value));
  const some = fit.coefficients.some((value, k) => value > clear * fit.errors[k]!);
  // Where nothing is clear the coefficients are shown at the size of the fixed weights all the same.
  const scale = scaleOf(some ? positive : fit.coefficients.map(Math.abs));
  const usable = Number.isFinite(scale) && scale > 0;
  const kept = !some ? 'none clear' : usable ? null : 'no scale';
  const shown = (values: readonly number[]) =>
    values.map((value) => (usable ? value * scale : Number.NaN));
  return {
    weights: kept === null ? positive.map((value) => value * scale) : fixed,
    coefficients: shown(fit.coefficients),
    errors: shown(fit.errors),
    observations: fit.observations,
    explained: fit.explained,
    kept,
  };
}

/** Rows that could not be fitted leave the fixed weights. */
export function keptWeights(
  fixed: readonly number[],
  kept: Kept,
  observations: number,
): LearnedWeights {
  const none = fixed.map(() => Number.NaN);
  return {
    weights: fixed,
    coefficients: none,
    errors: none,
    observations,
    explained: null,
    kept,
  };
}
