import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Moments } from './moments.ts';

/** Of a return series; the Sharpe ratio in the series’ own period. */
export type SharpeMoments = Pick<Moments, 'count' | 'sharpe' | 'skewness' | 'kurtosis'>;

/**
 * Probability that the true Sharpe ratio exceeds `benchmark` (same period as `sharpe`): Φ[(SR − SR*)·√(n − 1) ÷
 * √(1 − γ₃·SR + (γ₄ − 1)/4·SR²)]. Bailey & López de Prado 2012, “The Sharpe ratio efficient frontier”: PSR.
 * Null where the moments leave the estimate no variance.
 */
export function probabilisticSharpe(moments: SharpeMoments, benchmark: number): number | null {
  const spread = spreadOf(moments);
  if (!(spread > 0)) return null;
  const z = ((moments.sharpe - benchmark) * Math.sqrt(moments.count - 1)) / Math.sqrt(spread);
  return normalCdf(z, 0, 1);
}

/**
 * Returns needed before that probability reaches `confidence`: 1 + (1 − γ₃·SR + (γ₄ − 1)/4·SR²)·(z ÷ (SR − SR*))².
 * Same paper: MinTRL. Null where the ratio doesn’t exceed the benchmark: no length is enough.
 */
export function minimumTrackRecord(
  moments: SharpeMoments,
  benchmark: number,
  confidence: number,
): number | null {
  const above = moments.sharpe - benchmark;
  if (!(above > 0)) return null;
  const z = normalQuantile(confidence, 0, 1) / above;
  return 1 + spreadOf(moments) * z * z;
}

/** Variance of the Sharpe ratio’s estimate × (n − 1), for returns of any distribution: same paper, after Mertens 2002. */
const spreadOf = ({ sharpe, skewness, kurtosis }: SharpeMoments): number =>
  1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
