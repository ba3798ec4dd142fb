import { yearOf } from '../../domain/calendar.ts';
import { underwaterOf } from '../../domain/metrics/drawdown.ts';
import type { Equity } from '../../domain/run.ts';
import { atSteps, closingSteps } from '../../domain/session-closes.ts';
import type { Day, Ratio } from '../../domain/units.ts';

/** One calendar year of a run, as the table beside the chart shows it. Ratios, not percent. */
export interface Year {
  readonly year: number;
  readonly sessions: number;
  readonly equity: number;
  readonly change: Ratio;
  readonly benchmarkChange: Ratio;
  /** Deepest drawdown from the highest equity of the run so far. */
  readonly deepest: Ratio;
}

/** The run cut at the turns of the years; the first year counts from the initial cash. */
export function years(
  day: ArrayLike<Day>,
  equity: ArrayLike<number>,
  benchmark: ArrayLike<number>,
  initialCash: number,
): Year[] {
  const under = underwaterOf(equity, initialCash);
  const before = (values: ArrayLike<number>, start: number) => values[start - 1] ?? initialCash;
  const rows: Year[] = [];
  let start = 0;
  while (start < day.length) {
    const year = yearOf(day[start]!);
    let end = start;
    let deepest = 0;
    while (end < day.length && yearOf(day[end]!) === year) {
      deepest = Math.min(deepest, under[end]!);
      end++;
    }
    rows.push({
      year,
      sessions: end - start,
      equity: equity[end - 1]!,
      change: equity[end - 1]! / before(equity, start) - 1,
      benchmarkChange: benchmark[end - 1]! / before(benchmark, start) - 1,
      deepest,
    });
    start = end;
  }
  return rows;
}

/** The years of a run, by the closes of its sessions. */
export function yearsOf({
  equity,
  benchmark,
  initialCash,
}: {
  readonly equity: Equity;
  readonly benchmark: Float64Array;
  readonly initialCash: number;
}): Year[] {
  const steps = closingSteps(equity);
  const closes = [equity.day, equity.equity, benchmark].map((one) => atSteps(one, steps));
  const [day, values, held] = closes as [Int32Array, Float64Array, Float64Array];
  return years(day, values, held, initialCash);
}
