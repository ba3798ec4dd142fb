import { gridValues } from '../search/dimensions.ts';
import type { Dimension } from '../study/validation.ts';
import type { FoldResult, ParameterStability, WalkForward } from './walk-forward.ts';

/**
 * Walk-forward efficiency (Pardo 2008, ch. 11): mean annual growth of the test windows ÷ mean annual growth in their
 * training, over the folds that traded.
 */
export function efficiencyOf(folds: readonly FoldResult[]): WalkForward['efficiency'] {
  const pairs = folds.flatMap(({ inSample, outOfSample }) =>
    inSample?.cagr == null || outOfSample.cagr === null ? [] : [[inSample.cagr, outOfSample.cagr]],
  );
  if (pairs.length === 0) return { value: null, reason: 'No fold traded.' };
  const trained = mean(pairs.map(([inside]) => inside!));
  const tested = mean(pairs.map(([, outside]) => outside!));
  return trained > 0
    ? { value: tested / trained, reason: null }
    : { value: null, reason: 'The chosen sets lost money even in training.' };
}

/** How often, and how far, the choice of each setting moved between neighbouring folds that traded. */
export function stabilityOf(
  dimensions: readonly Dimension[],
  titles: readonly string[],
  folds: readonly FoldResult[],
): ParameterStability[] {
  const choices = folds.flatMap(({ chosen }) => (chosen === null ? [] : [chosen]));
  return dimensions.map((dimension, d) => {
    const values = choices.map((choice) => choice[d]!);
    const steps = values.slice(1).map((value, i) => [values[i]!, value] as const);
    const title = titles[d] ?? dimension.path;
    if (steps.length === 0) return { dimension, title, kept: null, drift: null };
    const kept = steps.filter(([before, after]) => before === after).length / steps.length;
    return { dimension, title, kept, drift: driftOf(dimension, steps) };
  });
}

function driftOf(
  dimension: Dimension,
  steps: readonly (readonly [unknown, unknown])[],
): number | null {
  const numbers = gridValues(dimension, false).filter((value) => typeof value === 'number');
  const width = Math.max(...numbers) - Math.min(...numbers);
  const moves = steps.flatMap(([before, after]) =>
    typeof before === 'number' && typeof after === 'number' ? [Math.abs(after - before)] : [],
  );
  return width > 0 && moves.length === steps.length ? mean(moves) / width : null;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
