import { monthOf } from './calendar.ts';
import { exchangeNamed, type ExchangeCode } from './exchanges/exchanges.ts';
import { calendarSpan, sessionColumns } from './exchanges/sessions.ts';
import type { Market } from './market.ts';
import type { MonthCoverage } from './quality.ts';
import type { BarClock } from './time/bar-clock.ts';
import type { Day } from './units.ts';

/** How many bars each session of a calendar has. */
type Expected = ReadonlyMap<Day, number>;

/**
 * How many of the bars that the calendar of its exchange has each symbol has, by month, from its first session to its
 * last. A part of a bar at a close or a break counts as one, bars that no session has as none; null where bars are
 * longer than a session.
 */
export function monthCoverage(
  market: Pick<Market, 'symbols' | 'firstRow' | 'day'>,
  { seconds, places, placeOf }: BarClock,
): MonthCoverage | null {
  const { symbols, firstRow, day } = market;
  if (seconds > 86_400 || day.length === 0) return null;
  let [from, to] = [Infinity, -Infinity];
  for (const one of day) [from, to] = [Math.min(from, one), Math.max(to, one)];
  const first = monthOf(from);
  const months = monthOf(to) - first + 1;
  const bars = new Int32Array(symbols.length * months);
  const expected = new Int32Array(symbols.length * months);
  const calendars = places.map(({ exchange }) => {
    const code = exchangeNamed(exchange ?? '');
    return code === null ? null : expectedOf(code, from, to, seconds);
  });
  symbols.forEach((_, symbol) => {
    const [begin, end] = [firstRow[symbol]!, firstRow[symbol + 1]!];
    const cell = (one: Day): number => symbol * months + monthOf(one) - first;
    const calendar = calendars[placeOf[symbol] ?? -1];
    if (!calendar) return;
    const there = new Map<Day, number>();
    for (let row = begin; row < end; row++) there.set(day[row]!, (there.get(day[row]!) ?? 0) + 1);
    for (const [session, wanted] of calendar) {
      if (session < day[begin]! || session > day[end - 1]!) continue;
      expected[cell(session)]! += wanted;
      bars[cell(session)]! += Math.min(there.get(session) ?? 0, wanted);
    }
  });
  return { first, months, bars, expected };
}

/** Of the days that the calendar knows; null where it knows none of them. */
function expectedOf(exchange: ExchangeCode, from: Day, to: Day, seconds: number): Expected | null {
  const known = calendarSpan(exchange);
  const span = [Math.max(from, known.from), Math.min(to, known.until)] as const;
  if (span[0] > span[1]) return null;
  const { day, open, close, breakStart, breakEnd } = sessionColumns(exchange, ...span);
  const barsIn = (from: number, to: number): number => Math.ceil((to - from) / seconds);
  const barsOf = (i: number): number => {
    if (seconds === 86_400) return 1;
    return Number.isNaN(breakStart[i]!)
      ? barsIn(open[i]!, close[i]!)
      : barsIn(open[i]!, breakStart[i]!) + barsIn(breakEnd[i]!, close[i]!);
  };
  return new Map(Array.from(day, (session, i) => [session, barsOf(i)]));
}
