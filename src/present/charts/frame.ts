import { nice } from 'd3-array';
import { dateOf, dayOf } from '../../domain/calendar.ts';
import type { PlotOptions, ScaleOptions } from '@observablehq/plot';
import type { Day } from '../../domain/units.ts';
import { dayMonth } from '../month-words.ts';
import { type AxisKind, marginFor, spread, valueTicks } from '../ticks.ts';

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
      ...(isWithinDays(span) && { tickFormat: timeWord }),
    },
    y: { grid: true, label: null, ticks: ticksUp(height), tickSize: 0 },
  };
}

/** A few days that have parts. */
const isWithinDays = ([from, to]: DaySpan): boolean =>
  to - from < 4 && !(Number.isInteger(from) && Number.isInteger(to));

/** '12:00', with the day below the first tick and below midnight. */
function timeWord(at: Date, i: number): string {
  const time = at.toISOString().slice(11, 16);
  return i > 0 && time !== '00:00' ? time : `${time}\n${dayMonth(dayOf(at))}`;
}

const ticksUp = (height: number) => Math.max(Math.floor(height / 40), 2);

/** A scale of values, with words that tell neighbouring ticks apart, and the margin that these take. */
export function valueScale(
  columns: readonly ArrayLike<number>[],
  kind: AxisKind,
  height: number,
  { log = false, round = false, least = left } = {},
): { readonly marginLeft: number; readonly y: ScaleOptions } {
  const [low, high] = spread(...columns) ?? [0, 1];
  // A logarithm of what is not above zero is none.
  const logarithmic = log && low > 0;
  const wanted = ticksUp(height);
  const ends = round && low < high ? nice(low, high, wanted) : ([low, high] as const);
  const { domain, values, words } = valueTicks(...ends, wanted, kind, logarithmic);
  return {
    marginLeft: marginFor(words, least),
    y: {
      grid: true,
      label: null,
      tickSize: 0,
      domain,
      ticks: values,
      tickFormat: wordsAt(values, words),
      ...(logarithmic && { type: 'log' as const }),
    },
  };
}

/** The same from left to right. */
export function valuesAcross(
  low: number,
  high: number,
  kind: AxisKind,
  wanted: number,
): Pick<ScaleOptions, 'type' | 'domain' | 'ticks' | 'tickFormat' | 'label' | 'tickSize'> {
  const { domain, values, words } = valueTicks(low, high, wanted, kind);
  return {
    type: 'linear',
    domain,
    ticks: values,
    tickFormat: wordsAt(values, words),
    label: null,
    tickSize: 4,
  };
}

const wordsAt = (values: readonly number[], words: readonly string[]) => (value: number) =>
  words[values.indexOf(value)] ?? '';

export const daySpanOf = (day: ArrayLike<Day>): DaySpan => [day[0] ?? 0, day[day.length - 1] ?? 0];
