import ln from '@stdlib/math-base-special-ln';
import pow from '@stdlib/math-base-special-pow';
import type { ReturnsMatrix } from '../search.ts';
import { momentsOf } from './moments.ts';
import { trialOf, varyingTrials } from './returns.ts';

/** Trials that a matrix’s common block length is taken from. */
const asked = 25;

/**
 * Mean block length of the stationary bootstrap for a series’ mean, sessions, at least 1: Politis & White 2004, “Automatic
 * block-length selection for the dependent bootstrap”, section 3.2, as corrected by Patton, Politis & White 2009. Their
 * choice of m follows Python’s `arch`. 1 where the series doesn’t vary or is shorter than ten.
 */
export function automaticBlockLength(series: Float64Array): number {
  const n = series.length;
  const moments = momentsOf(series);
  if (n < 10 || moments === null) return 1;
  const centred = series.map((value) => value - moments.mean);
  const digits = ln(n) / ln(10);
  // Guards the case that n is a power of ten: the logarithm’s last bit must not decide.
  const quiet = Math.max(5, Math.floor(digits + 1e-12));
  const longest = Math.min(Math.ceil(Math.sqrt(n)) + quiet, n - 2);
  const bound = 2 * Math.sqrt(digits / n);
  const { covariance, correlation } = correlogram(centred, longest);
  const first = firstQuiet(correlation, quiet, bound);
  const m = Math.min(first === null ? longest : 2 * Math.max(first, 1), longest);

  let slope = 0;
  let spectrum = covariance[0]!;
  for (let lag = 1; lag <= m; lag++) {
    const share = lag / m;
    const weight = 2 * (share <= 0.5 ? 1 : 2 * (1 - share)) * covariance[lag]!;
    slope += lag * weight;
    spectrum += weight;
  }
  const cube = ((slope * slope) / (spectrum * spectrum)) * n;
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  return Math.max(1, Math.min(pow(cube, 1 / 3), most));
}

/** The middle one of the block lengths of up to 25 trials that vary, evenly spread over the matrix. */
export function commonBlockLength(all: ReturnsMatrix): number {
  const returns = varyingTrials(all);
  const count = Math.min(asked, returns.trials);
  const lengths = Float64Array.from({ length: count }, (_, i) =>
    automaticBlockLength(trialOf(returns, Math.floor((i * returns.trials) / count))),
  ).sort();
  return lengths[count >> 1] ?? 1;
}

/** Autocovariances (with n) and absolute autocorrelations by lag, from 0 to `longest`. */
function correlogram(
  centred: Float64Array,
  longest: number,
): { covariance: Float64Array; correlation: Float64Array } {
  const n = centred.length;
  const covariance = new Float64Array(longest + 1);
  const correlation = new Float64Array(longest + 1);
  let head = 0;
  for (let i = 0; i < n; i++) head += centred[i]! * centred[i]!;
  let tail = head;
  for (let lag = 0; lag <= longest; lag++) {
    let product = 0;
    for (let i = lag; i < n; i++) product += centred[i]! * centred[i - lag]!;
    covariance[lag] = product / n;
    // As arch: the two parts leave out one value more than the lag.
    head -= centred[n - 1 - lag]! * centred[n - 1 - lag]!;
    tail -= centred[lag]! * centred[lag]!;
    const scale = Math.sqrt(head * tail);
    correlation[lag] = scale > 0 ? Math.abs(product) / scale : 0;
  }
  return { covariance, correlation };
}

/** The first lag from which `quiet` correlations in a row lie within the bound; null where there is none. */
function firstQuiet(correlation: Float64Array, quiet: number, bound: number): number | null {
  for (let lag = quiet; lag < correlation.length; lag++)
    if (correlation.subarray(lag - quiet, lag).every((one) => one < bound)) return lag - quiet;
  return null;
}
