import type { Days } from '../../../src/domain/units.ts';

/** A curve for the eye. */
export interface SmallCurve {
  readonly day: Days;
  readonly equity: Float32Array;
}

/** The most points that are kept of a curve. */
export const mostPoints = 200;

/**
 * The first and the last session and, of equal stretches between them, the lowest and the highest, in order: no peak
 * and no trough is lost.
 */
export function smallCurve(day: Days, equity: Float64Array): SmallCurve {
  const rows =
    day.length <= mostPoints ? Array.from(day, (_, row) => row) : peaksAndTroughs(equity);
  return {
    day: Int32Array.from(rows, (row) => day[row]!),
    equity: Float32Array.from(rows, (row) => equity[row]!),
  };
}

function peaksAndTroughs(values: Float64Array): number[] {
  const last = values.length - 1;
  const stretches = mostPoints / 2 - 1;
  const rows = [0];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = 1 + Math.floor((stretch * (last - 1)) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * (last - 1)) / stretches);
    let [lowest, highest] = [start, start];
    for (let row = start + 1; row < end; row++) {
      if (values[row]! < values[lowest]!) lowest = row;
      if (values[row]! > values[highest]!) highest = row;
    }
    rows.push(Math.min(lowest, highest), Math.max(lowest, highest));
  }
  return [...rows, last];
}
