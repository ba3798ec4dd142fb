import { dateOf } from '../../domain/calendar.ts';
import type { PlotOptions } from '@observablehq/plot';
import type { Day } from '../../domain/units.ts';

/** What a chart draws, and how much of the data that is. */
export interface Drawing {
  readonly options: PlotOptions;
  readonly drawn: number;
  readonly total: number;
}

/** Days since 1970-01-01, first and last, that all charts of a run share. */
export type DaySpan = readonly [from: Day, to: Day];

const left = 64;
const right = 12;

/** Pixel columns between the margins. */
export const columnsOf = (width: number) => Math.max(width - left - right, 50);

/** The same margins, x scale and type in every chart, so that they line up. */
export function frame(span: DaySpan, width: number, height: number): PlotOptions {
  return {
    className: 'plot',
    width,
    height,
    marginLeft: left,
    marginRight: right,
    marginTop: 16,
    marginBottom: 34, // Dates take two lines where a year begins.
    x: {
      type: 'utc',
      domain: [dateOf(span[0]), dateOf(span[1])],
      ticks: Math.max(Math.floor(width / 110), 2),
      label: null,
      tickSize: 4,
    },
    y: { grid: true, label: null, ticks: Math.max(Math.floor(height / 40), 2), tickSize: 0 },
  };
}

export const daySpanOf = (day: ArrayLike<Day>): DaySpan => [day[0] ?? 0, day[day.length - 1] ?? 0];
