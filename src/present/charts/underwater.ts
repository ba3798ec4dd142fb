import { areaY, lineY, ruleY } from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { underwaterOf } from '../../domain/metrics/drawdown.ts';
import { dateOf } from '../../domain/calendar.ts';
import type { DayPlaces } from '../times.ts';
import { type Drawing, columnsOf, frame, daySpanOf, valueScale } from './frame.ts';

export interface UnderwaterData {
  readonly day: DayPlaces;
  readonly equity: Float64Array;
  /** The first peak. */
  readonly initialCash: number;
}

/** Drawdown from the highest equity so far, the initial cash being the first; 0 at the top. */
export function underwaterChart(data: UnderwaterData, width: number, height: number): Drawing {
  const span = daySpanOf(data.day);
  const under = underwaterOf(data.equity, data.initialCash);
  const rows = decimate(data.day, under, ...span, columnsOf(width));
  const x = (row: number) => dateOf(data.day[row]!);
  const y = (row: number) => under[row];
  const base = frame(span, width, height);
  const deepest = under.reduce((low, value) => Math.min(low, value), 0);
  return {
    options: {
      ...base,
      ...valueScale([[deepest === 0 ? -0.01 : deepest, 0]], 'percent', height),
      marks: [
        areaY(rows, { x, y, fill: 'var(--under)', fillOpacity: 0.2 }),
        lineY(rows, { x, y, stroke: 'var(--under)', strokeWidth: 1.25 }),
        ruleY([0], { stroke: 'var(--axis)' }),
      ],
    },
    drawn: rows.length,
    total: data.day.length,
  };
}
