import { lastUpTo } from './rising.ts';
import type { Day, Days } from './units.ts';
import type { PinnedRun } from './journal.ts';
import { type Curve, commonDays, equityOn } from './validation/statistics/common-sessions.ts';

/** A pinned run with its whole curve; null where that is not kept. */
export interface ComparedRun extends PinnedRun {
  readonly curve: Curve | null;
}

/** A run’s equity as growth since the first of its sessions that are shown: 0.1 is ten percent. */
export interface GrowthLine {
  /** Place among the pinned runs, from 1: its letter and its dashes. */
  readonly place: number;
  readonly day: Days;
  readonly growth: Float64Array;
}

/** The sessions that all runs have; null where a whole curve is missing. */
export function sessionsInCommon(runs: readonly ComparedRun[]): Days | null {
  const curves = runs.map(({ curve }) => curve);
  return curves.every((curve) => curve !== null) ? commonDays(curves) : null;
}

/** One line for each run: of its whole curve, or of its small one; on these sessions only, where they are given. */
export function growthLines(runs: readonly ComparedRun[], only: Days | null): GrowthLine[] {
  return runs.map(({ place, run, curve }) => {
    const { day, equity } =
      only !== null && curve !== null
        ? { day: only, equity: equityOn(curve, only) }
        : (curve ?? run.curve);
    const first = equity[0] ?? 1;
    return { place, day, growth: Float64Array.from(equity, (value) => value / first - 1) };
  });
}

/**
 * Another run’s equity beside these sessions: its newest close up to each, NaN before it begins and after it has ended,
 * scaled so that both are equal at the first session that it covers.
 */
export function equityBeside({ day, equity }: Curve, other: Curve): Float64Array {
  const values = Float64Array.from(day, (wanted) =>
    isWithin(other.day, wanted) ? other.equity[lastUpTo(other.day, wanted)]! : NaN,
  );
  const first = values.findIndex((value) => value > 0);
  const scale = (equity[first] ?? NaN) / (values[first] ?? NaN);
  return values.map((value) => value * scale);
}

const isWithin = (days: Days, wanted: Day): boolean =>
  wanted >= (days[0] ?? Infinity) && wanted <= days[days.length - 1]!;

/** All days of the lines, ascending, each once. */
export function daysOf(lines: readonly GrowthLine[]): Days {
  const all = new Set(lines.flatMap(({ day }) => [...day]));
  return Int32Array.from(all).sort();
}

/** Growth at the last session up to a day; null before the line begins and after it has ended. */
export function growthOn({ day, growth }: GrowthLine, wanted: Day): number | null {
  return isWithin(day, wanted) ? growth[lastUpTo(day, wanted)]! : null;
}
