import type { Clock, Market } from '../market.ts';
import type { Settings } from '../study/schema.ts';
import type { DateClocks } from '../time/bar-clock.ts';
import { dateAt } from '../time/date-clock.ts';
import type { Day, Instant } from '../units.ts';
import type { ReplayId } from './look-ahead.ts';

/**
 * How far the past goes that a world shares with the whole: what is up to here is real. Of bars these are days, or
 * instants where bars have them.
 */
export interface Moment {
  /** Bars that are over by then. */
  readonly closed: number;
  /** Opens of bars that have begun by then, although they are not over. */
  readonly opened: number;
  /** Attention and macro values that count as known by these days. */
  readonly attentionDay: Day;
  readonly macroDay: Day;
  /** Spells that had begun, ends that had come, and what goes ex. */
  readonly universeDay: Day;
}

/** What a world knows: up to a moment everything is real, later things are absent or noise. */
export interface Known extends Moment {
  readonly future: 'absent' | 'noise';
}

/** Beyond all dates, and all instants. */
const [allDays, allTimes] = [2_000_000_000, Number.MAX_SAFE_INTEGER];

/** The world in which nothing is changed. */
export const wholeWorld: Known = {
  closed: allTimes,
  opened: allTimes,
  attentionDay: allDays,
  macroDay: allDays,
  universeDay: allDays,
  future: 'absent',
};

/** The moment of a replay at a session of bars dated by days: its close, or, of its own bar, its open. */
export function momentOfDay(replay: ReplayId, day: Day): Moment {
  const isOwn = replay === 'own-bar';
  const closed = isOwn ? day - 1 : day;
  const opened = isOwn ? day : day - 1;
  return { closed, opened, attentionDay: closed, macroDay: closed, universeDay: day };
}

/**
 * The moment of a replay at an instant: when a bar is known, or, of its own bar, when it opens. An open of the very
 * instant at which another bar is known is not known to it. `bars` are those that the study thinks in; by `timing` it
 * reads values beside them by the dates of sessions, or by those that are over on their clocks.
 */
export function momentOfInstant(
  replay: ReplayId,
  instant: Instant,
  bars: Pick<Market, 'day'> & { readonly clock: Clock },
  { timing, dates }: { readonly timing: 'dates' | 'instants'; readonly dates?: DateClocks },
): Moment {
  const opened = replay === 'own-bar' ? instant : instant - 1;
  const { day, clock } = bars;
  let [begun, over] = [-allDays, -allDays];
  for (let row = 0; row < day.length; row++) {
    const date = day[row]!;
    if (date > begun && clock.opens[row]! <= opened) begun = date;
    if (date > over && clock.known[row]! <= instant) over = date;
  }
  const [attentionDay, macroDay] =
    timing === 'dates'
      ? [over, over]
      : [dateAt(dates?.attention, instant), dateAt(dates?.macro, instant) - 1];
  return { closed: instant, opened, attentionDay, macroDay, universeDay: begun };
}

/** The world of a replay. Of its own bar, the third leaves what its open can know. */
export const worldOf = (replay: ReplayId, moment: Moment): Known => ({
  ...moment,
  future: replay === 'cut' ? 'absent' : 'noise',
});

/**
 * Settings under which both sides of a replay are simulated. What the end of the data does is nobody's decision. Where a
 * world begins inside bars, their own or those under way elsewhere (`overlaps`), what the fill bar's volume gives is a
 * limit of the market, no knowledge; for a bar's own replacement, costs that hang on other fills of the same bar stand
 * apart.
 */
export function settingsFor<T extends Settings>(
  replay: ReplayId,
  settings: T,
  overlaps = false,
): T {
  const marked = { ...settings.execution, endOfData: 'mark' as const };
  const uncapped = { ...marked, maximumParticipation: null, unfilled: 'cancel' as const };
  if (replay !== 'own-bar') return { ...settings, execution: overlaps ? uncapped : marked };
  return {
    ...settings,
    execution: uncapped,
    costs: { ...settings.costs, booking: 'apart', tiers: 'off' },
  };
}

/** Why a bar's own replacement says nothing about a study; null where it does. */
export function notApplicable(replay: ReplayId, { execution }: Settings): string | null {
  if (replay !== 'own-bar' || execution.fill === 'next-open') return null;
  return {
    'same-close': 'fills at the close they decide at, labelled optimistic',
    'next-close': 'fills at a close',
    'prior-close': 'fills at a close, labelled optimistic',
  }[execution.fill];
}
