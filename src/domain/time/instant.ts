import { dayFromIso } from '../calendar.ts';
import { LabError } from '../errors.ts';
import type { Instant } from '../units.ts';
import { zoneOf } from './zones.ts';

const form =
  /^(?<date>\d{4}-\d\d-\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)?(?:(?<offset>Z|[+-]\d\d:?\d\d)|[ [](?<region>[A-Za-z][\w/+-]*)\]?)$/;

/**
 * An instant that a person typed: '2026-11-27T18:30Z', an offset in place of Z, a zone beside it
 * ('2026-11-27 13:30 America/New_York'), or seconds or milliseconds since 1970. Fractions of seconds are cut off.
 * Throws a LabError where it is none, where no zone is named, and where clocks there do not show that time once.
 */
export function instantOf(text: string): Instant {
  const typed = text.trim();
  if (/^-?\d{1,11}$/.test(typed)) return Number(typed);
  if (/^\d{12,14}$/.test(typed)) return Math.floor(Number(typed) / 1000);
  const { date, hour = '0', minute = '0', second = '0', ...where } = form.exec(typed)?.groups ?? {};
  const zone = where['offset'] ?? where['region'];
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (date === undefined || zone === undefined || !isDate(date) || h > 23 || m > 59 || s > 59)
    throw refused(
      'This is no instant.',
      'Write it as 2026-11-27T18:30Z, with an offset (2026-11-27T13:30-05:00), with a zone (2026-11-27 13:30 America/New_York), or as seconds since 1970.',
      text,
    );
  const name = zone === 'Z' ? 'UTC' : zone;
  const found = zoneOf(name).instantsOf(dayFromIso(date) * 86_400 + h * 3600 + m * 60 + s);
  if (found.length === 1) return found[0]!;
  throw refused(
    found.length === 0
      ? `Clocks of ${name} skip this time.`
      : `Clocks of ${name} show this time twice.`,
    'Give the offset from UTC in place of the zone, such as -05:00.',
    text,
  );
}

function isDate(text: string): boolean {
  try {
    dayFromIso(text);
    return true;
  } catch {
    return false;
  }
}

const refused = (problem: string, remedy: string, value: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, place: { value } });
