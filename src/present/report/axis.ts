import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { utcDay, utcTicks } from 'd3-time';
import { dateOf, dayOf, firstDayOf, isoFromDay, monthOf, yearOf } from '../../domain/calendar.ts';
import { monthWord } from '../month-words.ts';
import { type AxisKind, tickWords, valueTicks } from '../ticks.ts';

/** Where a value stands, and the words of some. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Drawings are this wide; the page stretches them. */
export const width = 1000;

/** Days from left to right, with about so many dates in words; of a few days that have parts, times of the day too. */
export function timeAxis(from: number, to: number, wanted = 8): Axis {
  const place = scaleLinear([from, to], [0, width]);
  const areDates = Number.isInteger(from) && Number.isInteger(to);
  if (!areDates && to - from < few) return hourAxis(place, from, to, wanted);
  const ticks = utcTicks(dateOf(from), dateOf(to), wanted)
    .filter((date) => +utcDay.floor(date) === +date)
    .map(dayOf);
  return {
    place,
    ticks: ticks.map((day, i) => ({ at: place(day), text: tickText(day, i === 0) })),
  };
}

/** Below so many days from left to right there is room for times. */
const few = 4;

function hourAxis(place: Axis['place'], from: number, to: number, wanted: number): Axis {
  const ticks = utcTicks(dateOf(from), dateOf(to), wanted);
  return {
    place,
    ticks: ticks.map((date, i) => {
      const text = date.toISOString().slice(11, 16);
      const day = date.toISOString().slice(0, 10);
      const isNewDay = day !== ticks[i - 1]?.toISOString().slice(0, 10);
      return { at: place(date.getTime() / 86_400_000), text: isNewDay ? `${day} ${text}` : text };
    }),
  };
}

/** The year where one begins, a month with its year where it is the first tick, else the date. */
function tickText(day: number, isFirst: boolean): string {
  if (firstDayOf(monthOf(day)) !== day) return isoFromDay(day);
  const year = String(yearOf(day));
  const name = monthWord(day);
  if (name === 'Jan') return year;
  return isFirst ? `${name} ${year}` : name;
}

/** Numbers from the bottom to the top of so many pixels, round ones in words. */
export function valueAxis(
  low: number,
  high: number,
  height: number,
  kind: AxisKind,
  logarithmic = false,
): Axis {
  const wanted = Math.max(Math.floor(height / 45), 2);
  const [from, to] = valueTicks(low, high, wanted, kind, logarithmic).domain;
  const scale: ScaleContinuousNumeric<number, number> = logarithmic
    ? scaleLog([from, to], [height, 0])
    : scaleLinear([from, to], [height, 0]).nice(wanted);
  const all = scale.ticks(wanted);
  const words = tickWords(all, kind, logarithmic);
  const every = Math.ceil(all.length / (wanted + 2));
  return {
    place: scale,
    ticks: all
      .map((value, i) => ({ at: scale(value), text: words[i]! }))
      .filter((_, i) => i % every === 0),
  };
}
