import { weekday } from '../calendar.ts';
import type { Market, StepTimes } from '../market.ts';
import { firstFrom } from '../rising.ts';
import type { Day } from '../units.ts';
import type { NextStep } from './next-bar.ts';

/** Steps from whose distance the next one is reckoned, where no calendar says when it is. */
const looked = 20;

/**
 * The step after the last one: by the calendar of its exchange where the market has one, else at the distance that the last ones had.
 */
export function nextStepOf({ clock }: Market, steps: StepTimes): NextStep {
  const last = steps.day.length - 1;
  if (clock === undefined || steps.clock === undefined) return { day: nextDayOf(steps.day) };
  const known = steps.clock.known[last]!;
  const { hours } = clock;
  const seconds = hours?.seconds ?? known - steps.clock.opens[last]!;
  const place = hours?.places[0];
  if (place === undefined)
    return { day: Math.floor(known / DAY), clock: { opens: known, known: known + seconds } };
  // The session that is under way, or the next one: its close is the first after this instant.
  const at = firstFrom(place.close, known + 1);
  const [day, open, close] = [place.day[at], place.open[at], place.close[at]];
  if (day === undefined || open === undefined || close === undefined)
    return { day: nextDayOf(steps.day), clock: { opens: known, known: known + seconds } };
  const opens = Math.max(open, known);
  return {
    day,
    clock: { opens, known: seconds >= DAY ? close : Math.min(close, opens + seconds) },
  };
}

const DAY = 86_400;

/** The date after the last of these: the next weekday where they have no weekends, a week later where they are weeks. */
function nextDayOf(days: Int32Array): Day {
  const recent = days.slice(-looked);
  const last = recent.at(-1) ?? 0;
  const gaps = Array.from(recent.subarray(1), (day, i) => day - recent[i]!).sort((a, b) => a - b);
  const gap = gaps[gaps.length >> 1] ?? 1;
  if (gap > 1) return last + gap;
  const isWeekend = (day: Day): boolean => weekday(day) >= 5;
  let next = last + 1;
  if (!recent.some(isWeekend)) while (isWeekend(next)) next++;
  return next;
}
