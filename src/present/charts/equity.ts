import { type Markish, lineY } from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import type { DayPlaces } from '../times.ts';
import { type Drawing, columnsOf, frame, daySpanOf, valueScale } from './frame.ts';

export interface EquityData {
  readonly day: DayPlaces;
  readonly equity: Float64Array;
  /** Buy & hold on the same sessions. */
  readonly benchmark: Float64Array;
  /** Other runs on the same sessions, NaN where they have none. */
  readonly beside?: readonly BesideLine[];
}

/** A line that is told apart by the CSS variable of its colour and its dashes. */
export interface BesideLine {
  readonly values: Float64Array;
  readonly colour: string;
  readonly dash: string;
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
  const { beside = [] } = data;
  let drawn = 0;
  const line = (values: Float64Array, colour: string, dash?: string): Markish => {
    const rows = decimate(data.day, values, ...span, columnsOf(width));
    drawn += rows.length;
    return lineY(rows, {
      x: (row: number) => dateOf(data.day[row]!),
      y: (row: number) => values[row],
      className: colour,
      stroke: `var(--${colour})`,
      strokeWidth: dash === undefined ? 1.75 : 1.25,
      ...(dash !== undefined && { strokeDasharray: dash }),
    });
  };
  const marks = [
    ...(compare ? [line(data.benchmark, 'benchmark', '4,3')] : []),
    ...beside.map(({ values, colour, dash }) => line(values, colour, dash)),
    line(data.equity, 'equity'),
  ];
  const base = frame(span, width, height);
  const shown = [
    data.equity,
    ...(compare ? [data.benchmark] : []),
    ...beside.map(({ values }) => values),
  ];
  const values = valueScale(shown, 'money', height, { log });
  return {
    options: { ...base, ...values, marks },
    drawn,
    total: shown.length * data.day.length,
  };
}
