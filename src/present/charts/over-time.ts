import { type Markish, areaY, lineY, ruleY } from '@observablehq/plot';
import { dateOf } from '../../domain/calendar.ts';
import { decimate } from '../../domain/decimate.ts';
import type { AxisKind } from '../ticks.ts';
import type { DayPlaces } from '../times.ts';
import { type Drawing, columnsOf, daySpanOf, frame, valueScale } from './frame.ts';

/** Something that a session has: a value, or NaN. */
interface OverTime {
  readonly value: Float64Array;
  /** Name of the CSS variable that it is drawn in. */
  readonly colour: string;
  /** An area from zero, in place of a line. */
  readonly area?: boolean;
}

/** Values by session over a line at zero. */
export function overTimeChart(
  day: DayPlaces,
  all: readonly OverTime[],
  kind: AxisKind,
  width: number,
  height: number,
): Drawing {
  const span = daySpanOf(day);
  let drawn = 0;
  const marks = all.map(({ value, colour, area = false }): Markish => {
    const rows = decimate(day, value, ...span, columnsOf(width));
    for (const row of rows) if (Number.isFinite(value[row])) drawn++;
    const x = (row: number) => dateOf(day[row]!);
    const y = (row: number) => value[row];
    return area
      ? areaY(rows, { x, y, fill: `var(--${colour})`, fillOpacity: 0.2 })
      : lineY(rows, { x, y, stroke: `var(--${colour})`, strokeWidth: 1.5 });
  });
  return {
    options: {
      ...frame(span, width, height),
      ...valueScale([[0], ...all.map(({ value }) => value)], kind, height),
      marks: [...marks, ruleY([0], { stroke: 'var(--axis)' })],
    },
    drawn,
    total: all.reduce(
      (sum, { value }) => sum + value.reduce((n, one) => (Number.isFinite(one) ? n + 1 : n), 0),
      0,
    ),
  };
}
