import { monthOf } from './calendar.ts';
import { exchangeNamed, type ExchangeCode } from './exchanges/exchanges.ts';
import { calendarSpan, type SessionColumns, sessionColumns } from './exchanges/sessions.ts';
import type { Market } from './market.ts';
import type { MonthCoverage } from './quality.ts';
import type { BarClock } from './time/bar-clock.ts';
import type { Day } from './units.ts';

/** The bars that a calendar has, by session. */
interface Expected {
  readonly day: SessionColumns['day'];
  readonly bars: Int32Array;
}

/**
 * How many of the bars that the calendar of its exchange has each symbol has, by month, from its first session to its
 * last. A part of a bar at a close or a break counts as one; null where bars are longer than a session.
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
    for (let row = begin; row < end; row++) bars[cell(day[row]!)]! += 1;
    const calendar = calendars[placeOf[symbol] ?? -1];
    calendar?.day.forEach((session, i) => {
      if (session >= day[begin]! && session <= day[end - 1]!)
        expected[cell(session)]! += calendar.bars[i]!;
    });
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
  const bars = Int32Array.from(day, (_, i) => {
    if (seconds === 86_400) return 1;
    return Number.isNaN(breakStart[i]!)
      ? barsIn(open[i]!, close[i]!)
      : barsIn(open[i]!, breakStart[i]!) + barsIn(breakEnd[i]!, close[i]!);
  });
  return { day, bars };
}
