import { firstFrom } from '../rising.ts';
import { type Market, type StepTimes, rowsOf } from '../market.ts';
import type { Instant, Row, Step } from '../units.ts';

/** When bars that are dated by days alone begin and end: with their date in UTC. */
const DAY = 86_400;

/** When a step's bars begin. */
export const opensAt = ({ day, clock }: StepTimes, step: Step): Instant =>
  clock?.opens[step] ?? day[step]! * DAY;

/** When a step is known. */
export const knownAt = ({ day, clock }: StepTimes, step: Step): Instant =>
  clock?.known[step] ?? (day[step]! + 1) * DAY;

/** When a bar is known. */
export const rowKnownAt = ({ day, clock }: Market, row: Row): Instant =>
  clock?.known[row] ?? (day[row]! + 1) * DAY;

/** The step in which an instant lies: the first that is known after it; the number of steps where none is yet. */
export function stepAt(steps: StepTimes, at: Instant): Step {
  const known = steps.clock?.known ?? steps.day.map((day) => (day + 1) * DAY);
  return firstFrom(known, at + 1);
}

/** The step that was known at an instant; −1 where none was. */
export function stepKnownAt(steps: StepTimes, at: Instant): Step {
  return stepAt(steps, at) - 1;
}

/** The newest bar of a symbol that was known at an instant; its first where none was. */
export function rowKnownBy(market: Market, symbol: number, at: Instant): Row {
  const [first, end] = rowsOf(market, symbol);
  let row = end - 1;
  while (row > first && rowKnownAt(market, row) > at) row--;
  return row;
}
