import pow from '@stdlib/math-base-special-pow';
import { bin } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { Sample } from '../../domain/metrics/sample.ts';

/** counts[i] values lie from edges[i] on and below edges[i + 1]; the last edge belongs to the last bin. */
export interface Bins {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const [fewest, most] = [10, 60];

/**
 * Bins between round edges, zero among them where values lie on both sides, about as wide as 2 × interquartile range
 * ÷ ∛n (Freedman & Diaconis 1981). Of one value or more, all finite.
 */
export function binsOf(values: Float64Array): Bins {
  const sample = new Sample(values);
  const [low, high] = [sample.sorted[0]!, sample.sorted.at(-1)!];
  const width = (2 * (sample.quantile(0.75) - sample.quantile(0.25))) / pow(values.length, 1 / 3);
  const wanted = width > 0 ? Math.round((high - low) / width) : most;
  const edges = edgesOf(low, high, Math.min(Math.max(wanted, fewest), most));
  const binned = bin<number, number>()
    .domain([edges[0]!, edges.at(-1)!])
    .thresholds(edges.slice(1, -1));
  return { edges, counts: binned(sample.sorted).map(({ length }) => length) };
}

function edgesOf(low: number, high: number, bins: number): number[] {
  if (low === high) {
    const half = Math.abs(low) / 2 || 0.001;
    return [low - half, low + half];
  }
  const scale = scaleLinear([low, high], [0, 1]).nice(bins);
  return scale.ticks(bins);
}
