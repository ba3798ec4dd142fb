import pow from '@stdlib/math-base-special-pow';
import { type Finding, because, metric } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { Metric } from './metric.ts';

/** Days of a year, leap days shared out. */
const CALENDAR_YEAR = 365.25;

/** What became of the initial cash. */
export function returnMetrics(run: MeasuredRun): Metric[] {
  const { equity, benchmark, initialCash } = run;
  return [
    metric(
      'final-equity',
      'Final equity',
      'currency',
      'Cash and positions at the last session’s close.',
      equity.equity.at(-1) ?? because.noSessions,
    ),
    metric(
      'total-return',
      'Total return',
      'percent',
      'Final equity ÷ initial cash − 1, after costs.',
      totalReturn(equity.equity, initialCash),
    ),
    metric(
      'buy-and-hold-return',
      'Buy & hold return',
      'percent',
      'Equal parts of the initial cash in every symbol from the open of its first bar on, without costs, never sold.',
      totalReturn(benchmark, initialCash),
    ),
    metric(
      'cagr',
      'CAGR',
      'percent',
      'Compound annual growth rate: (final equity ÷ initial cash)^(365.25 ÷ calendar days from the first to the last session) − 1.',
      annualGrowth(run),
    ),
  ];
}

function totalReturn(values: ArrayLike<number>, initialCash: number): Finding {
  const last = values[values.length - 1];
  return last === undefined ? because.noSessions : last / initialCash - 1;
}

/** CAGR of a run, a ratio: 0.1 is 10 % a year. */
export function annualGrowth({ equity: { day, equity }, initialCash }: MeasuredRun): Finding {
  const final = equity.at(-1);
  if (final === undefined || day.length < 2) return because.tooFewSessions;
  if (final <= 0) return because.ruined;
  return growthPerYear(final / initialCash, day.at(-1)! - day[0]!);
}

/**
 * `growth` (final ÷ initial) over `days` calendar days, as a ratio a year. Peers count 365 days (freqtrade) or
 * trading days ÷ 252 (quantstats).
 */
export const growthPerYear = (growth: number, days: number, daysPerYear = CALENDAR_YEAR): number =>
  pow(growth, daysPerYear / days) - 1;
