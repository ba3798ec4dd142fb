/** Days are whole days since 1970-01-01 (UTC), so that dates are numbers in typed arrays. */
export type Day = number;

const MS_PER_DAY = 86_400_000;

/** '2014-01-02' → 16072. Throws on anything that is not a real calendar date in ISO form. */
export function dayFromIso(iso: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoFromDay(ms / MS_PER_DAY) !== iso) {
    throw new RangeError(`“${iso}” is not a date of the form YYYY-MM-DD.`);
  }
  return ms / MS_PER_DAY;
}

/** 16072 → '2014-01-02'. */
export function isoFromDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * Sessions a year: 365 where Saturdays and Sundays are each more than a twentieth of the sessions (24/7
 * markets have a seventh of each; a special session now and then is no 24/7 market), else 252.
 */
export function sessionsPerYear(sessions: ArrayLike<Day>): 252 | 365 {
  let saturdays = 0;
  let sundays = 0;
  for (let i = 0; i < sessions.length; i++) {
    const day = weekday(sessions[i] as Day);
    if (day === 5) saturdays++;
    if (day === 6) sundays++;
  }
  return Math.min(saturdays, sundays) * 20 > sessions.length ? 365 : 252;
}
