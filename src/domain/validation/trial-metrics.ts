import type { Length } from '../metrics/annualised.ts';
import type { Objective } from '../study/validation.ts';
import type { SearchResult, TrialColumns } from './search.ts';

/** What trials are shown and sorted by: their numbers, and what their neighbours reach. */
export const trialMetrics = [
  'sharpe',
  'sortino',
  'totalReturn',
  'cagr',
  'maxDrawdown',
  'profitFactor',
  'winRate',
  'trades',
  'costs',
  'plateau',
] as const satisfies readonly (keyof TrialColumns | 'plateau')[];
export type TrialMetric = (typeof trialMetrics)[number];

export const metricOf: Readonly<Record<Objective, TrialMetric>> = {
  sharpe: 'sharpe',
  sortino: 'sortino',
  'total-return': 'totalReturn',
  'profit-factor': 'profitFactor',
};

/** How long each trial ran, near enough. */
export const lengthOfTrials = ({ sessions, year }: SearchResult): Length => ({
  sessions,
  days: (sessions / year) * 365.25,
});

/** By trial; NaN where a number has no value. */
export const columnOf = (result: SearchResult, metric: TrialMetric): ArrayLike<number> =>
  metric === 'plateau' ? result.plateau : result.metrics[metric];
