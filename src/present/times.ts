import { type BarClock, shownZone } from '../domain/time/bar-clock.ts';
import { zoneOf } from '../domain/time/zones.ts';
import type { Equity } from '../domain/run.ts';
import type { Day, Days, Instant, Instants, Step } from '../domain/units.ts';
import { date, minute } from './format.ts';

/** Instants in words, on the clocks of a zone, which a table or a figure names once. */

/** When the steps of a run are: dates, or instants where there are several steps a session. */
export interface Times {
  readonly day: Days;
  readonly at?: { readonly known: Instants; readonly zone: string };
}

/** A run, or what else has a curve and may have a clock. */
export interface Timed {
  readonly equity: Pick<Equity, 'day' | 'known'>;
  readonly clock?: BarClock;
}

/** The zone that instants are told in; null where dates say all: of bars that are a session each, on one exchange. */
export const toldZone = (clock: BarClock | undefined): string | null =>
  clock === undefined || (clock.seconds >= 86_400 && clock.places.length === 1)
    ? null
    : shownZone(clock);

export function timesOf({ equity: { day, known }, clock }: Timed): Times {
  const zone = toldZone(clock);
  return { day, ...(zone !== null && known && { at: { known, zone } }) };
}

/** What clocks of the zone show, in seconds since 1970-01-01T00:00 there. */
export const localOf = (instant: Instant, zone: string): number =>
  instant + zoneOf(zone).offsetAt(instant);

/** '2024-03-08 09:30', with seconds where there are some. */
export function instantWord(instant: Instant, zone: string): string {
  const local = localOf(instant, zone);
  return `${minute(local * 1000)}${secondsOf(local)}`;
}

const secondsOf = (local: number): string => {
  const seconds = ((local % 60) + 60) % 60;
  return seconds === 0 ? '' : `:${two(seconds)}`;
};
const two = (value: number): string => String(value).padStart(2, '0');

/** '2024-03-08T09:30:00-05:00'; offsets before standard time are cut to whole minutes. */
export function isoInstant(instant: Instant, zone: string): string {
  const minutes = Math.trunc(zoneOf(zone).offsetAt(instant) / 60);
  const local = new Date((instant + minutes * 60) * 1000).toISOString().slice(0, 19);
  const size = Math.abs(minutes);
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The date of a step, or its date and time. */
export const stepWord = ({ day, at }: Times, step: Step): string =>
  at === undefined ? date(day[step]) : instantWord(at.known[step]!, at.zone);

/** ' Times in America/New_York.', or nothing where there are dates alone. */
export const zoneNote = ({ at }: Pick<Times, 'at'>): string =>
  at === undefined ? '' : ` Times in ${at.zone}.`;

/** Where steps stand on an axis of days: their dates, or what clocks show as days and parts of them. */
export const dayPlaces = ({ day, at }: Times): Days | Float64Array =>
  at === undefined ? day : at.known.map((known) => localOf(known, at.zone) / 86_400);

/** The length of bars: '5 min', '1 h', 'session', 'month'. */
export function barLength(seconds: number): string {
  const days = seconds / 86_400;
  if (days === 1) return 'session';
  if (days === 7) return 'week';
  if (days >= 28 && days <= 31) return 'month';
  if (Number.isInteger(days)) return `${days} days`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** The same of all bars: '5 min bars', 'session bars'. */
export const barsWord = (seconds: number): string => `${barLength(seconds)} bars`;

/** '2024-03-08 09:30' or '2024-03-08 09:30:15' of an axis in days and parts of them. */
export const placeWord = (place: Day): string => {
  const local = Math.round(place * 86_400);
  return `${minute(local * 1000)}${secondsOf(local)}`;
};
