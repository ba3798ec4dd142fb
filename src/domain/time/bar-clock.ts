import type { DateClock } from './date-clock.ts';

/** Where bars are from: the calendar that says which session they belong to, and the zone of its clocks. */
export interface Place {
  /** Code of an exchange; null where none is known, and a session is a day of the zone. */
  readonly exchange: string | null;
  /** As Intl knows it. */
  readonly zone: string;
}

/** How the bars of a dataset are timed. */
export interface BarClock {
  /** Their length: 86,400 where each is a session. */
  readonly seconds: number;
  readonly places: readonly Place[];
  /** By symbol, an index into `places`. */
  readonly placeOf: readonly number[];
  /** By which values beside the bars are dated, where that is not UTC. */
  readonly dates?: DateClocks;
}

export interface DateClocks {
  readonly attention?: DateClock;
  readonly macro?: DateClock;
}

/** The zone in which instants of all symbols are shown: theirs, or UTC where they have several. */
export const shownZone = ({ places }: BarClock): string =>
  new Set(places.map(({ zone }) => zone)).size === 1 ? places[0]!.zone : 'UTC';
