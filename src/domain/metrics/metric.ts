/** How a metric's number reads: 0.12 as 12 %, 1.4 as a bare ratio, money, a count, days. */
export type MetricUnit = 'percent' | 'ratio' | 'currency' | 'count' | 'days';

/** One number of the headline, or the reason why there is none. It is never 0 or NaN in place of a reason. */
export type Metric = {
  readonly id: string;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Its definition in one sentence, with the convention. */
  readonly definition: string;
} & ({ readonly value: number } | { readonly value: null; readonly reason: string });
