import { Sample } from '../../metrics/sample.ts';
import type { Ratio } from '../../units.ts';

/** How the results of many samples spread; ratios. */
export interface Distribution {
  /** The values below which 5, 25, 50, 75 and 95 % of the samples lie. */
  readonly p5: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p95: number;
  /** For a histogram: counts[i] samples from edges[i] to edges[i + 1]. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const bins = 40;

/** Of one value or more. Quantiles lie straight between neighbours (numpy’s “linear”). */
export function distributionOf(values: Float64Array): Distribution {
  const sample = new Sample(values);
  const { sorted } = sample;
  const low = sorted[0]!;
  const high = sorted.at(-1)!;
  const width = (high - low) / bins;
  const counts = Array.from({ length: width > 0 ? bins : 1 }, () => 0);
  for (const value of sorted) {
    const bin = width > 0 ? Math.min(Math.floor((value - low) / width), bins - 1) : 0;
    counts[bin]!++;
  }
  return {
    p5: sample.quantile(0.05),
    p25: sample.quantile(0.25),
    median: sample.quantile(0.5),
    p75: sample.quantile(0.75),
    p95: sample.quantile(0.95),
    edges: [...counts.map((_, i) => low + i * width), high],
    counts,
  };
}

/** Share of the values that meet a condition. */
export function shareOf(values: Float64Array, meets: (value: number) => boolean): Ratio {
  let count = 0;
  for (const value of values) if (meets(value)) count++;
  return count / values.length;
}
