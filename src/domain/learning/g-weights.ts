import { LeastSquares } from './least-squares.ts';
import { type LearnedWeights, keptWeights, weightsFrom } from './weights.ts';

/**
 * Weights of the G-Score's points: least squares of the market's forward return on the three points (0 or 1) of each
 * session. A point that announces falls has a negative coefficient, so a weight is proportional to −coefficient, none
 * below 0, and the weights are scaled to the sum of the fixed ones: all points together still make 3.
 *
 * A point that never changed in the training teaches nothing: it keeps its fixed weight, and the others share theirs.
 *
 * @param points by point, by session
 * @param forward mean forward return by session; NaN where its label leaves the training
 */
export function gWeights(
  points: readonly ArrayLike<number>[],
  forward: ArrayLike<number>,
  fixed: readonly number[],
): LearnedWeights {
  const rows = Array.from({ length: forward.length }, (_, i) => i).filter((i) =>
    Number.isFinite(forward[i]),
  );
  const taught = points.flatMap((point, k) =>
    rows.some((i) => point[i] !== point[rows[0]!]) ? [k] : [],
  );
  if (taught.length === 0) return keptWeights(fixed, 'no variation', rows.length);
  const squares = new LeastSquares(taught.length);
  for (const i of rows)
    squares.add(
      taught.map((k) => points[k]![i]!),
      -forward[i]!,
    );
  const fit = squares.fit();
  if (typeof fit === 'string') return keptWeights(fixed, fit, rows.length);
  const own = taught.map((k) => fixed[k]!);
  const learned = weightsFrom(fit, own, (weights) => sum(own) / sum(weights));
  const spread = (values: readonly number[], otherwise: readonly number[]) =>
    otherwise.map((value, k) => (taught.includes(k) ? values[taught.indexOf(k)]! : value));
  const none = fixed.map(() => Number.NaN);
  return {
    ...learned,
    weights: spread(learned.weights, fixed),
    coefficients: spread(learned.coefficients, none),
    errors: spread(learned.errors, none),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
