import { weekday } from '../domain/calendar.ts';
import { type ExchangeCode, exchangeOf } from '../domain/exchanges/exchanges.ts';
import type { TradingSession } from '../domain/exchanges/sessions.ts';
import type { MarketState } from '../domain/exchanges/state.ts';
import { zoneOf } from '../domain/time/zones.ts';
import type { Day, Instant } from '../domain/units.ts';
import { date, minute } from './format.ts';
import { textTable } from './text-table.ts';

/** Sessions and hours in words, in the time of the exchange. */

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 'Fri 2026-11-27' */
export const dayWord = (day: Day): string => `${weekdays[weekday(day)]!} ${date(day)}`;

/** What clocks of the exchange show, in seconds. */
const localOf = (exchange: ExchangeCode, instant: Instant): number =>
  instant + zoneOf(exchangeOf(exchange).zone).offsetAt(instant);

/** 'Fri 2026-11-27 13:30' */
export function momentWord(exchange: ExchangeCode, instant: Instant): string {
  const local = localOf(exchange, instant);
  return `${weekdays[weekday(Math.floor(local / 86_400))]!} ${minute(local * 1000)}`;
}

/** 90 060 s as '1 d 1 h 1 min'; what is less than a minute as none. */
function durationWord(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? 'less than a minute' : shown.join(' ');
}

/** 'Closed since Fri 2026-11-27 13:00. Opens Mon 2026-11-30 09:30, in 2 d 20 h.' */
export function stateSentence(
  exchange: ExchangeCode,
  instant: Instant,
  { is, since, until, goesOn }: MarketState,
): string {
  const now = { open: 'Open', break: 'Break', closed: 'Closed' }[is];
  const from = since === null ? '' : ` since ${momentWord(exchange, since)}`;
  if (until === null) return `${now}${from}. The calendar ends before it opens again.`;
  const at = `${momentWord(exchange, until)}, in ${durationWord(until - instant)}`;
  if (is !== 'open') return `${now}${from}. ${is === 'break' ? 'Goes on' : 'Opens'} ${at}.`;
  return goesOn
    ? `${now}${from}. The next session follows at once, ${at}.`
    : `${now}${from}. Closes ${at}.`;
}

/** 'New York Stock Exchange: open until 16:00', 'Xetra, Frankfurt: closed until Mon 2026-11-30 09:00' */
export function hoursWord(
  exchange: ExchangeCode,
  instant: Instant,
  { is, until }: MarketState,
): string {
  const { name } = exchangeOf(exchange);
  const now = { open: 'open', break: 'break', closed: 'closed' }[is];
  if (until === null) return `${name}: ${now}`;
  const isToday =
    Math.floor(localOf(exchange, until) / 86_400) ===
    Math.floor(localOf(exchange, instant) / 86_400);
  const word = momentWord(exchange, until);
  return `${name}: ${now} until ${isToday ? word.slice(-5) : word}`;
}

/** Sessions under heads, in the time of the exchange; what is special of one is the last cell. */
export function sessionTable(
  exchange: ExchangeCode,
  sessions: readonly TradingSession[],
): readonly string[] {
  const clock = (instant: Instant, day: Day): string => {
    const local = localOf(exchange, instant);
    const time = minute(local * 1000).slice(-5);
    const days = Math.floor(local / 86_400) - day;
    // Midnight is written as the end of its day.
    if (days === 1 && time === '00:00') return '24:00';
    return days < 0 ? `${time} the day before` : time;
  };
  const hasBreaks = sessions.some(({ breakStart }) => breakStart !== null);
  const rows = sessions.map(({ day, open, close, breakStart, breakEnd, ...session }) => [
    dayWord(day),
    clock(open, day),
    ...(hasBreaks
      ? [
          breakStart === null || breakEnd === null
            ? ''
            : `${clock(breakStart, day)}–${clock(breakEnd, day)}`,
        ]
      : []),
    clock(close, day),
    session.isHalfDay ? 'half day' : '',
  ]);
  return textTable(['session', 'opens', ...(hasBreaks ? ['break'] : []), 'closes', ''], rows).map(
    (line) => line.trimEnd(),
  );
}
