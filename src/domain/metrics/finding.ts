import type { Metric, MetricUnit } from './metric.ts';

/** A number, or in plain words why there is none. */
export type Finding = number | string;

/** Reasons that several families share. */
export const because = {
  noSessions: 'There are no sessions.',
  tooFewSessions: 'There are fewer than two sessions.',
  ruined: 'Equity fell to zero or below.',
} as const;

/**
 * Ratios whose divisor is this small beside 1 are of rounding, not of the market: a simple return, a ratio of
 * two rounded numbers less 1, is exact to about 2⁻⁵².
 */
export const ROUNDING = 2e-15;

/** Joins a metric's words with what was found. Nothing but a finite number passes as a value, and never −0. */
export function metric(
  id: string,
  label: string,
  unit: MetricUnit,
  definition: string,
  finding: Finding,
): Metric {
  const words = { id, label, unit, definition };
  if (typeof finding === 'string') return { ...words, value: null, reason: finding };
  if (Number.isFinite(finding)) return { ...words, value: finding + 0 };
  return { ...words, value: null, reason: 'The numbers are too large to compute with.' };
}

/** Goes on with a number; hands a reason through. */
export const andThen = (finding: Finding, next: (value: number) => Finding): Finding =>
  typeof finding === 'string' ? finding : next(finding);
