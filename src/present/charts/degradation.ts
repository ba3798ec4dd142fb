import { dot, line, ruleX, ruleY } from '@observablehq/plot';
import { type Drawing, frame, valueScale, valuesAcross } from './frame.ts';

export interface DegradationData {
  /** Annual Sharpe ratios of the chosen trial, by split. */
  readonly inSample: ArrayLike<number>;
  readonly outOfSample: ArrayLike<number>;
  readonly slope: number | null;
  readonly intercept: number | null;
}

/** More dots than these say nothing more. */
const most = 1500;

/** Out of sample against in sample, one dot a split, with the least-squares line. */
export function degradationChart(data: DegradationData, width: number, height: number): Drawing {
  const { inSample, outOfSample, slope, intercept } = data;
  const known = Array.from(inSample, (x, i) => ({ x, y: outOfSample[i]! })).filter(
    ({ x, y }) => Number.isFinite(x) && Number.isFinite(y),
  );
  const every = Math.max(Math.ceil(known.length / most), 1);
  const points = known.filter((_, i) => i % every === 0);
  const xs = known.map(({ x }) => x);
  const low = xs.reduce((least, x) => Math.min(least, x), Infinity);
  const high = xs.reduce((greatest, x) => Math.max(greatest, x), -Infinity);
  const pad = low === high ? 1 : 0;
  const base = frame([0, 0], width, height);
  const ends =
    slope === null || intercept === null
      ? []
      : [low, high].map((x) => ({ x, y: intercept + slope * x }));
  return {
    options: {
      ...base,
      ...valueScale([[0], points.map(({ y }) => y), ends.map(({ y }) => y)], 'number', height),
      x: valuesAcross(low - pad, high + pad, 'number', Math.max(Math.floor(width / 80), 3)),
      marks: [
        ruleY([0], { stroke: 'var(--axis)' }),
        ...(low <= 0 ? [ruleX([0], { stroke: 'var(--axis)' })] : []),
        dot(points, { x: 'x', y: 'y', r: 1.5, fill: 'var(--equity)', fillOpacity: 0.35 }),
        line(ends, { x: 'x', y: 'y', stroke: 'var(--under)', strokeWidth: 2 }),
      ],
    },
    drawn: points.length,
    total: known.length,
  };
}
