import type { Reading } from '../../../../src/domain/reading.ts';
import type { Days } from '../../../../src/domain/units.ts';

/** When the bars of a file are, as it writes them, row by row in its order. */
export interface FileStamps {
  readonly reading: Pick<Reading, 'zone' | 'exchange' | 'stamp'>;
  readonly symbols: readonly string[];
  /** By row, an index into `symbols`; empty where all rows have the first. */
  readonly symbol: Int32Array;
  readonly day: Days;
  /** Seconds since midnight; null where no row has a time. */
  readonly clock: Int32Array | null;
  /** By row seconds east of UTC, `local` where there is no offset; null where no row has one. */
  readonly offset: Int32Array | null;
  /** The name of their column says that they are times of UTC. */
  readonly isOfUtc: boolean;
}

/** Stands for no offset. */
export const local = 2_147_483_647;

/** A time of day: seconds since midnight, and east of UTC where it says so. */
export interface TimeOfDay {
  readonly clock: number;
  readonly offset: number;
}

const form = new RegExp(
  String.raw`(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?|[T ](?<six>\d{6})|T(?<four>\d{4})|^\d{8}(?<rest>\d{2}|\d{4}|\d{6}))` +
    String.raw`(?: ?(?<half>[AaPp])[Mm])?(?: ?(?:(?<utc>Z|UTC|GMT)|[A-Z]{3,4})?(?:(?<sign>[-+])(?<hours>\d{2})(?::?(?<minutes>\d{2}))?)?(?:\[[^\]]*\])?)?$`,
);

/** The time in a text of date and time; null where it has none, undefined where that is no time of day. Rounded to seconds. */
export function timeIn(text: string): TimeOfDay | null | undefined {
  const parts = form.exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const digits = (parts['six'] ?? parts['four'] ?? parts['rest'] ?? '').padEnd(6, '0');
  const of = (name: string, at: number): number => Number(parts[name] ?? digits.slice(at, at + 2));
  const isWritten = parts['hour'] !== undefined;
  const [written, minute] = [of('hour', 0), of('minute', 2)];
  const second = isWritten ? Number(parts['second'] ?? 0) : of('second', 4);
  const half = parts['half']?.toLowerCase();
  const hour = half === undefined ? written : (written % 12) + (half === 'p' ? 12 : 0);
  if (hour > 24 || minute > 59 || second > 59 || (half !== undefined && written > 12))
    return undefined;
  const rounded = Number(`0.${parts['fraction'] ?? 0}`) >= 0.5 ? 1 : 0;
  const { sign, hours, minutes = '0', utc } = parts;
  const east = (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
  return {
    clock: hour * 3600 + minute * 60 + second + rounded,
    offset: sign !== undefined ? east : utc === undefined ? local : 0,
  };
}

const perSecond = { seconds: 1, milliseconds: 1e3, microseconds: 1e6, nanoseconds: 1e9 } as const;

/** The time of a count since 1970, written as one of `dateFormats`; null where that is none of counts. */
export function timeOfCount(text: string, format: string): TimeOfDay | null {
  if (!(format in perSecond)) return null;
  const count = Number(text.trim()) / perSecond[format as keyof typeof perSecond];
  const seconds = Math.round(count) - Math.floor(count / 86_400) * 86_400;
  return { clock: seconds, offset: 0 };
}

/** A time beside a date, as one that follows it is written: 093000 for 93000; empty for what is none. */
export function clockText(text: string): string {
  const time = text.trim();
  if (
    /^\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|GMT|[-+]\d{2}:?\d{2}))?$/.test(time)
  )
    return time;
  if (/^\d{3,4}$/.test(time)) return `${time.padStart(4, '0')}00`;
  return /^\d{1,6}$/.test(time) ? time.padStart(6, '0') : '';
}
