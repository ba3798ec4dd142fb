/** How a metric's number reads: 0.12 as 12 %, 1.4 as a bare ratio, money, a count, days, a date (days since 1970). */
export type MetricUnit = 'percent' | 'ratio' | 'currency' | 'count' | 'days' | 'bars' | 'date';

/** Where a metric stands on the page. The headline is a selection of them, see metrics.ts. */
export const metricGroups = [
  'run',
  'return',
  'risk',
  'drawdown',
  'trades',
  'long',
  'short',
  'costs',
  'portfolio',
  'payments',
  'periods',
] as const;
export type MetricGroup = (typeof metricGroups)[number];

/** One number of a run, or the reason why there is none. It is never 0 or NaN in place of a reason. */
export type Metric = {
  readonly id: string;
  readonly group: MetricGroup;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Its definition in a sentence or two of plain words, with the convention. */
  readonly definition: string;
  /** The same as a formula in plain text: 'mean(r − rf) ÷ sd(r − rf) × √N'. */
  readonly formula: string;
} & ({ readonly value: number } | { readonly value: null; readonly reason: string });
