import { firstFrom } from '../../domain/rising.ts';
import type { Step } from '../../domain/units.ts';
import { type Times, instantWord, localOf } from '../times.ts';
import { dayMonth } from '../month-words.ts';
import { type DateTicks, dateTicks } from './date-ticks.ts';
import type { Span } from './ranges.ts';

type At = NonNullable<Times['at']>;

/** Seconds between times of a day that clocks round to. */
const intervals = [
  ...[1, 5, 15, 30, 60, 300, 900, 1800],
  ...[3600, 7200, 10_800, 14_400, 21_600, 43_200],
];

/** Parts of the room of a tick that the next one is away at least. */
const apart = 0.8;

/**
 * About so many round dates among the steps that are shown; where that is a few sessions of several steps, the first
 * step of each, “8 Mar”, and times of the day between them, “10:30”, each its own step’s.
 */
export function timeTicks({ day, at }: Times, span: Span, wanted: number): DateTicks {
  if (at === undefined) return dateTicks(day, span, wanted);
  const [first, last] = [
    Math.max(Math.ceil(span[0]), 0),
    Math.min(Math.floor(span[1]), day.length - 1),
  ];
  const borders = bordersOf(day, first, last, wanted);
  if (borders === null || last <= first) return dateTicks(day, span, wanted);
  const gap = ((last - first) / wanted) * apart;
  const hours = hoursOf(at, first, last, wanted + borders.length);
  const sessions: Step[] = [];
  for (const step of [...new Set([...borders, ...hours])].sort((a, b) => a - b)) {
    const next = borders.find((border) => border > step) ?? Infinity;
    const isBorder = borders.includes(step);
    const isFree = step - (sessions.at(-1) ?? -Infinity) >= gap && next - step >= gap;
    if (isBorder || isFree) sessions.push(step);
  }
  return {
    sessions,
    words: sessions.map((step, i) => {
      const time = instantWord(at.known[step]!, at.zone).slice(11);
      if (borders.includes(step)) return dayMonth(day[step]!);
      return i === 0 ? `${dayMonth(day[step]!)}, ${time}` : time;
    }),
  };
}

/** The first step of each session that begins within; null where these are more than so many. */
function bordersOf(day: Times['day'], first: Step, last: Step, most: number): Step[] | null {
  const borders: Step[] = [];
  let step =
    first === 0 || day[first - 1] !== day[first] ? first : firstFrom(day, day[first]! + 1, first);
  for (; step <= last; step = firstFrom(day, day[step]! + 1, step + 1)) {
    if (borders.length === most) return null;
    borders.push(step);
  }
  return borders;
}

/** At most so many steps: of the shortest interval for which that is so, the first step in each. */
function hoursOf(at: At, first: Step, last: Step, most: number): Step[] {
  for (const interval of intervals) {
    const steps = everyOf(at, first, last, interval, most);
    if (steps !== null) return steps;
  }
  return [];
}

function everyOf(
  { known, zone }: At,
  first: Step,
  last: Step,
  interval: number,
  most: number,
): Step[] | null {
  const steps: Step[] = localOf(known[first]!, zone) % interval === 0 ? [first] : [];
  for (let step = first; ;) {
    const past = localOf(known[step]!, zone) % interval;
    step = firstFrom(known, known[step]! + interval - past, step + 1);
    if (step > last) return steps;
    if (steps.length === most) return null;
    steps.push(step);
  }
}
