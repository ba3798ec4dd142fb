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

/** 16072 → '2014-01-02'. */
export function isoFromDay(day: Day): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

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

/**
 * Sessions a year: 365 where Saturdays and Sundays are each more than a twentieth of the sessions (24/7
 * markets have a seventh of each; a special session now and then is no 24/7 market), else 252.
 */
export function sessionsPerYear(sessions: ArrayLike<Day>): 252 | 365 {
  return sessionsPerYearSoFar(sessions).at(-1) === 365 ? 365 : 252;
}

/** The same as it would be counted on each of the sessions, that one included. */
export function sessionsPerYearSoFar(sessions: ArrayLike<Day>): Int32Array {
  const perYear = new Int32Array(sessions.length);
  let saturdays = 0;
  let sundays = 0;
  for (let i = 0; i < sessions.length; i++) {
    const day = weekday(sessions[i] as Day);
    if (day === 5) saturdays++;
    if (day === 6) sundays++;
    perYear[i] = Math.min(saturdays, sundays) * 20 > i + 1 ? 365 : 252;
  }
  return perYear;
}

/** Usual gaps between periods, days at most, and how many such periods are a year. */
const usual = [
  [10, 52],
  [20, 24],
  [40, 12],
  [100, 4],
  [200, 2],
] as const;

/**
 * Periods a year of days that periods end on: sessions a year, times what ends on one day; or 52, 24, 12, 4, 2, 1 where
 * the middle gap is that of weeks, half months, months, quarters, halves, years.
 */
export function periodsPerYear(ends: ArrayLike<Day>): number {
  const days = Array.from(ends).filter((day, i) => i === 0 || day !== ends[i - 1]);
  const gaps = Int32Array.from(days.slice(1), (day, i) => day - days[i]!).sort();
  const gap = gaps[gaps.length >> 1] ?? 1;
  if (gap <= 4) return (sessionsPerYear(days) * ends.length) / days.length;
  return usual.find(([most]) => gap <= most)?.[1] ?? 1;
}

/** The calendar year: 2024 of 2024-02-29. */
export const yearOf = (day: Day): number => 1970 + Math.floor(monthOf(day) / 12);

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
