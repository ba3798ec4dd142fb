import { lineY, ruleY } from '@observablehq/plot';
import { decimate } from '../../domain/decimate.ts';
import { dateOf } from '../../domain/calendar.ts';
import { type Drawing, columnsOf, frame, valueScale } from './frame.ts';
import { styleAt } from './line-styles.ts';
import type { Days } from '../../domain/units.ts';

/** Growth of one of several runs, by day: 0.1 is ten percent. */
export interface Growth {
  /** From 1; it says how the line is drawn. */
  readonly place: number;
  readonly day: Days;
  readonly growth: Float64Array;
}

/** All lines on one scale, over the calendar. */
export function growthChart(lines: readonly Growth[], width: number, height: number): Drawing {
  const from = Math.min(...lines.map(({ day }) => day[0] ?? Infinity));
  const to = Math.max(...lines.map(({ day }) => day[day.length - 1] ?? -Infinity));
  const base = frame([from, to], width, height);
  let drawn = 0;
  const marks = lines.map(({ place, day, growth }) => {
    const { color, dash } = styleAt(place);
    const rows = decimate(day, growth, from, to, columnsOf(width));
    drawn += rows.length;
    return lineY(rows, {
      x: (row: number) => dateOf(day[row]!),
      y: (row: number) => growth[row],
      stroke: color,
      strokeWidth: 1.75,
      ...(dash !== '' && { strokeDasharray: dash }),
    });
  });
  return {
    options: {
      ...base,
      ...valueScale([[0], ...lines.map(({ growth }) => growth)], 'percent', height),
      marks: [ruleY([0], { stroke: 'var(--axis)' }), ...marks],
    },
    drawn,
    total: lines.reduce((sum, { day }) => sum + day.length, 0),
  };
}
