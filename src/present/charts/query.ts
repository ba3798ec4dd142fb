import { type ScaleOptions, barY, dot, lineY, ruleY } from '@observablehq/plot';
import { dateOf } from '../../domain/calendar.ts';
import type { QueryAnswer } from '../../domain/query.ts';
import { count, counted } from '../format.ts';
import { answerWord } from '../query-words.ts';
import { spread } from '../ticks.ts';
import { type Drawing, frame, valueScale, valuesAcross } from './frame.ts';

type Across = 'time' | 'number' | 'name';

/** What is drawn of two columns of an answer. */
export interface QueryPlot {
  readonly form: 'line' | 'bars' | 'dots';
  readonly across: Across;
  readonly points: readonly { readonly x: number | string; readonly y: number }[];
  /** What it shows, in a sentence. */
  readonly summary: string;
}

/** Names that still can be read side by side. */
const mostNames = 60;
/** More dots than these take long to draw and hide one another. */
const mostDots = 2_000;

/** Columns that can be drawn upwards. */
export const numberColumns = ({ columns }: QueryAnswer): number[] =>
  columns.flatMap(({ isNumber, stored }, c) => (isNumber && stored !== 'text' ? [c] : []));

/**
 * Two columns of an answer, by their places: a line over times, and over numbers that rise; bars of a few names; dots
 * otherwise. A sentence where they cannot be drawn.
 */
export function queryPlot(answer: QueryAnswer, x: number, y: number): QueryPlot | string {
  const [right, up] = [answer.columns[x]!, answer.columns[y]!];
  const across = acrossOf(right);
  const found: { x: number | string; y: number }[] = [];
  for (let row = 0; row < answer.rows; row++) {
    const value = answer.cells[y]![row];
    const place = placeOf(answer, x, row, across);
    if (typeof value === 'number' && Number.isFinite(value) && place !== null)
      found.push({ x: place, y: value });
  }
  if (found.length === 0) return 'No row has both of them.';
  if (across === 'time') found.sort((a, b) => Number(a.x) - Number(b.x));
  const names = new Set(found.map((point) => point.x)).size;
  if (across === 'name' && names > mostNames)
    return `“${right.name}” has ${counted(names, 'different value')}; up to ${mostNames} can be drawn side by side.`;
  const form = formOf(found, across, names);
  const step = form === 'dots' ? Math.ceil(found.length / mostDots) : 1;
  const points = found.filter((_, i) => i % step === 0);
  const without = answer.rows - found.length;
  const shape = { line: 'A line', bars: 'Bars', dots: 'Dots' }[form];
  return {
    form,
    across,
    points,
    summary: [
      `${shape} of ${up.name} (upwards) by ${right.name}: ${
        step === 1
          ? counted(found.length, 'row')
          : `one in ${count(step)} of ${counted(found.length, 'row')}`
      }.`,
      ...(without === 0 ? [] : [`${counted(without, 'row')} without a value of both left out.`]),
    ].join(' '),
  };
}

function acrossOf({ type, stored, isNumber }: QueryAnswer['columns'][number]): Across {
  if (stored === 'date' || type.startsWith('TIMESTAMP')) return 'time';
  return isNumber && stored !== 'text' ? 'number' : 'name';
}

/** Milliseconds since 1970-01-01, a number or a name; null where there is none. */
function placeOf(
  { columns, cells }: QueryAnswer,
  column: number,
  row: number,
  across: Across,
): number | string | null {
  const cell = cells[column]![row] ?? null;
  const { stored } = columns[column]!;
  if (cell === null) return across === 'name' ? answerWord(cell, stored) : null;
  if (across === 'name') return answerWord(cell, stored);
  const value =
    across === 'number'
      ? Number(cell)
      : stored === 'date'
        ? dateOf(Number(cell)).getTime()
        : Date.parse(
            String(cell)
              .replace(' ', 'T')
              .replace(/(\.\d{3})\d*/, '$1')
              .replace(/[+-]\d\d$|$/, 'Z'),
          );
  return Number.isFinite(value) ? value : null;
}

function formOf(
  points: readonly { readonly x: number | string }[],
  across: Across,
  names: number,
): QueryPlot['form'] {
  if (across === 'name') return names === points.length ? 'bars' : 'dots';
  return points.length > 1 && points.every(({ x }, i) => i === 0 || x > points[i - 1]!.x)
    ? 'line'
    : 'dots';
}

export function queryChart(plot: QueryPlot, width: number, height: number): Drawing {
  const { form, across, points } = plot;
  const values = points.map(({ y }) => y);
  const base = frame([0, 0], width, height);
  const scale = valueScale(form === 'bars' ? [[0], values] : [values], 'number', height);
  const at = { x: across === 'time' ? ({ x }: Point) => new Date(x) : 'x', y: 'y' } as const;
  const zero = Math.min(...values) < 0 || form === 'bars';
  return {
    options: {
      ...base,
      ...scale,
      ...(across === 'name' && { marginBottom: 70 }),
      x: acrossScale(plot, width),
      marks: [
        ...(zero ? [ruleY([0], { stroke: 'var(--axis)' })] : []),
        form === 'bars'
          ? barY(points, { x: 'x', y: 'y', fill: 'var(--equity)' })
          : form === 'line'
            ? lineY(points, { ...at, stroke: 'var(--equity)', strokeWidth: 1.5 })
            : dot(points, { ...at, r: 2.5, fill: 'var(--equity)', fillOpacity: 0.6 }),
      ],
    },
    drawn: points.length,
    total: points.length,
  };
}

type Point = QueryPlot['points'][number];

function acrossScale({ form, across, points }: QueryPlot, width: number): ScaleOptions {
  const [low, high] = spread(points.map(({ x }) => Number(x))) ?? [0, 1];
  const ticks = Math.max(Math.floor(width / 110), 2);
  if (across === 'number') return valuesAcross(low, high, 'number', ticks);
  if (across === 'time')
    return {
      type: 'utc',
      domain: [new Date(low), new Date(high)],
      ticks,
      label: null,
      tickSize: 4,
    };
  const names = [...new Set(points.map(({ x }) => String(x)))];
  const step = Math.ceil((names.length * 16) / width);
  return {
    type: form === 'bars' ? 'band' : 'point',
    domain: names,
    padding: 0.3,
    label: null,
    tickSize: 3,
    tickRotate: -35,
    ticks: names.filter((_, i) => i % step === 0),
    tickFormat: (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name),
  };
}
