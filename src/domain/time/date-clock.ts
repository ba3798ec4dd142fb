import type { Day, Instant } from '../units.ts';
import { zoneOf } from './zones.ts';

/** The clocks by which values beside the bars are dated, where these are not of UTC. */
export interface DateClock {
  readonly zone: string;
  /** From each of these instants on, rising, clocks are so many seconds ahead of UTC; the first holds before it too. */
  readonly ahead: readonly (readonly [from: Instant, seconds: number])[];
}

const aDay = 86_400;

/** A zone's clocks from an instant to another; no zone changes them twice in a day. */
export function dateClock(zone: string, from: Instant, to: Instant): DateClock {
  const clocks = zoneOf(zone);
  const offsetAt = (instant: Instant): number => clocks.offsetAt(instant);
  const ahead: [Instant, number][] = [[from, offsetAt(from)]];
  for (let at = from; at < to; at += aDay) {
    const after = offsetAt(at + aDay);
    if (after === offsetAt(at)) continue;
    let [low, high] = [at, at + aDay];
    while (low + 1 < high) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === after) high = middle;
      else low = middle;
    }
    ahead.push([high, after]);
  }
  return { zone, ahead };
}

/** The date that has begun by an instant; of UTC without a clock. */
export function dateAt(clock: DateClock | undefined, instant: Instant): Day {
  const found = clock?.ahead.findLast(([from]) => from <= instant) ?? clock?.ahead[0];
  return Math.floor((instant + (found?.[1] ?? 0)) / aDay);
}

/** When a date begins on these clocks; where that time is skipped, or comes twice, the later of what it may be. */
export function dateBegins({ zone }: DateClock, day: Day): Instant {
  const clocks = zoneOf(zone);
  const midnight = day * aDay;
  return clocks.instantsOf(midnight).at(-1) ?? midnight - clocks.offsetAt(midnight - aDay);
}
