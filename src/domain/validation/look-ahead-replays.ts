import type { Settings } from '../study/schema.ts';
import type { ReplayId } from './look-ahead.ts';
import type { Day } from '../units.ts';

/** What a world knows: everything up to these days is real, later things are absent or noise. */
export interface Known {
  readonly barsDay: Day;
  /** The day whose opens are real although its bars are not. */
  readonly openDay: Day;
  /** Attention and macro values that were known by this day. */
  readonly seriesDay: Day;
  /** Spells that had begun, and ends that had come. */
  readonly universeDay: Day;
  readonly future: 'absent' | 'noise';
}

/** Beyond all dates. */
const [always, never] = [2_000_000_000, -2_000_000_000];

/** The world in which nothing is changed. */
export const wholeWorld: Known = {
  barsDay: always,
  openDay: never,
  seriesDay: always,
  universeDay: always,
  future: 'absent',
};

/** Where only what a session's close can know is real. */
export const cutAfter = (day: Day): Known => ({
  barsDay: day,
  openDay: never,
  seriesDay: day,
  universeDay: day,
  future: 'absent',
});

/** The world of a replay at a session. Of its own bar, the third leaves what its open can know. */
export function worldOf(replay: ReplayId, day: Day): Known {
  if (replay === 'cut') return cutAfter(day);
  if (replay === 'noise') return { ...cutAfter(day), future: 'noise' };
  return {
    barsDay: day - 1,
    openDay: day,
    seriesDay: day - 1,
    universeDay: day,
    future: 'noise',
  };
}

/**
 * Settings under which both sides of a replay are simulated. What the end of the data does is nobody's decision. For a
 * bar's own replacement, what the fill bar's volume gives is a limit of the market, no knowledge, and costs that hang on
 * other fills of the same bar stand apart.
 */
export function settingsFor<T extends Settings>(replay: ReplayId, settings: T): T {
  const execution = { ...settings.execution, endOfData: 'mark' as const };
  if (replay !== 'own-bar') return { ...settings, execution };
  return {
    ...settings,
    execution: { ...execution, maximumParticipation: null, unfilled: 'cancel' },
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
