import { LabError } from '../errors.ts';
import type { Instant } from '../units.ts';

/**
 * The clocks of a region, by the tables of Intl: the one place that asks it. Instants and offsets are whole seconds;
 * offsets before standard time, which have odd seconds, are as the engine has them. Years 1000 to 9999.
 */
export interface Zone {
  /** As Intl spells it; a link of its tables, such as Asia/Kolkata, keeps the name that it was asked by. */
  readonly name: string;
  /** Seconds east of UTC. */
  offsetAt(instant: Instant): number;
  /**
   * The instants at which clocks there show this time (seconds since 1970-01-01T00:00 as if it were UTC): none in
   * the hour that is skipped; two, rising, in the hour that comes twice.
   */
  instantsOf(local: number): readonly Instant[];
}

/** Between two changes of the clocks: from its beginning up to, not including, its end. */
interface Interval {
  readonly from: Instant;
  readonly until: Instant;
  readonly offset: number;
}

/** Changes are looked for in stretches of about a year, when one is first asked about. */
const stretch = 1 << 25;
/** No region has set its clocks to and fro within less than four days. */
const probe = 1 << 18;
/** Clocks have been up to 15:57 hours from UTC (Alaska and Manila before they changed sides of the date line). */
const furthest = 16 * 3600;

const zones = new Map<string, Zone>();

/**
 * A region's clocks by their IANA name ('America/New_York', 'UTC'), or a fixed offset ('+05:30', '-03:00').
 * Throws a LabError where Intl knows no such zone.
 */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const fixed = fixedOffset(name);
  const zone = fixed === null ? regionOf(name) : fixedZone(name, fixed);
  zones.set(name, zone);
  return zone;
}

/** The regions that Intl knows, UTC first. */
export const zoneNames = (): readonly string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC'),
];

export function isZone(name: string): boolean {
  return zones.has(name) || fixedOffset(name) !== null || clockOf(name) !== null;
}

/** '+05:30' → 19800; null for what is no offset. Some engines' Intl refuse these; UTC is spared the way by Intl. */
function fixedOffset(name: string): number | null {
  if (name === 'UTC') return 0;
  const parts = /^([+-])(\d\d):?([0-5]\d)$/.exec(name);
  if (!parts || Number(parts[2]) > 23) return null;
  return (parts[1] === '-' ? -60 : 60) * (Number(parts[2]) * 60 + Number(parts[3]));
}

const fixedZone = (name: string, offset: number): Zone => ({
  name,
  offsetAt: () => offset,
  instantsOf: (local) => [local - offset],
});

function clockOf(name: string): Intl.DateTimeFormat | null {
  const two = '2-digit';
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What the clock shows, less the instant. */
function offsetShown(clock: Intl.DateTimeFormat, instant: Instant): number {
  const [month = 0, day, year = 0, hour, minute, second] = clock
    .format(instant * 1000)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - instant;
}

function regionOf(name: string): Zone {
  const clock = clockOf(name);
  if (!clock) {
    throw new LabError({
      kind: 'import',
      problem: 'There is no such time zone.',
      remedy:
        'Name it by continent and city, such as America/New_York, or give an offset, such as +05:30.',
      place: { value: name },
    });
  }
  const stretches = new Map<number, readonly Interval[]>();
  let last: Interval = { from: 0, until: 0, offset: 0 };

  function intervalAt(instant: Instant): Interval {
    if (instant >= last.from && instant < last.until) return last;
    const index = Math.floor(instant / stretch);
    let intervals = stretches.get(index);
    if (!intervals) {
      intervals = intervalsIn(
        (at) => offsetShown(clock as Intl.DateTimeFormat, at),
        index * stretch,
      );
      stretches.set(index, intervals);
    }
    last = intervals.find(({ until }) => instant < until)!;
    return last;
  }

  function instantsOf(local: number): Instant[] {
    const near = local - last.offset;
    if (near - 2 * furthest >= last.from && near + 2 * furthest < last.until) return [near];
    const instants = new Set<Instant>();
    for (let from = local - furthest; from <= local + furthest;) {
      const { until, offset } = intervalAt(from);
      const instant = local - offset;
      if (instant >= from && instant < until) instants.add(instant);
      from = until;
    }
    return [...instants].sort((a, b) => a - b);
  }

  const spelt = clock.resolvedOptions().timeZone;
  return {
    name: spelt.toLowerCase() === name.toLowerCase() ? spelt : name,
    offsetAt: (instant) => intervalAt(instant).offset,
    instantsOf,
  };
}

/** Of one stretch, rising. */
function intervalsIn(offsetAt: (instant: Instant) => number, begin: Instant): Interval[] {
  const intervals: Interval[] = [];
  let from = begin;
  let offset = offsetAt(begin);
  for (let at = begin; at < begin + stretch; at += probe) {
    const end = at + probe;
    const shown = offsetAt(end);
    while (shown !== offset) {
      const until = changeWithin(offsetAt, offset, Math.max(from, at), end);
      intervals.push({ from, until, offset });
      from = until;
      offset = offsetAt(from);
    }
  }
  if (from < begin + stretch) intervals.push({ from, until: begin + stretch, offset });
  return intervals;
}

/** The first instant after `before`, at which the clocks show this offset, at which they do not; by bisection up to `after`. */
function changeWithin(
  offsetAt: (instant: Instant) => number,
  offset: number,
  before: Instant,
  after: Instant,
): Instant {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}
