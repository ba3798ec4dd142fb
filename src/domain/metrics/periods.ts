import { monthsBefore } from '../calendar.ts';
import type { NumberOrReason } from './finding.ts';
import type { Day, Days, Ratio, Step } from '../units.ts';

/** Growth since the last session on or before a date, as a ratio: 1.1 is +10 %. */
export interface GrowthSince {
  readonly growth: number;
  /** Session returns inside it. */
  readonly returns: number;
}

/** Equity of a run without ruin, by the calendar. */
export interface BasedCurve {
  readonly day: Days;
  readonly equity: Float64Array;
  /** What stood before the first session: the initial cash, or the first close where a program starts from that. */
  readonly base: number;
}

/** From the last session on or before `date`, or why there is none. */
export function spanSince(
  { day, equity }: BasedCurve,
  date: Day,
  length: string,
): GrowthSince | string {
  if (day[0]! > date) return `The run is shorter than ${length}.`;
  const from = lastBy(day, date);
  return { growth: equity[equity.length - 1]! / equity[from]!, returns: day.length - 1 - from };
}

/** The return of the calendar month or year in which the run ends; from its start where it starts inside. */
export function toDate({ day, equity, base }: BasedCurve, keyOf: (day: Day) => number): Ratio {
  const last = day.length - 1;
  const now = keyOf(day[last]!);
  let from = last;
  while (from >= 0 && keyOf(day[from]!) === now) from--;
  return equity[last]! / (from < 0 ? base : equity[from]!) - 1;
}

/** A calendar month or year, as `keyOf` numbers them, and its return as a ratio. */
export interface Period {
  readonly key: number;
  readonly returned: Ratio;
}

/** The return of every calendar month or year, those of the run's edges being part of one. */
export function returnsBy(
  { day, equity, base }: BasedCurve,
  keyOf: (day: Day) => number,
): Period[] {
  const periods: Period[] = [];
  let before = base;
  let key = keyOf(day[0]!);
  for (let session = 0; session < day.length; session++) {
    const next = session + 1 < day.length ? keyOf(day[session + 1]!) : Number.NaN;
    if (next === key) continue;
    periods.push({ key, returned: equity[session]! / before - 1 });
    before = equity[session]!;
    key = next;
  }
  return periods;
}

/** The best and the worst of these returns. */
export function extremes(
  curve: BasedCurve,
  keyOf: (day: Day) => number,
): { readonly best: Ratio; readonly worst: Ratio } {
  let best = -Infinity;
  let worst = Infinity;
  for (const { returned } of returnsBy(curve, keyOf)) {
    best = Math.max(best, returned);
    worst = Math.min(worst, returned);
  }
  return { best, worst };
}

/** The return since so many months before the last session, or why there is none. */
export const since = (curve: BasedCurve, months: number, length: string): NumberOrReason => {
  const span = spanSince(curve, monthsBefore(curve.day.at(-1)!, months), length);
  return typeof span === 'string' ? span : span.growth - 1;
};

/** The last session on or before a date; the first is. */
function lastBy(day: Days, date: Day): Step {
  let low = 0;
  let high = day.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (day[middle]! <= date) low = middle;
    else high = middle;
  }
  return low;
}
