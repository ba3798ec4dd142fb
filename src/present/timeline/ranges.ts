import { firstDayOf, monthOf, monthsBefore } from '../../domain/calendar.ts';
import { firstFrom } from '../../domain/rising.ts';
import type { Day, Days, Step } from '../../domain/units.ts';

/** Sessions that are shown, first and last; parts of one while it is being dragged. */
export type Span = readonly [from: Step, to: Step];

export const rangeNames = ['1M', '6M', 'YTD', '1Y', '5Y', 'All'] as const;
/** Where sessions have several steps. */
export const shortRangeNames = ['1D', '1W', ...rangeNames] as const;
export type RangeName = (typeof shortRangeNames)[number];

/** The same for those who hear it. */
export const rangeWords: Readonly<Record<RangeName, string>> = {
  '1D': 'last session',
  '1W': 'last seven days',
  '1M': 'last month',
  '6M': 'last six months',
  YTD: 'since January of the last year',
  '1Y': 'last year',
  '5Y': 'last five years',
  All: 'all sessions',
};

const days = { '1D': 1, '1W': 7 } as const;
const months = { '1M': 1, '6M': 6, '1Y': 12, '5Y': 60 } as const;
/** Fewer sessions than these are not shown. */
const fewest = 5;

/** The steps of a range that ends with the last one: those after the day so long before, or since January. */
export function rangeOf(name: RangeName, day: Days): Span {
  const end = Math.max(day.length - 1, 0);
  const last = day[end];
  if (name === 'All' || last === undefined) return [0, end];
  return within([firstFrom(day, dayBefore(name, last) + 1), end], end);
}

function dayBefore(name: Exclude<RangeName, 'All'>, last: Day): Day {
  if (name === 'YTD') return firstDayOf(Math.floor(monthOf(last) / 12) * 12) - 1;
  return name === '1D' || name === '1W' ? last - days[name] : monthsBefore(last, months[name]);
}

/** The span with so many times its width; `around` stays where it is. */
export function zoomed([from, to]: Span, factor: number, around: Step, end: Step): Span {
  const width = Math.min(Math.max((to - from) * factor, Math.min(fewest - 1, end)), end);
  const part = to > from ? (around - from) / (to - from) : 0.5;
  const start = around - part * width;
  return within([start, start + width], end);
}

/** The span moved by so many sessions, as far as there are any. */
export const panned = ([from, to]: Span, by: number, end: Step): Span =>
  within([from + by, to + by], end);

/** The span moved just so far that the session is in it. */
export const including = ([from, to]: Span, at: Step, end: Step): Span =>
  at < from ? panned([from, to], at - from, end) : panned([from, to], Math.max(at - to, 0), end);

/** So many sessions before the first and after the last. */
export const about = (first: Step, last: Step, bars: number, end: Step): Span => [
  Math.max(first - bars, 0),
  Math.min(last + bars, end),
];

/** Moved and cut until it is between the first session and the last, and wide enough. */
function within([from, to]: Span, end: Step): Span {
  const width = Math.min(Math.max(to - from, Math.min(fewest - 1, end)), end);
  const start = Math.min(Math.max(from, 0), end - width);
  return [start, start + width];
}
