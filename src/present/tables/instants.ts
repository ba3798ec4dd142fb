import { type BarClock, shownZone } from '../../domain/time/bar-clock.ts';
import type { Instant } from '../../domain/units.ts';
import { date } from '../format.ts';
import { instantWord, isoInstant, toldZone } from '../times.ts';
import type { Column } from './table.ts';

interface HasClock {
  readonly clock?: BarClock;
}

/** What a moment of a row is: its session, its instant where bars have a clock; null while there is none. */
export interface Moment<Source> {
  /** Of the date; that of the instant ends in `_at` in place of `_date`. */
  readonly id: string;
  readonly title: string;
  readonly day: (source: Source, row: number) => number | null;
  readonly at: (source: Source, row: number) => Instant | undefined;
  readonly none?: string;
}

/** A date, which a person reads as an instant where bars are within days. */
export const moment = <Source extends HasClock>({
  id,
  title,
  day,
  at,
  none,
}: Moment<Source>): Column<Source> => ({
  ...{ id, title, unit: 'date', cell: day },
  ...(none !== undefined && { none }),
  order: (source, row) =>
    day(source, row) === null ? null : (at(source, row) ?? day(source, row)),
  words: (source, row) => {
    const zone = toldZone(source.clock);
    const instant = at(source, row);
    const on = day(source, row);
    if (on === null) return none ?? date(null);
    return zone === null || instant === undefined ? date(on) : instantWord(instant, zone);
  },
});

/** The instant alone, as files have it beside the date: ISO 8601 with its offset from UTC. */
export const instant = <Source extends HasClock>(
  id: string,
  title: string,
  { day, at }: Pick<Moment<Source>, 'day' | 'at'>,
): Column<Source> => ({
  ...{ id, title, unit: 'text' },
  cell: (source, row) => {
    const { clock } = source;
    const moment = at(source, row);
    if (clock === undefined || moment === undefined || day(source, row) === null) return null;
    return isoInstant(moment, shownZone(clock));
  },
  order: (source, row) => at(source, row) ?? null,
});
