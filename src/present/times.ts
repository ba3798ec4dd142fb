import { closingSteps } from '../domain/session-closes.ts';
import { type BarClock, shownZone } from '../domain/time/bar-clock.ts';
import { zoneOf } from '../domain/time/zones.ts';
import type { Equity } from '../domain/run.ts';
import type { Day, Days, Instant, Instants, Step } from '../domain/units.ts';
import { shortLength } from './bar-length.ts';
import { count, counted, date, minute, tenths } from './format.ts';

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

/** The same after a caption: '; times in America/New_York'. */
export function captionNote(run: Timed): string {
  const { at } = timesOf(run);
  return at === undefined ? '' : `; times in ${at.zone}`;
}

/** '2,516 sessions', or '12,480 steps in 160 sessions'. */
export function stepsWord(run: Timed): string {
  const { day, at } = timesOf(run);
  if (at === undefined) return counted(day.length, 'session');
  const sessions = closingSteps(run.equity)?.length ?? day.length;
  return `${counted(day.length, 'step')} in ${counted(sessions, 'session')}`;
}

/** From the first step to the last: '2016-01-04 to 2018-12-28'. */
export function spanWords(run: Timed): string {
  const times = timesOf(run);
  return `${stepWord(times, 0)} to ${stepWord(times, times.day.length - 1)}`;
}

/** Days since 1970-01-01, with parts of them where steps are instants. */
export type DayPlaces = Days | (Float64Array & { readonly [at: number]: Day });

/** Where steps stand on an axis of days: their dates, or what clocks show. */
export const dayPlaces = ({ day, at }: Times): DayPlaces =>
  at === undefined ? day : at.known.map((known) => localOf(known, at.zone) / 86_400);

/** How long something took: '25 min', '3.5 h', '12.3 days'. */
export function elapsedWord(seconds: number): string {
  if (seconds < 3600) return `${count(Math.round(seconds / 60))} min`;
  return seconds < 86_400
    ? `${tenths(seconds / 3600)} h`
    : counted(Math.round(seconds / 8640) / 10, 'day');
}

/** '1,200 bars', with their length where it is told: '1,200 bars of 5 min'. */
export const barCount = (bars: number, clock: BarClock | undefined): string =>
  `${counted(bars, 'bar')}${clock === undefined ? '' : ` of ${shortLength(clock.seconds)}`}`;
