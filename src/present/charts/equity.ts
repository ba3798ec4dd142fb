import type { Days } from '../../domain/units.ts';
import { type Markish, lineY } from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import { type Drawing, columnsOf, frame, daySpanOf, valueScale } from './frame.ts';

export interface EquityData {
  readonly day: Days;
  readonly equity: Float64Array;
  /** Buy & hold on the same sessions. */
  readonly benchmark: Float64Array;
}

export interface EquityView {
  readonly log: boolean;
  /** Draw buy & hold too; without it the scale fits the equity alone. */
  readonly compare: boolean;
}

/** Equity against buy & hold, in money. */
export function equityChart(
  data: EquityData,
  width: number,
  height: number,
  { log, compare }: EquityView,
): Drawing {
  const span = daySpanOf(data.day);
  let drawn = 0;
  const line = (values: Float64Array, className: string, dash?: string): Markish => {
    const rows = decimate(data.day, values, ...span, columnsOf(width));
    drawn += rows.length;
    return lineY(rows, {
      x: (row: number) => dateOf(data.day[row]!),
      y: (row: number) => values[row],
      className,
      stroke: `var(--${className})`,
      strokeWidth: dash === undefined ? 1.75 : 1.25,
      ...(dash !== undefined && { strokeDasharray: dash }),
    });
  };
  const marks = [
    ...(compare ? [line(data.benchmark, 'benchmark', '4,3')] : []),
    line(data.equity, 'equity'),
  ];
  const base = frame(span, width, height);
  const shown = compare ? [data.equity, data.benchmark] : [data.equity];
  const values = valueScale(shown, 'money', height, { log });
  return {
    options: { ...base, ...values, marks },
    drawn,
    total: (compare ? 2 : 1) * data.day.length,
  };
}
