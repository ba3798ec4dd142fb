import { Dictionary, Int32, Utf8, type Vector, makeData, makeVector } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { isoFromDay } from '../../../src/domain/calendar.ts';
import { isZone, zoneOf } from '../../../src/domain/time/zones.ts';
import { textVector, vectorOf } from './tables.ts';

/** Zones whose instants are as written. */
export const isUtcZone = (zone: string): boolean => /^(utc|gmt|etc\/utc|z|[-+]00:?00)$/i.test(zone);

/** 34,200 → 09:30:00 */
export const clockOf = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');

/**
 * Instants, whole seconds, as their zone shows them, each with its offset: an instant has a date only there. Null stays null.
 */
export function zonedTexts(
  { file, column, zone: name }: { file: string; column: string; zone: string },
  instants: readonly (number | null)[],
): Vector {
  if (!isZone(name))
    throw new LabError({
      kind: 'import',
      problem: `These times are instants in the time zone “${name}”, which is not known.`,
      remedy: 'Write them in UTC (in pandas: .tz_convert("UTC")).',
      place: { file, column },
    });
  const zone = zoneOf(name);
  const numbers = new Map<number, number>();
  const places = instants.map((instant) => {
    if (instant === null) return null;
    const known = numbers.get(instant) ?? numbers.size;
    numbers.set(instant, known);
    return known;
  });
  const written = [...numbers.keys()].map((instant) => {
    const offset = zone.offsetAt(instant);
    const shown = instant + offset;
    const day = Math.floor(shown / 86_400);
    const east = Math.abs(offset);
    const sign = offset < 0 ? '-' : '+';
    return `${isoFromDay(day)} ${clockOf(shown - day * 86_400)}${sign}${clockOf(east).slice(0, 5)}`;
  });
  const indices = vectorOf(new Int32(), places);
  const { values, nullBitmap, nullCount, length } = indices.data[0]!;
  return makeVector(
    makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      ...{ length, nullCount, nullBitmap, data: values },
      dictionary: textVector(written) as Vector<Utf8>,
    }),
  );
}
