import { decimateSteps } from '../../domain/decimate.ts';
import { extremesOf } from '../../domain/extremes.ts';
import type { Span } from '../../present/timeline/ranges.ts';
import type { Drawn, Pen } from './pane.ts';

interface Stroke {
  /** A CSS variable. */
  readonly colour: string;
  /** Pixels of the page. */
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** Numbers of the sessions, along which everything is drawn. */
const numbers = new Map<number, Float64Array>();
export function sessionsOf(length: number): Float64Array {
  let found = numbers.get(length);
  if (found === undefined) {
    numbers.clear();
    numbers.set(length, (found = Float64Array.from({ length }, (_, i) => i)));
  }
  return found;
}

/** Which sessions are drawn of a line: at most four of each pixel column. */
const thinned = ({ span, columns }: Pen, values: Float64Array): number[] =>
  decimateSteps(values, span[0], span[1], columns);

/** How many rows are of sessions that are shown, and how many of these there are. */
function counted(rows: readonly number[], { shown: [from, to] }: Pen): Drawn {
  let drawn = 0;
  for (const row of rows) if (row >= from && row <= to) drawn++;
  return { drawn, total: to - from + 1 };
}

export function stroked({ context, scale, colour }: Pen, path: Path2D, stroke: Stroke): void {
  context.strokeStyle = colour(stroke.colour);
  context.lineWidth = (stroke.width ?? 1.25) * scale;
  context.setLineDash((stroke.dash ?? []).map((part) => part * scale));
  context.stroke(path);
}

/** A line by session; NaN is a gap. */
export function line(pen: Pen, values: Float64Array, stroke: Stroke): Drawn {
  const rows = thinned(pen, values);
  const path = new Path2D();
  let isGap = true;
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isFinite(value)) {
      if (isGap) path.moveTo(pen.x(row), pen.y(value));
      else path.lineTo(pen.x(row), pen.y(value));
    }
    isGap = !Number.isFinite(value);
  }
  pen.context.lineJoin = 'round';
  stroked(pen, path, stroke);
  return counted(rows, pen);
}

/** What is between a line and a value. */
export function area(
  pen: Pen,
  values: Float64Array,
  to: number,
  colour: string,
  opacity: number,
): void {
  const rows = thinned(pen, values);
  const path = new Path2D();
  if (rows.length === 0) return;
  path.moveTo(pen.x(rows[0]!), pen.y(to));
  for (const row of rows) {
    const value = values[row]!;
    path.lineTo(pen.x(row), pen.y(Number.isFinite(value) ? value : to));
  }
  path.lineTo(pen.x(rows.at(-1)!), pen.y(to));
  filled(pen, path, colour, opacity);
}

/** What is between two lines, as far as they reach. */
export function band(
  pen: Pen,
  low: Float64Array,
  high: Float64Array,
  colour: string,
  opacity: number,
): void {
  const path = new Path2D();
  for (const row of thinned(pen, high)) path.lineTo(pen.x(row), pen.y(high[row]!));
  for (const row of thinned(pen, low).reverse()) path.lineTo(pen.x(row), pen.y(low[row]!));
  path.closePath();
  filled(pen, path, colour, opacity);
}

export function filled({ context, colour }: Pen, path: Path2D, name: string, opacity = 1): void {
  context.globalAlpha = opacity;
  context.fillStyle = colour(name);
  context.fill(path);
  context.globalAlpha = 1;
}

/** A value across the whole pane. */
export function rule(pen: Pen, value: number, stroke: Stroke): void {
  const path = new Path2D();
  path.moveTo(pen.box.left, pen.y(value));
  path.lineTo(pen.box.left + pen.box.width, pen.y(value));
  stroked(pen, path, stroke);
}

/** Sessions from one to another, from top to bottom. */
export function shade(pen: Pen, [from, to]: Span, colour: string, opacity: number): void {
  const path = new Path2D();
  const left = pen.x(from);
  path.rect(left, pen.box.top, Math.max(pen.x(to) - left, pen.scale), pen.box.height);
  filled(pen, path, colour, opacity);
}

/** Lowest and highest of columns between two sessions; null where there is nothing. */
export function spreadIn(
  [from, to]: Span,
  ...columns: readonly Float64Array[]
): [low: number, high: number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const column of columns) {
    const found = extremesOf(column).between(from, to);
    if (found === null) continue;
    low = Math.min(low, column[found.lowest]!);
    high = Math.max(high, column[found.highest]!);
  }
  return low <= high ? [low, high] : null;
}
