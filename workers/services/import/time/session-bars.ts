import { firstFrom } from '../../../../src/domain/rising.ts';
import { type ExchangeCode, exchangeOf } from '../../../../src/domain/exchanges/exchanges.ts';
import type { SessionColumns } from '../../../../src/domain/exchanges/sessions.ts';
import type { Stamp } from '../../../../src/domain/reading.ts';
import { type Zone, zoneOf } from '../../../../src/domain/time/zones.ts';
import type { Day, Days } from '../../../../src/domain/units.ts';
import type { TimedRows } from './bars.ts';
import { aDay, endsOf, sessionsAround } from './hours.ts';
import type { RowOrder } from './order.ts';

/** Days before and after bars whose sessions are looked at: those of a month. */
const around = 40;

/** Bars of a day or more by their dates: from the open of the first of their sessions to the close of the last. */
export function sessionBars(
  exchange: ExchangeCode,
  dates: Days,
  order: RowOrder,
  length: number,
  stamp: Stamp,
): TimedRows {
  const zone = zoneOf(exchangeOf(exchange).zone);
  const columns = sessionsAround(exchange, ...endsOf(dates), around);
  const days = Math.round(length / aDay);
  const opens = new Float64Array(dates.length);
  const known = new Float64Array(dates.length);
  const day = new Int32Array(dates.length);
  const closed: number[] = [];
  for (let s = 0; s + 1 < order.starts.length; s++) {
    for (let i = order.starts[s]!; i < order.starts[s + 1]!; i++) {
      const row = order.rows === null ? i : order.rows[i]!;
      const date = dates[row]!;
      const first = firstFrom(columns.day, stamp === 'start' ? date : date - days + 1);
      const last = firstFrom(columns.day, stamp === 'start' ? date + days : date + 1) - 1;
      if (first <= last) {
        opens[row] = columns.open[first]!;
        known[row] = columns.close[last]!;
        day[row] = columns.day[stamp === 'start' ? first : last]!;
      } else {
        closed.push(row);
        day[row] = date;
        [opens[row], known[row]] = usualHours(columns, zone, date, first);
      }
      if (i === order.starts[s]!) continue;
      const before = order.rows === null ? i - 1 : order.rows[i - 1]!;
      if (date === dates[before] || known[before]! <= opens[row]) continue;
      if (stamp === 'end') opens[row] = known[before]!;
      else known[before] = opens[row]!;
    }
  }
  return { opens, known, day, closed, ended: 0, unopened: 0 };
}

/** Open and close on a day without a session: as on its weekday before, else as on the longest of the newest sessions. */
function usualHours(
  { day, open, close }: SessionColumns,
  zone: Zone,
  date: Day,
  next: number,
): readonly [number, number] {
  let row = Math.max(next - 1, 0);
  for (let at = row; at >= 0 && date - day[at]! <= 14; at--) {
    if (close[at]! - open[at]! > close[row]! - open[row]!) row = at;
    if ((date - day[at]!) % 7 === 0) {
      row = at;
      break;
    }
  }
  const moved = (instant: number): number => {
    const later = (date - day[row]!) * aDay;
    return zone.instantsOf(instant + zone.offsetAt(instant) + later)[0] ?? instant + later;
  };
  return [moved(open[row]!), moved(close[row]!)];
}
