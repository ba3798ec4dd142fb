import type { Market } from '../market.ts';
import { LeastSquares } from './least-squares.ts';
import { type TrainingDays, eachLabel } from './training.ts';
import { type LearnedWeights, keptWeights, weightsFrom } from './weights.ts';

/** What the Panic Score is made of, beside the market's rows. */
export interface PanicColumns {
  /** z-scores of the terms that the dataset has; NaN where unknown. */
  readonly terms: readonly Float64Array[];
  /** Contrarian side: +1 after a fall, −1 after a rise, 0 after neither. */
  readonly direction: Float64Array;
  /** 1 where the strategy might enter, were the score high enough: universe, CRI and side allow it. */
  readonly eligible: Uint8Array;
}

/**
 * Weights of the Panic Score: least squares of the forward return against the move, direction · (close_{t+h} ÷ open_{t+1}
 * − 1), on the bar's z-scores.
 *
 * Every bar on which the strategy might enter, were its score high enough, is a row: not only those in panic. To keep only bars above
 * a score would let the fixed weights choose what the learned ones may see, leave a handful of bars in a training window,
 * and set the terms against each other, for above a sum one term can be low only where another is high. The price is
 * that a straight line is laid through calm and panic alike.
 *
 * The weights are scaled so that the learned score passes the entry threshold on as many of these bars as the fixed one:
 * to be above it is as rare as before, and the two differ in which bars they pick, not in how many. (Equal norms of the
 * weights, or equal standard deviations of the scores, would not do that: a score of one term has heavier tails than the
 * sum of three.) Where no bar passes with the fixed weights, the standard deviations are made equal.
 */
export function panicWeights(
  market: Market,
  columns: PanicColumns,
  { fixed, threshold }: { readonly fixed: readonly number[]; readonly threshold: number },
  training: TrainingDays,
  horizon: number,
): LearnedWeights {
  const squares = new LeastSquares(fixed.length);
  eachRow(market, columns, training, horizon, (x, y) => squares.add(x, y));
  const fit = squares.fit();
  if (typeof fit === 'string') return keptWeights(fixed, fit, squares.observations);

  const scoresBy = (weights: readonly number[]): Float64Array => {
    const scores = new Float64Array(squares.observations);
    let at = 0;
    eachRow(market, columns, training, horizon, (x) => {
      let score = 0;
      for (let k = 0; k < x.length; k++) score += weights[k]! * x[k]!;
      scores[at++] = score;
    });
    return scores;
  };
  return weightsFrom(fit, fixed, (weights) => {
    const passing = scoresBy(fixed).filter((score) => score > threshold).length;
    if (passing === 0) return squares.deviationOf(fixed) / squares.deviationOf(weights);
    const ordered = scoresBy(weights).sort();
    const last = ordered.length - passing;
    return last === 0 ? Number.NaN : (2 * threshold) / (ordered[last - 1]! + ordered[last]!);
  });
}

/** z-scores (one array, filled anew) and label of every row that enters the fit. */
function eachRow(
  market: Market,
  { terms, direction, eligible }: PanicColumns,
  training: TrainingDays,
  horizon: number,
  visit: (x: Float64Array, y: number) => void,
): void {
  const x = new Float64Array(terms.length);
  eachLabel(market, training, horizon, (row, forward) => {
    const side = direction[row]!;
    if (side === 0 || eligible[row] !== 1) return;
    let known = true;
    for (let k = 0; k < x.length; k++) {
      x[k] = terms[k]![row]!;
      known &&= Number.isFinite(x[k]);
    }
    if (known) visit(x, side * forward);
  });
}
