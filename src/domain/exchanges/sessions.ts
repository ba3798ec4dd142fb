import { dayFromIso, isoFromDay } from '../calendar.ts';
import { LabError } from '../errors.ts';
import { zoneOf } from '../time/zones.ts';
import type { Day, Days, Instant } from '../units.ts';
import { type ExchangeCode, type TableCode, exchangeOf, tableCodeOf } from './exchanges.ts';
import { type Sessions, type Table, sessionsOf } from './table.ts';
import { madeOn, tables } from './tables.ts';

/*
 * When markets are open. A session, and each part of it beside a break, is [open, close): its close is outside. What is
 * asked beyond a calendar’s span is an error, never “closed”: clip to `calendarSpan` first. This brings the tables along
 * (30 KB): the page loads it when it is needed, by import().
 */

/** A day of trading. Instants are seconds since 1970-01-01T00:00Z. */
export interface TradingSession {
  /** Its date at the exchange: of its close, where it opens on the evening before. */
  readonly day: Day;
  readonly open: Instant;
  readonly close: Instant;
  readonly breakStart: Instant | null;
  readonly breakEnd: Instant | null;
  /** Closes earlier than was usual then. */
  readonly isHalfDay: boolean;
  /** Lies beyond the day on which the tables were made: it was announced or follows from rules, and may change. */
  readonly isProjected: boolean;
}

/** Columns of sessions, of the same length, in rising order. */
export interface SessionColumns {
  readonly day: Days;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** NaN where there is no break. */
  readonly breakStart: Float64Array;
  readonly breakEnd: Float64Array;
}

const always = { from: '1970-01-01', until: '2049-12-31', closures: '', special: {} };
const rules: Readonly<Record<'FOREX' | 'CRYPTO', Table>> = {
  FOREX: { ...always, weeks: { '1970-01-01': '1111100' }, hours: { '1970-01-01': '-7:00 17:00' } },
  CRYPTO: { ...always, weeks: { '1970-01-01': '1111111' }, hours: { '1970-01-01': '0:00 24:00' } },
};

const tablesMadeOn = dayFromIso(madeOn);
const read = new Map<TableCode, Sessions>();

function allSessions(exchange: ExchangeCode): Sessions {
  const code = tableCodeOf(exchange);
  let all = read.get(code);
  if (!all) {
    all = sessionsOf(tableOf(code), zoneOf(exchangeOf(code).zone));
    read.set(code, all);
  }
  return all;
}

const isRule = (code: TableCode): code is 'FOREX' | 'CRYPTO' => code in rules;
const tableOf = (code: TableCode): Table => (isRule(code) ? rules[code] : tables[code]);

/** The first and last day that a calendar knows of; and beyond which day its sessions are projected, null where it is a rule. */
export function calendarSpan(exchange: ExchangeCode): {
  readonly from: Day;
  readonly until: Day;
  readonly madeOn: Day | null;
} {
  const code = tableCodeOf(exchange);
  const { from, until } = tableOf(code);
  return {
    from: dayFromIso(from),
    until: dayFromIso(until),
    madeOn: isRule(code) ? null : tablesMadeOn,
  };
}

/** `isMarketOpen('XTKS', at('2024-11-05T12:00+09:00'))` is false: it is the lunch break. */
export function isMarketOpen(exchange: ExchangeCode, instant: Instant): boolean {
  const session = sessionAt(exchange, instant);
  if (!session) return false;
  const { breakStart, breakEnd } = session;
  return !(breakStart !== null && breakEnd !== null && instant >= breakStart && instant < breakEnd);
}

/** From a day to a day, both included. `sessions('XNYS', …2024-11-28, …2024-11-29)` is one: the half day after Thanksgiving. */
export function sessions(exchange: ExchangeCode, from: Day, to: Day): TradingSession[] {
  const [first, end] = rowsOf(exchange, from, to);
  return Array.from({ length: end - first }, (_, i) => sessionOf(exchange, first + i));
}

/** The columns of `sessions`, for loops over many bars: `sessionColumns('XNYS', …2024-01-01, …2024-12-31).open` has 252 instants. */
export function sessionColumns(exchange: ExchangeCode, from: Day, to: Day): SessionColumns {
  const all = allSessions(exchange);
  const rows = rowsOf(exchange, from, to);
  return {
    day: all.day.slice(...rows),
    open: all.open.slice(...rows),
    close: all.close.slice(...rows),
    breakStart: all.breakStart.slice(...rows),
    breakEnd: all.breakEnd.slice(...rows),
  };
}

/** Days from one to another, both included, without a session that their week has otherwise. Ends of weeks are none. `holidays('XNYS', …2024-12-01, …2024-12-31)` is Christmas. */
export function holidays(exchange: ExchangeCode, from: Day, to: Day): Day[] {
  checkWithin(exchange, from, to);
  return allSessions(exchange).closures.filter((day) => day >= from && day <= to);
}

/**
 * Sessions a year between two days, both included, as counted: for annualising. `sessionsAYear('CRYPTO', …)` is 365.25,
 * 'XNYS' about 252.
 */
export function sessionsAYear(exchange: ExchangeCode, from: Day, to: Day): number {
  const [first, end] = rowsOf(exchange, from, to);
  return ((end - first) / (to - from + 1)) * 365.25;
}

/** The session that covers an instant, its break included; null between sessions. `sessionAt('CMES', …)` on a Sunday evening is Monday’s. */
export function sessionAt(exchange: ExchangeCode, instant: Instant): TradingSession | null {
  const row = lastOpened(exchange, instant);
  return row >= 0 && instant < allSessions(exchange).close[row]! ? sessionOf(exchange, row) : null;
}

/**
 * The first instant, this one included, at which trading begins: a session’s open, or the end of its break.
 * `nextOpen('XNYS', …)` on a Saturday is Monday’s open, on clocks in New York 9:30.
 */
export function nextOpen(exchange: ExchangeCode, instant: Instant): Instant {
  const { open, breakEnd } = allSessions(exchange);
  const row = lastOpened(exchange, instant);
  if (open[row] === instant) return instant;
  if (row >= 0 && breakEnd[row]! >= instant) return breakEnd[row]!;
  return open[row + 1] ?? beyond(exchange, dayAt(exchange, instant) + 1);
}

/**
 * The first instant after this one at which trading ends: a session’s close, or the start of its break. Sessions may
 * follow upon each other without a pause (CMES, FOREX, CRYPTO): then the market stays open.
 */
export function nextClose(exchange: ExchangeCode, instant: Instant): Instant {
  const { close, breakStart } = allSessions(exchange);
  const row = lastOpened(exchange, instant);
  if (row >= 0 && breakStart[row]! > instant) return breakStart[row]!;
  if (row >= 0 && close[row]! > instant) return close[row]!;
  const next = breakStart[row + 1];
  return next === undefined || Number.isNaN(next)
    ? (close[row + 1] ?? beyond(exchange, dayAt(exchange, instant) + 1))
    : next;
}

function sessionOf(exchange: ExchangeCode, row: number): TradingSession {
  const { day, open, close, breakStart, breakEnd, half } = allSessions(exchange);
  const known = calendarSpan(exchange).madeOn;
  const hasBreak = !Number.isNaN(breakStart[row]!);
  return {
    day: day[row]!,
    open: open[row]!,
    close: close[row]!,
    breakStart: hasBreak ? breakStart[row]! : null,
    breakEnd: hasBreak ? breakEnd[row]! : null,
    isHalfDay: half[row] === 1,
    isProjected: known !== null && day[row]! > known,
  };
}

/** The date that an instant has on clocks of the exchange; a session that opens on the evening before has the next. */
export const dayAt = (exchange: ExchangeCode, instant: Instant): Day =>
  Math.floor((instant + zoneOf(exchangeOf(exchange).zone).offsetAt(instant)) / 86_400);

/** The last session that opened at this instant or before; −1 before the first. */
function lastOpened(exchange: ExchangeCode, instant: Instant): number {
  const day = dayAt(exchange, instant);
  checkWithin(exchange, day, day);
  return firstWhere(allSessions(exchange).open, (at) => at > instant) - 1;
}

/** The rows of days from one to another, the end excluded. */
function rowsOf(exchange: ExchangeCode, from: Day, to: Day): readonly [number, number] {
  checkWithin(exchange, from, to);
  const { day: days } = allSessions(exchange);
  return [firstWhere(days, (day) => day >= from), firstWhere(days, (day) => day > to)];
}

function checkWithin(exchange: ExchangeCode, from: Day, to: Day): void {
  if (from > to)
    throw new LabError({
      kind: 'data',
      problem: `The days end before they begin: ${isoFromDay(from)} to ${isoFromDay(to)}.`,
      remedy: 'Give the earlier day first.',
    });
  const span = calendarSpan(exchange);
  if (!(from >= span.from)) beyond(exchange, from);
  if (!(to <= span.until)) beyond(exchange, to);
}

/** The first row of a rising column at which this is so; its length where there is none. */
function firstWhere(rising: ArrayLike<number>, is: (value: number) => boolean): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(rising[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function beyond(exchange: ExchangeCode, day: Day): never {
  const { from, until } = calendarSpan(exchange);
  throw new LabError({
    kind: 'data',
    problem: `The calendar of ${exchange} does not reach so far.`,
    remedy: `It is known from ${isoFromDay(from)} to ${isoFromDay(until)}: choose dates within.`,
    place: { value: isoFromDay(day) },
  });
}
