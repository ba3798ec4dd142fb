import pow from '@stdlib/math-base-special-pow';
import { type NumberOrReason, ROUNDING } from './finding.ts';

/** Returns of sessions and what is counted of them; each is worked out once, when it is first asked for. */
export class Sample {
  /** Simple returns as ratios, two at least. */
  readonly values: Float64Array;
  readonly mean: number;
  /** Standard deviation with n − 1. */
  readonly deviation: number;
  #sorted: Float64Array | null = null;
  #shape: { skew: number; kurtosis: number } | null = null;

  constructor(values: Float64Array) {
    this.values = values;
    this.mean = meanOf(values);
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const distance = values[i]! - this.mean;
      squares += distance * distance;
    }
    this.deviation = Math.sqrt(squares / (values.length - 1));
  }

  /** √ of the mean square of what falls short of `least`, over all values. */
  shortfall(least: number): number {
    let squares = 0;
    for (let i = 0; i < this.values.length; i++) {
      const short = this.values[i]! - least;
      if (short < 0) squares += short * short;
    }
    return Math.sqrt(squares / this.values.length);
  }

  /** Σ of what exceeds `least` and Σ of what falls short of it, both ≥ 0; how many did; beyond zero if not told. */
  sides(least = 0): { above: number; below: number; over: number; under: number } {
    let above = 0;
    let below = 0;
    let over = 0;
    let under = 0;
    for (let i = 0; i < this.values.length; i++) {
      const excess = this.values[i]! - least;
      if (excess > 0) {
        above += excess;
        over++;
      } else if (excess < 0) {
        below -= excess;
        under++;
      }
    }
    return { above, below, over, under };
  }

  get sorted(): Float64Array {
    return (this.#sorted ??= this.values.slice().sort());
  }

  /** The value below which a share of the values lies, straight between neighbours (numpy’s “linear”). */
  quantile(share: number): number {
    const { sorted } = this;
    const at = (sorted.length - 1) * share;
    const below = Math.floor(at);
    const low = sorted[below]!;
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return low + (high - low) * (at - below);
  }

  /** Mean of the lowest `count`. */
  lowest(count: number): number {
    return meanOf(this.sorted.subarray(0, count));
  }

  /** Sample skewness, adjusted for bias (G₁ of Joanes & Gill 1998, as pandas and Excel). */
  get skew(): NumberOrReason {
    if (this.values.length < 3) return 'There are fewer than three returns.';
    return this.#varies() ? this.#moments().skew : 'Returns don’t vary.';
  }

  /** Excess kurtosis, adjusted for bias (G₂ of Joanes & Gill 1998, as pandas and Excel): 0 is the normal’s. */
  get kurtosis(): NumberOrReason {
    if (this.values.length < 4) return 'There are fewer than four returns.';
    return this.#varies() ? this.#moments().kurtosis : 'Returns don’t vary.';
  }

  #varies(): boolean {
    return this.deviation > ROUNDING * Math.max(1, Math.abs(this.mean));
  }

  #moments(): { skew: number; kurtosis: number } {
    return (this.#shape ??= shapeOf(this.values, this.mean));
  }
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function shapeOf(values: Float64Array, mean: number): { skew: number; kurtosis: number } {
  const n = values.length;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const distance = values[i]! - mean;
    const square = distance * distance;
    second += square;
    third += square * distance;
    fourth += square * square;
  }
  const variance = second / n;
  const skew =
    ((Math.sqrt(n * (n - 1)) / (n - 2)) * (third / n)) / (variance * Math.sqrt(variance));
  const kurtosis =
    ((n - 1) / ((n - 2) * (n - 3))) *
    (((n + 1) * (fourth / n)) / (variance * variance) - 3 * (n - 1));
  return { skew, kurtosis };
}

/** Slope and squared correlation of two samples of one length, with n − 1. */
export function regression(
  y: Sample,
  x: Sample,
): { readonly beta: number; readonly rSquared: number } {
  let joint = 0;
  for (let i = 0; i < y.values.length; i++) {
    joint += (y.values[i]! - y.mean) * (x.values[i]! - x.mean);
  }
  const covariance = joint / (y.values.length - 1);
  const correlation = covariance / (x.deviation * y.deviation);
  return {
    beta: covariance / (x.deviation * x.deviation),
    rSquared: correlation * correlation,
  };
}

/** Geometric mean of returns, one after another, without logarithms and without running out of range. */
export class GeometricMean {
  #product = 1;
  /** How often the product was brought back by 2⁵⁰⁰. */
  #scale = 0;
  #ruined = false;

  add(returned: number): void {
    const growth = 1 + returned;
    if (growth <= 0) this.#ruined = true;
    this.#product *= growth;
    if (this.#product > LARGE) {
      this.#product /= LARGE;
      this.#scale++;
    } else if (this.#product < 1 / LARGE) {
      this.#product *= LARGE;
      this.#scale--;
    }
  }

  /** Of `count` returns; 0 where one of them lost everything, as backtesting.py has it. */
  mean(count: number): number {
    if (this.#ruined || count === 0) return 0;
    return pow(this.#product, 1 / count) * pow(2, (500 * this.#scale) / count) - 1;
  }
}

/** 2⁵⁰⁰ */
const LARGE = 3.273390607896142e150;
