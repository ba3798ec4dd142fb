import { bin, extent } from 'd3-array';
import { rectY, ruleX, ruleY } from '@observablehq/plot';
import { type Drawing, frame, valueScale, valuesAcross } from './frame.ts';

export interface HistogramData {
  /** counts[i] values lie from edges[i] to edges[i + 1]. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Where the run itself stands, or a border that matters; null for none. */
  readonly mark: number | null;
  /** A second border, drawn as a whole line. */
  readonly border?: number;
  /** How the axis is labelled: a number, or a ratio as percent. */
  readonly unit: 'number' | 'percent';
}

/** Counts over a range, with one mark. */
export function histogramChart(
  { edges, counts, mark, border, unit }: HistogramData,
  width: number,
  height: number,
): Drawing {
  const bars = counts
    .map((count, i) => ({ from: edges[i]!, to: edges[i + 1]!, count }))
    .filter(({ count }) => count > 0);
  const base = frame([0, 0], width, height);
  const low = Math.min(edges[0] ?? 0, mark ?? Infinity, border ?? Infinity);
  const high = Math.max(edges.at(-1) ?? 1, mark ?? -Infinity, border ?? -Infinity);
  const pad = high > low ? (high - low) * 0.02 : 1;
  return {
    options: {
      ...base,
      ...valueScale([[0, 1], counts], 'number', height),
      x: valuesAcross(low - pad, high + pad, unit, Math.max(Math.floor(width / 80), 3)),
      marks: [
        rectY(bars, { x1: 'from', x2: 'to', y: 'count', fill: 'var(--equity)', inset: 0.5 }),
        ruleY([0], { stroke: 'var(--axis)' }),
        ...(border === undefined
          ? []
          : [ruleX([border], { stroke: 'var(--threshold)', strokeWidth: 2 })]),
        ...(mark === null
          ? []
          : [ruleX([mark], { stroke: 'var(--under)', strokeWidth: 2, strokeDasharray: '6,3' })]),
      ],
    },
    drawn: counts.length,
    total: counts.length,
  };
}

/** Equal bins over values; NaN and infinite ones are left out. */
export function binned(
  values: ArrayLike<number>,
  bins = 40,
): Pick<HistogramData, 'edges' | 'counts'> {
  const known = Array.from(values).filter(Number.isFinite);
  const [low, high] = extent(known);
  if (low === undefined) return { edges: [0, 1], counts: [0] };
  const count = high > low ? bins : 1;
  const step = high > low ? (high - low) / bins : 1;
  const edges = Array.from({ length: count + 1 }, (_, i) => low + i * step);
  const counted = bin<number, number>().domain([low, high]).thresholds(edges.slice(1, -1));
  return { edges, counts: counted(known).map(({ length }) => length) };
}
