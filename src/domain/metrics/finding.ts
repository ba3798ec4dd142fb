import type { Metric, MetricGroup, MetricUnit } from './metric.ts';

/** A number, or in plain words why there is none. */
export type NumberOrReason = number | string;

/** What a convention says of one metric. */
export interface Entry {
  readonly label: string;
  readonly unit: MetricUnit;
  readonly definition: string;
  readonly formula: string;
  readonly value: NumberOrReason;
}

/** What a peer's convention says of a metric that Outsample names. */
export type Restated = Omit<Entry, 'label' | 'unit'> & Partial<Pick<Entry, 'unit'>>;

export const entry = (
  label: string,
  unit: MetricUnit,
  definition: string,
  formula: string,
  value: NumberOrReason,
): Entry => ({ label, unit, definition, formula, value });

export const restated = (
  definition: string,
  formula: string,
  value: NumberOrReason,
  unit?: MetricUnit,
): Restated =>
  unit === undefined ? { definition, formula, value } : { definition, formula, value, unit };

/** Reasons that several families share. */
export const because = {
  noSessions: 'There are no sessions.',
  tooFewSessions: 'There are fewer than two sessions.',
  tooFewReturns: 'There are fewer than three sessions.',
  ruined: 'Equity fell to zero or below.',
  noVolatility: 'Volatility is zero: equity’s returns don’t vary.',
  noDownside: 'No session returned less than the risk-free rate.',
  noLosingSession: 'No session lost money.',
  noDrawdown: 'There was no drawdown.',
  flatMarket: 'Buy & hold’s returns don’t vary.',
} as const;

/**
 * Ratios whose divisor is this small beside 1 are of rounding, not of the market: a simple return, a ratio of
 * two rounded numbers less 1, is exact to about 2⁻⁵².
 */
export const ROUNDING = 2e-15;

/** Whether a mean's divisor is of rounding only. */
export const isRounding = (divisor: number, average: number): boolean =>
  divisor <= ROUNDING * Math.max(1, Math.abs(average));

/** Goes on with what was found; hands a reason through. */
export const given = <T extends number | object, R>(
  found: T | string,
  next: (value: T) => R | string,
): R | string => (typeof found === 'string' ? found : next(found));

/** The same for two. */
export const givenBoth = <A extends number | object, B extends number | object, R>(
  first: A | string,
  second: B | string,
  next: (first: A, second: B) => R | string,
): R | string => given(first, (a) => given(second, (b) => next(a, b)));

/** A quotient, or why its divisor is nothing. */
export const quotient = (dividend: number, divisor: number, nothing: string): NumberOrReason =>
  divisor === 0 ? nothing : dividend / divisor;

/** The metric of an entry. Nothing but a finite number passes as a value, and never −0. */
export function metric(
  id: string,
  group: MetricGroup,
  { label, unit, definition, formula, value }: Entry,
): Metric {
  const words = { id, group, label, unit, definition, formula };
  if (typeof value === 'string') return { ...words, value: null, reason: value };
  if (Number.isFinite(value)) return { ...words, value: value + 0 };
  return { ...words, value: null, reason: 'The numbers are too large to compute with.' };
}
