import type { Day } from './units.ts';

const MS_PER_DAY = 86_400_000;

/** '2014-01-02' → 16072. Throws on anything that is not a real calendar date in ISO form. */
export function dayFromIso(iso: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoFromDay(ms / MS_PER_DAY) !== iso) {
    throw new RangeError(`“${iso}” is not a date of the form YYYY-MM-DD.`);
  }
  return ms / MS_PER_DAY;
}

/** The day’s first instant in UTC. */
export const dateOf = (day: Day): Date => new Date(day * MS_PER_DAY);

/** The day that an instant is in, in UTC. */
export const dayOf = (date: Date): Day => Math.floor(date.getTime() / MS_PER_DAY);

/** 16072 → '2014-01-02'. */
export function isoFromDay(day: Day): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Weeks from Monday on; the first is that of 1970-01-01. */
const weekOf = (day: Day): number => Math.floor((day + 3) / 7);

/** Months since January 1970, by the proleptic Gregorian calendar in integers (Hinnant, “chrono-compatible date algorithms”). */
export function monthOf(day: Day): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  return (yearOfEra + era * 400 - 1970) * 12 + marchMonth + 2;
}

/** Numbers of returns a year that bars longer than a day are known by: weeks, months, quarters, halves, years. */
const customary = [52, 12, 4, 2, 1];
const calendarYear = 365.25;
/** Below so many gaps a holiday or two would tell daily bars from daily bars. */
const few = 60;

/** Sessions a year of a curve: as its calendar has them, or as its dates tell, each of which counts once. */
export const perYearOf = ({
  day,
  perYear,
}: {
  readonly day: ArrayLike<Day>;
  readonly perYear?: number;
}): number => perYear ?? sessionsPerYear(withoutRepeats(day));

/** Rising dates, each once; the same object where none stands twice. */
function withoutRepeats(day: ArrayLike<Day>): ArrayLike<Day> {
  for (let i = 1; i < day.length; i++)
    if (day[i] === day[i - 1]) return Array.from(day).filter((one, at) => one !== day[at - 1]);
  return day;
}

/**
 * Returns a year of a series on these rising dates: N of every figure that is annualised. 252 where bars are daily,
 * 365 where they are on Saturdays and Sundays too; else as many as the dates have a year, 52, 12, 4, 2 or 1 where
 * that is within 2 %. A gap of more than five times the mean is a pause of the data and does not count.
 */
export function sessionsPerYear(sessions: ArrayLike<Day>): number {
  const daily = isOpenAllWeek(sessions) ? 365 : 252;
  // A weekend lies in no market day of exchanges: Friday to Monday is a gap of one, as Monday to Tuesday is.
  const marketDay = daily === 365 ? (day: Day) => day : weekdaysUpTo;
  const gaps = sessions.length - 1;
  if (gaps < 1) return daily;
  const gap = (i: number): number =>
    marketDay(sessions[i + 1] as Day) - marketDay(sessions[i] as Day);
  const span = marketDay(sessions[gaps] as Day) - marketDay(sessions[0] as Day);
  const longest = (5 * span) / gaps;
  let short = 0;
  let counted = 0;
  let days = 0;
  for (let i = 0; i < gaps; i++) {
    const one = gap(i);
    if (one <= 1) short++;
    if (one > longest) continue;
    counted++;
    days += one;
  }
  if (days === 0 || (gaps < few && short * 2 >= gaps)) return daily;
  const marketDays = daily === 365 ? calendarYear : (calendarYear * 5) / 7;
  const observed = (counted / days) * marketDays;
  if (observed > 0.8 * daily && observed < 1.2 * daily) return daily;
  return (
    customary.find((n) => Math.abs(observed - n) <= 0.02 * n) ??
    Math.max(Math.round(observed * 100) / 100, 0.01)
  );
}

/**
 * Whether Saturdays and Sundays are each more than a twentieth of the sessions: 24/7 markets have a seventh of each,
 * and a special session now and then is no 24/7 market.
 */
function isOpenAllWeek(sessions: ArrayLike<Day>): boolean {
  let saturdays = 0;
  let sundays = 0;
  for (let i = 0; i < sessions.length; i++) {
    const day = weekday(sessions[i] as Day);
    if (day === 5) saturdays++;
    if (day === 6) sundays++;
  }
  return Math.min(saturdays, sundays) * 20 > sessions.length;
}

/** Periods a year of days that periods end on: those of the days themselves, times what ends on one day. */
export function periodsPerYear(ends: ArrayLike<Day>): number {
  const days = Array.from(ends).filter((day, i) => i === 0 || day !== ends[i - 1]);
  return (sessionsPerYear(days) * ends.length) / days.length;
}

/** Days from Monday to Friday up to this one, from a Monday on. */
const weekdaysUpTo = (day: Day): number => weekOf(day) * 5 + Math.min(weekday(day) + 1, 5);

/** The calendar year: 2024 of 2024-02-29. */
export const yearOf = (day: Day): number => 1970 + Math.floor(monthOf(day) / 12);

/** Calendar periods of more than a day; weeks begin on Mondays. */
export const periods = ['week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof periods)[number];

/** Number of the period that a day lies in: it rises with time. */
export function periodOf(day: Day, period: Period): number {
  switch (period) {
    case 'week':
      return weekOf(day);
    case 'month':
      return monthOf(day);
    case 'quarter':
      return Math.floor(monthOf(day) / 3);
    case 'year':
      return yearOf(day);
  }
}

/** The first day of a month as `monthOf` counts them. */
export function firstDayOf(month: number): Day {
  const marches = month - 2;
  const year = 1970 + Math.floor(marches / 12);
  const marchMonth = marches - Math.floor(marches / 12) * 12;
  return (
    365 * year +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    Math.floor((153 * marchMonth + 2) / 5) -
    719_468
  );
}

/** The same day so many months before, or the last of that month where it is shorter: 3 before 05-31 is 02-28. */
export function monthsBefore(day: Day, months: number): Day {
  const month = monthOf(day);
  const first = firstDayOf(month - months);
  const last = firstDayOf(month - months + 1) - 1;
  return Math.min(first + day - firstDayOf(month), last);
}
