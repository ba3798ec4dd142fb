import { dayFromIso, weekday } from '../calendar.ts';
import type { Zone } from '../time/zones.ts';
import type { Day, Instant } from '../units.ts';

/** The sessions of an exchange, as they are written in `tables.ts`; dates are ISO, both ends included. */
export interface Table {
  readonly from: string;
  readonly until: string;
  /** From a date on: which weekdays from Monday on have sessions, '1111100'. */
  readonly weeks: Readonly<Record<string, string>>;
  /** From a date on: usual hours on clocks there, '9:30 16:00', or '9:00 11:30 12:30 15:00' with a break. '-7:00' is at 17:00 the day before. */
  readonly hours: Readonly<Record<string, string>>;
  /** Days without a session, in steps of days in base 36; the first from `from`. */
  readonly closures: string;
  /** By other hours, the days that had them, in such steps. */
  readonly special: Readonly<Record<string, string>>;
}

/** Columns of all sessions of a table, in rising order. */
export interface Sessions {
  readonly day: Int32Array;
  readonly open: Float64Array;
  readonly close: Float64Array;
  /** NaN where there is no break. */
  readonly breakStart: Float64Array;
  readonly breakEnd: Float64Array;
  /** 1 where it closes earlier than usual. */
  readonly half: Uint8Array;
  /** Days without a session that their week has otherwise; rising. */
  readonly closures: readonly Day[];
}

/** Minutes from midnight on clocks of the exchange. */
interface Hours {
  readonly open: number;
  readonly close: number;
  readonly breakStart: number;
  readonly breakEnd: number;
}

export function sessionsOf(table: Table, zone: Zone): Sessions {
  const [from, until] = [dayFromIso(table.from), dayFromIso(table.until)];
  const most = until - from + 1;
  const column = (): Float64Array => new Float64Array(most);
  const [open, close, breakStart, breakEnd] = [column(), column(), column(), column()];
  const day = new Int32Array(most);
  const half = new Uint8Array(most);
  const closures = daysOf(table.closures, from);
  const closed = new Set(closures);
  const special = specialHours(table, from);
  const weekAt = regimes(table.weeks, (mask) => mask);
  const usualAt = regimes(table.hours, hoursOf);
  let n = 0;
  for (let at = from; at <= until; at++) {
    if (weekAt(at)[weekday(at)] !== '1' || closed.has(at)) continue;
    const usual = usualAt(at);
    const hours = special.get(at) ?? usual;
    const instant = (minutes: number): Instant => instantAt(zone, at, minutes);
    day[n] = at;
    open[n] = instant(hours.open);
    close[n] = instant(hours.close);
    breakStart[n] = instant(hours.breakStart);
    breakEnd[n] = instant(hours.breakEnd);
    half[n] = hours.close < usual.close ? 1 : 0;
    n++;
  }
  const cut = <Column extends Float64Array | Int32Array | Uint8Array>(all: Column): Column =>
    all.slice(0, n) as Column;
  return {
    ...{ day: cut(day), open: cut(open), close: cut(close), closures },
    ...{ breakStart: cut(breakStart), breakEnd: cut(breakEnd), half: cut(half) },
  };
}

/** No market opens or closes in the hour that clocks skip; in the one that comes twice, the first is meant. */
const instantAt = (zone: Zone, day: Day, minutes: number): Instant =>
  Number.isNaN(minutes) ? minutes : zone.instantsOf(day * 86_400 + minutes * 60)[0]!;

function daysOf(steps: string, from: Day): Day[] {
  let day = from;
  return steps === '' ? [] : steps.split(' ').map((step) => (day += Number.parseInt(step, 36)));
}

function specialHours({ special }: Table, from: Day): Map<Day, Hours> {
  const hours = new Map<Day, Hours>();
  for (const [text, days] of Object.entries(special))
    for (const day of daysOf(days, from)) hours.set(day, hoursOf(text));
  return hours;
}

function hoursOf(text: string): Hours {
  const times = text.split(' ').map((time) => {
    const [, sign, hour, minute] = /^(-?)(\d+):(\d\d)$/.exec(time)!;
    return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute));
  });
  const [breakStart, breakEnd] = times.length === 4 ? [times[1]!, times[2]!] : [NaN, NaN];
  return { open: times[0]!, close: times.at(-1)!, breakStart, breakEnd };
}

/** What holds on a day, asked in rising order. */
function regimes<Value>(
  since: Readonly<Record<string, string>>,
  read: (text: string) => Value,
): (day: Day) => Value {
  const all = Object.entries(since).map(([date, text]) => ({
    day: dayFromIso(date),
    value: read(text),
  }));
  let at = 0;
  return (day) => {
    while (at + 1 < all.length && all[at + 1]!.day <= day) at++;
    return all[at]!.value;
  };
}
