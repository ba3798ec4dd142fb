import { utcTickInterval } from 'd3-time';
import { dateOf, dayOf, yearOf } from '../../domain/calendar.ts';
import { firstFrom } from '../../domain/rising.ts';
import type { Days, Step } from '../../domain/units.ts';
import { dayMonth, monthWord } from '../month-words.ts';
import type { Span } from './ranges.ts';

export interface DateTicks {
  readonly sessions: readonly Step[];
  readonly words: readonly string[];
}

/** Days without a session before the first of a year. */
const holidays = 4;

/**
 * About so many round dates among the sessions that are shown, each at the first session that is not before it:
 * “2016” where a year begins, “Mar”, or “14 Mar”; the first of them with its year.
 */
export function dateTicks(days: Days, [from, to]: Span, wanted: number): DateTicks {
  const [first, last] = [Math.max(Math.ceil(from), 0), Math.min(Math.floor(to), days.length - 1)];
  if (days[first] === undefined || last <= first) return { sessions: [], words: [] };
  const end = dateOf(days[last]!);
  const interval = utcTickInterval(dateOf(days[first]), end, wanted);
  // A year whose first session is shown begins with it, though its January did not.
  const dates = interval?.range(dateOf(days[first] - holidays), end) ?? [];
  const sessions: Step[] = [];
  const marks: number[] = [];
  for (const date of dates) {
    const day = dayOf(date);
    const session = firstFrom(days, day);
    if (session < first) continue;
    if (session > last || session === sessions.at(-1)) continue;
    sessions.push(session);
    marks.push(day);
  }
  // A date before all sessions stands at the first of them: where the next has no room beside it, it gives way.
  const room = ((last - first) / wanted) * 0.5;
  if (marks[0]! < days[first] && sessions[1]! - sessions[0]! < room) {
    sessions.shift();
    marks.shift();
  }
  const daily = marks.some((day) => dateOf(day).getUTCDate() !== 1);
  // Of weeks, which begin on days without a session, the session's own date is told.
  const told = daily ? sessions.map((session) => days[session]!) : marks;
  return { sessions, words: told.map((day, i) => word(day, told[i - 1], daily)) };
}

function word(day: number, before: number | undefined, daily: boolean): string {
  const isNewYear = before === undefined || yearOf(before) !== yearOf(day);
  const year = String(yearOf(day));
  const name = monthWord(day);
  if (!daily && name === 'Jan') return year;
  const short = daily ? dayMonth(day) : name;
  return isNewYear ? `${short} ${year}` : short;
}
