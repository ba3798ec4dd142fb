import type { BarsSettings } from './session.ts';

/** Lengths that bars can be made in. */
export type MadeLength = Exclude<BarsSettings['every'], 'given'>;

/** Bars that a study thinks in, as they are made of others. */
export interface BarLength {
  readonly length: 'given' | 'time' | 'session' | 'week' | 'month';
  /** Of a length of time; 0 elsewhere. */
  readonly seconds: number;
}

const units = { min: 60, h: 3600 } as const;
const DAY = 86_400;

/** '5min' → 300 seconds of time. */
export function readLength(every: BarsSettings['every']): BarLength {
  const [, count, unit] = /^(\d+)(min|h)$/.exec(every) ?? [];
  return unit === undefined
    ? { length: every as 'given' | 'session' | 'week' | 'month', seconds: 0 }
    : { length: 'time', seconds: Number(count) * units[unit as keyof typeof units] };
}

/** How many seconds a bar of a length lasts at least: a session counts as its day. */
export function leastSeconds(every: MadeLength): number {
  const { length, seconds } = readLength(every);
  return length === 'time' ? seconds : { session: 1, week: 7, month: 28, given: 0 }[length] * DAY;
}

/**
 * Why bars of a length cannot be made of others, or null. Those last so many seconds; undefined where they are dated by
 * days alone.
 */
export function whyNotMade(every: MadeLength, given: number | undefined): string | null {
  const { length, seconds } = readLength(every);
  if (given === undefined)
    return length === 'week' || length === 'month'
      ? null
      : 'these are dated by days, without an exchange';
  const own = length === 'time' ? seconds : DAY;
  return own < given || (length === 'time' && own % given !== 0)
    ? `these last ${given} seconds`
    : null;
}
