import { ROUNDING } from '../../metrics/finding.ts';

/** What the Sharpe ratio’s statistics need of a return series; all per session. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation with n − 1. */
  readonly deviation: number;
  /** mean ÷ deviation, per session, not annualised. */
  readonly sharpe: number;
  /** γ₃ = m₃ ÷ m₂^1.5, the moments with n: no adjustment for bias. */
  readonly skewness: number;
  /** γ₄ = m₄ ÷ m₂², the moments with n: the normal’s is 3 (not the excess). */
  readonly kurtosis: number;
}

/** Moments of two returns or more, as Bailey & López de Prado (2012) use them; null where returns don’t vary. */
export function momentsOf(returns: Float64Array): Moments | null {
  const count = returns.length;
  if (count < 2) return null;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += returns[i]!;
  const mean = sum / count;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < count; i++) {
    const distance = returns[i]! - mean;
    const square = distance * distance;
    second += square;
    third += square * distance;
    fourth += square * square;
  }
  const deviation = Math.sqrt(second / (count - 1));
  if (!(deviation > ROUNDING * Math.max(1, Math.abs(mean)))) return null;
  const variance = second / count;
  return {
    count,
    mean,
    deviation,
    sharpe: mean / deviation,
    skewness: third / count / (variance * Math.sqrt(variance)),
    kurtosis: fourth / count / (variance * variance),
  };
}
