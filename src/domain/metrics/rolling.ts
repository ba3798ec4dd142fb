import { isRounding } from './finding.ts';

/** Annualised figures of the last `window` sessions, one a session; NaN where there is none. */
export interface Rolling {
  readonly sharpe: Float64Array;
  readonly volatility: Float64Array;
}

/**
 * Sharpe ratio and volatility over windows that slide by a session, in Outsample's own convention: mean(r − rf) ÷
 * sd(r) × √N and sd(r) × √N, sd with n − 1. The first windows stand at session `window` − 1; each is summed afresh,
 * a running sum would gather rounding. `free` is the risk-free rate a session, `perYear` is N.
 */
export function rollingOf(
  returns: Float64Array,
  window: number,
  free: number,
  perYear: number,
): Rolling {
  const sharpe = new Float64Array(returns.length).fill(Number.NaN);
  const volatility = new Float64Array(returns.length).fill(Number.NaN);
  const scale = Math.sqrt(perYear);
  for (let last = window - 1; last < returns.length; last++) {
    const first = last - window + 1;
    let sum = 0;
    for (let i = first; i <= last; i++) sum += returns[i]!;
    const mean = sum / window;
    let squares = 0;
    for (let i = first; i <= last; i++) squares += (returns[i]! - mean) * (returns[i]! - mean);
    const deviation = Math.sqrt(squares / (window - 1));
    volatility[last] = deviation * scale;
    if (!isRounding(deviation, mean - free)) sharpe[last] = ((mean - free) / deviation) * scale;
  }
  return { sharpe, volatility };
}
