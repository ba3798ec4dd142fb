import type { Convention } from './convention.ts';
import type { Days, Ratio } from '../units.ts';
import type { Metric } from './metric.ts';

/**
 * A year of a run, calendar days: less must not be told as a return a year (GIPS Standards for firms, 2020: “returns
 * for periods of less than one year must not be annualized”). First and last days of a year may be holidays.
 */
export const leastDays = 360;
/** With fewer returns a standard deviation is not known to 13 %: its error is 1 ÷ √(2(n − 1)). */
export const leastSessions = 30;

const ofReturns: ReadonlySet<string> = new Set([
  ...['annual-return', 'cagr', 'calmar', 'alpha', 'tracking-difference', 'money-weighted-return'],
]);
const ofSessions: ReadonlySet<string> = new Set([
  ...['volatility', 'sharpe', 'sortino', 'turnover', 'portfolio-turnover', 'tracking-error'],
]);

/** How long something ran. */
export interface Length {
  readonly sessions: number;
  /** From the first to the last session, calendar days. */
  readonly days: number;
}

/** Why a number a year says nothing of a run of this length; null where it does, or where it is none. */
export function tooShort(id: string, { sessions, days }: Length): string | null {
  const ran = `Too short to annualise: ${sessions} session${sessions === 1 ? '' : 's'}`;
  if (ofReturns.has(id) && days < leastDays) return `${ran}, less than a year.`;
  if (ofSessions.has(id) && sessions < leastSessions) return `${ran}, fewer than ${leastSessions}.`;
  return null;
}

/**
 * A run's metrics as they are shown: without those that it is too short for. The digest covers all of them, and files
 * keep them beside the reason. Peers show what they show.
 */
export function told(metrics: readonly Metric[], convention: Convention): readonly Metric[] {
  if (convention !== 'outsample') return metrics;
  const valueOf = (wanted: string) => metrics.find(({ id }) => id === wanted)?.value ?? Infinity;
  return withheld(metrics, { sessions: valueOf('sessions'), days: valueOf('duration') });
}

/** Numbers of something that ran so long, a reason in place of those that it is too short for. */
export const withheld = <M extends { readonly id: string; readonly value: number | null }>(
  metrics: readonly M[],
  length: Length,
): readonly (M | (M & { readonly value: null; readonly reason: string }))[] =>
  metrics.map((metric) => {
    const reason = metric.value === null ? null : tooShort(metric.id, length);
    return reason === null ? metric : { ...metric, value: null, reason };
  });

/** The same of a few numbers by name. */
export const withheldQuick = <
  Q extends { readonly cagr: Ratio | null; readonly sharpe: number | null },
>(
  quick: Q,
  length: Length,
): Q => ({
  ...quick,
  cagr: tooShort('cagr', length) === null ? quick.cagr : null,
  sharpe: tooShort('sharpe', length) === null ? quick.sharpe : null,
});

/** From the first to the last of its days. */
export const lengthOf = (day: Days): Length => ({
  sessions: day.length,
  days: (day.at(-1) ?? 0) - (day[0] ?? 0),
});
