import type { Market } from '../../market.ts';
import type { Row } from '../../units.ts';

/** Rounds of the iteration at most; ten or so are enough. */
const MOST_ROUNDS = 1000;

/** Largest relative change of a share in the last round. */
const CLOSE_ENOUGH = 1e-14;

/**
 * Shares, adding up to 1, with which each of n assets adds the same to the portfolio's variance. `covariance` is n × n,
 * its diagonal above zero. Cyclical coordinate descent of ½ x′Σx − Σ ln x (Griveau-Billion, Richard & Roncalli 2013,
 * eq. 7 with equal budgets), in the order of the assets, from 1 ÷ standard deviation on: additions, products and roots,
 * so that every engine has the same bits.
 */
export function riskParity(covariance: Float64Array, n: number): Float64Array {
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) x[i] = 1 / Math.sqrt(n * covariance[i * n + i]!);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let change = 0;
    for (let i = 0; i < n; i++) {
      const own = covariance[i * n + i]!;
      let others = 0;
      for (let j = 0; j < n; j++) if (j !== i) others += covariance[i * n + j]! * x[j]!;
      const next = (Math.sqrt(others * others + 4 * own) - others) / (2 * own);
      change = Math.max(change, Math.abs(next - x[i]!) / next);
      x[i] = next;
    }
    if (change <= CLOSE_ENOUGH) break;
  }
  let sum = 0;
  for (let i = 0; i < n; i++) sum += x[i]!;
  for (let i = 0; i < n; i++) x[i]! /= sum;
  return x;
}

/**
 * Covariances (n − 1) of simple close-to-close returns over the last `bars` + 1 dates on which all of these symbols
 * have a bar, no later than each one's row in `rows`; null where there are not so many.
 */
export function covarianceOf(
  market: Market,
  symbols: readonly number[],
  rows: readonly Row[],
  bars: number,
): Float64Array | null {
  const n = symbols.length;
  const at = [...rows];
  const returns = new Float64Array(n * bars);
  for (let found = 0; found <= bars; found++) {
    if (!backToCommonDay(market, symbols, at)) return null;
    // Backwards: the return into the date before is the one found last.
    for (let i = 0; i < n; i++) {
      const close = market.close[at[i]!]!;
      if (found > 0) returns[i * bars + found - 1]! /= close;
      if (found < bars) returns[i * bars + found] = close;
      at[i]!--;
    }
  }
  for (let i = 0; i < n; i++) centre(returns.subarray(i * bars, (i + 1) * bars));
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < bars; k++) sum += returns[i * bars + k]! * returns[j * bars + k]!;
      covariance[i * n + j] = covariance[j * n + i] = sum / (bars - 1);
    }
  }
  return covariance;
}

/** Growth factors less their mean: returns less theirs. */
function centre(growth: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < growth.length; k++) sum += growth[k]!;
  const mean = sum / growth.length;
  for (let k = 0; k < growth.length; k++) growth[k]! -= mean;
}

/** Moves rows back to the newest date that all have; whether there is one. */
function backToCommonDay(
  { day, firstRow }: Market,
  symbols: readonly number[],
  at: Row[],
): boolean {
  for (;;) {
    let earliest = Infinity;
    for (let i = 0; i < at.length; i++) {
      if (at[i]! < firstRow[symbols[i]!]!) return false;
      earliest = Math.min(earliest, day[at[i]!]!);
    }
    let moved = false;
    for (let i = 0; i < at.length; i++) {
      if (day[at[i]!]! <= earliest) continue;
      at[i]!--;
      moved = true;
    }
    if (!moved) return true;
  }
}
