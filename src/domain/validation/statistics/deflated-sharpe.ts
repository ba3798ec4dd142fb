import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { type SharpeMoments, probabilisticSharpe } from './probabilistic-sharpe.ts';

/** Euler & Mascheroni’s constant. */
const gamma = 0.577_215_664_901_532_9;
const e = 2.718_281_828_459_045;

/**
 * Expected largest of N independent standard normals: (1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e)).
 * Bailey, Borwein, López de Prado & Zhu 2014, “Pseudo-mathematics and financial charlatanism”, eq. 4. N ≥ 2.
 */
export const expectedMaximum = (trials: number): number =>
  (1 - gamma) * normalQuantile(1 - 1 / trials, 0, 1) +
  gamma * normalQuantile(1 - 1 / (trials * e), 0, 1);

/**
 * SR₀, the Sharpe ratio that the best of N trials without any edge is expected to show: √V × the above, V the variance
 * of the trials’ Sharpe ratios, in whose period the answer is. 0 with fewer than two trials: nothing was chosen from.
 */
export const expectedMaximumSharpe = (trials: number, variance: number): number =>
  trials < 2 ? 0 : Math.sqrt(variance) * expectedMaximum(trials);

/**
 * DSR = PSR(SR₀), the probability that the true Sharpe ratio exceeds SR₀. Bailey & López de Prado 2014, “The deflated
 * Sharpe ratio: correcting for selection bias, backtest overfitting and non-normality”.
 * `variance` is that of the trials’ ratios per period, as `moments.sharpe` is.
 */
export const deflatedSharpe = (
  moments: SharpeMoments,
  trials: number,
  variance: number,
): number | null => probabilisticSharpe(moments, expectedMaximumSharpe(trials, variance));

/**
 * Years of data below which the best of N trials without any edge is expected to show this annual Sharpe ratio:
 * (expected maximum ÷ SR)². “Pseudo-mathematics”, eq. 6. Null with fewer than two trials or a ratio ≤ 0.
 */
export function minimumBacktestYears(trials: number, annualSharpe: number): number | null {
  if (trials < 2 || !(annualSharpe > 0)) return null;
  const years = expectedMaximum(trials) / annualSharpe;
  return years * years;
}
