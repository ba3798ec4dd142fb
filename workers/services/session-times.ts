import { firstDayOf, monthOf, yearOf } from '../../src/domain/calendar.ts';
import { exchangeNamed } from '../../src/domain/exchanges/exchanges.ts';
import {
  calendarSpan,
  sessionColumns,
  sessionsAYear,
} from '../../src/domain/exchanges/sessions.ts';
import type { Clock, Hours, Market, SessionTimes } from '../../src/domain/market.ts';
import type { BarClock, Place } from '../../src/domain/time/bar-clock.ts';
import { zoneOf } from '../../src/domain/time/zones.ts';
import type { Day } from '../../src/domain/units.ts';
import type { Engine } from '../engines/engine.ts';
import { putTable } from './import/tables.ts';

/** The sessions of places, as their calendars have them: what rules of a session and longer bars are held to. */

const DAY = 86_400;
/** Beyond the last bar: its month's end is known by the calendar. */
const ahead = 31;

interface Times extends SessionTimes {
  readonly breakStart: Float64Array;
  readonly breakEnd: Float64Array;
  /** When a session is over with what is traded after its hours: with its date there, or when the next one opens. */
  readonly over: Float64Array;
}

/** Without an exchange a session is a day (UTC). */
function timesOf({ exchange, zone }: Place, from: Day, to: Day): Times {
  const code = exchange === null ? null : exchangeNamed(exchange);
  const clocks = zoneOf(zone);
  if (code === null) {
    const day = Int32Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    const open = Float64Array.from(day, (one) => one * DAY);
    const none = new Float64Array(day.length).fill(Number.NaN);
    return {
      day,
      open,
      close: open.map((instant) => instant + DAY),
      ahead: Int32Array.from(open, (instant) => clocks.offsetAt(instant)),
      breakStart: none,
      breakEnd: none,
      over: open.map((instant) => instant + DAY),
    };
  }
  const span = calendarSpan(code);
  const columns = sessionColumns(code, Math.max(from, span.from), Math.min(to, span.until));
  const aheadAt = Int32Array.from(columns.open, (instant) => clocks.offsetAt(instant));
  const over = Float64Array.from(columns.day, (day, i) => {
    const midnight = (day + 1) * DAY - aheadAt[i]!;
    return Math.min(Math.max(columns.close[i]!, midnight), columns.open[i + 1] ?? Infinity);
  });
  return { ...columns, ahead: aheadAt, over };
}

/** Puts the sessions of a dataset's places beside its market's clock, and into the engine where one is given. */
export function withHours(
  market: Market,
  barClock: BarClock | undefined,
  engine: Engine | null,
): Market {
  const { clock, day } = market;
  if (clock === undefined || barClock === undefined) return market;
  const { places, placeOf, seconds } = barClock;
  let [from, to] = [Infinity, -Infinity];
  for (let row = 0; row < day.length; row++) {
    if (day[row]! < from) from = day[row]!;
    if (day[row]! > to) to = day[row]!;
  }
  const times = places.map((place) => timesOf(place, from - 1, to + ahead));
  if (engine !== null) putSessionTimes(engine, times, placeOf);
  const hours: Hours = { places: times, placeOf: Int32Array.from(placeOf), seconds };
  const perYear = perYearIn(places, from, to);
  const whole: Clock = { ...clock, hours, ...(perYear !== undefined && { perYear }) };
  return { ...market, clock: whole };
}

/** Counted over whole calendar years, where all places have one calendar. */
function perYearIn(places: readonly Place[], from: Day, to: Day): number | undefined {
  const codes = new Set(places.map(({ exchange }) => exchange));
  const [code] = codes;
  const exchange = code == null || codes.size > 1 ? null : exchangeNamed(code);
  if (exchange === null) return undefined;
  const span = calendarSpan(exchange);
  const start = Math.max(span.from, firstDayOf(monthOf(from) - (monthOf(from) % 12)));
  const end = Math.min(span.until, firstDayOf((yearOf(to) - 1970 + 1) * 12) - 1);
  return Math.round(sessionsAYear(exchange, start, end) * 100) / 100;
}

function putSessionTimes(
  engine: Engine,
  times: readonly Times[],
  placeOf: readonly number[],
): void {
  const joined = (column: (one: Times) => Float64Array): Float64Array =>
    Float64Array.from(times.flatMap((one) => [...column(one)]));
  putTable(engine, 'sessions_put', {
    place: Int32Array.from(times.flatMap(({ day }, place) => Array.from(day, () => place))),
    day: Int32Array.from(times.flatMap(({ day }) => [...day])),
    opens: joined(({ open }) => open),
    closes: joined(({ close }) => close),
    break_from: joined(({ breakStart }) => breakStart),
    break_to: joined(({ breakEnd }) => breakEnd),
    over: joined(({ over }) => over),
  });
  const instant = (name: string): string =>
    `CASE WHEN NOT isnan(${name}) THEN ${name}::BIGINT END AS ${name}`;
  engine.run(`CREATE OR REPLACE TABLE session_times AS
    SELECT place, day, ${['opens', 'closes', 'break_from', 'break_to', 'over'].map(instant).join(', ')} FROM sessions_put;
    DROP TABLE sessions_put`);
  putTable(engine, 'symbol_places', {
    sym: Int32Array.from(placeOf.keys()),
    place: Int32Array.from(placeOf),
  });
}
