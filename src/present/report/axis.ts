import { format } from 'd3-format';
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { firstDayOf, isoFromDay, monthOf } from '../../domain/calendar.ts';
import { dash } from '../format.ts';
import type { Day } from '../../domain/units.ts';

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

export const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
] as const;

/** Days from left to right, with at most so many dates in words. */
export function timeAxis(from: Day, to: Day, most = 11): Axis {
  const place = scaleLinear([from, to], [0, width]);
  return {
    place,
    ticks: dateTicks(from, to, most).map(({ at, text }) => ({ at: place(at), text })),
  };
}

const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];

/** Firsts of months as far apart as they must be; single days where that would be fewer than two. */
export function dateTicks(from: Day, to: Day, most: number): Tick[] {
  const first = monthOf(from - 1) + 1;
  const last = monthOf(to);
  const every = steps.find((step) => Math.floor(last / step) - Math.ceil(first / step) < most);
  const ticks: Tick[] = [];
  if (every !== undefined) {
    for (let month = Math.ceil(first / every) * every; month <= last; month += every)
      ticks.push({ at: firstDayOf(month), text: monthText(month, ticks.length === 0) });
  }
  return ticks.length > 1 ? ticks : dayTicks(from, to, most);
}

function monthText(month: number, withYear: boolean): string {
  const year = 1970 + Math.floor(month / 12);
  const name = months[((month % 12) + 12) % 12]!;
  if (name === 'Jan') return String(year);
  return withYear ? `${name} ${year}` : name;
}

function dayTicks(from: Day, to: Day, most: number): Tick[] {
  const every = Math.max(Math.ceil((to - from + 1) / Math.max(Math.floor(most / 2), 1)), 1);
  const ticks: Tick[] = [];
  for (let day = from; day <= to; day += every) ticks.push({ at: day, text: isoFromDay(day) });
  return ticks;
}

/** Numbers from the bottom to the top of so many pixels, round ones in words. */
export function valueAxis(
  low: number,
  high: number,
  height: number,
  words: (value: number) => string,
  logarithmic = false,
): Axis {
  const wanted = Math.max(Math.floor(height / 45), 2);
  const [from, to] = low < high ? [low, high] : [low - pad(low), high + pad(high)];
  const scale: ScaleContinuousNumeric<number, number> = logarithmic
    ? scaleLog([from, to], [height, 0])
    : scaleLinear([from, to], [height, 0]).nice(wanted);
  const all = scale.ticks(wanted);
  const every = Math.ceil(all.length / (wanted + 2));
  const shown = all.filter((_, i) => i % every === 0);
  return {
    place: scale,
    ticks: shown.map((value) => ({ at: scale(value), text: words(value) })),
  };
}

const pad = (value: number): number => Math.abs(value) * 0.01 || 0.01;

/** The lowest and the highest of some values, NaN aside; null where there are none. */
export function spread(...columns: readonly ArrayLike<number>[]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

const six = format(',.6~g');

/** 950, 12.5k, 1.2M */
export function shortMoney(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return dash;
  if (size >= 1e6) return `${six(value / 1e6)}M`;
  return size >= 1e4 ? `${six(value / 1e3)}k` : six(value);
}

/** A ratio on an axis: −0.05 as −5 %. */
export const axisPercent = (value: number): string => `${six(value * 100)}\u202f%`;
export const axisNumber = (value: number): string => six(value);
