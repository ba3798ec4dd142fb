import { columnsCsv } from '../present/csv.ts';
import { at } from '../domain/study/pointer.ts';
import { type Study, canonicalJson } from '../domain/study/study.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { TrialMetric } from '../domain/validation/trial-metrics.ts';

export type { SearchResult } from '../domain/validation/search.ts';
export type { Objective } from '../domain/study/validation.ts';
export { type TrialMetric, metricOf, trialMetrics } from '../domain/validation/trial-metrics.ts';

/** By trial; NaN where a number has no value. */
export const columnOf = (result: SearchResult, metric: TrialMetric): ArrayLike<number> =>
  metric === 'plateau' ? result.plateau : result.metrics[metric];

/** Which trial has the study's values now; −1 where none has. */
export function ownTrial(study: Study, { dimensions, candidates }: SearchResult): number {
  const own = canonicalJson(dimensions.map(({ path }) => at(study, path) ?? null));
  return candidates.findIndex((candidate) => canonicalJson(candidate) === own);
}

/** Numbers of the trials sorted by a column; equal values keep their order, missing ones come last. */
export function orderedBy(column: ArrayLike<number | string>, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1;
  return Uint32Array.from({ length: column.length }, (_, i) => i).sort((a, b) => {
    const [x, y] = [column[a]!, column[b]!];
    if (x === y) return a - b;
    if (Number.isNaN(x)) return Number.isNaN(y) ? a - b : 1;
    if (Number.isNaN(y)) return -1;
    return x < y ? -sign : sign;
  });
}

/** All trials, one line each, in the search's order. */
export function trialsCsv({ dimensions, candidates, metrics, plateau, digests }: SearchResult) {
  const names = dimensions.map(({ path }) => path);
  const values = dimensions.map((_, d) => candidates.map((candidate) => candidate[d] ?? null));
  return columnsCsv(
    [
      ...names.map((path) => path.slice(1).replaceAll('/', '.')),
      'sharpe',
      'sortino',
      'total_return',
      'cagr',
      'max_drawdown',
      'profit_factor',
      'win_rate',
      'trades',
      'costs',
      'neighbours_mean',
      'digest',
    ],
    [
      ...values,
      metrics.sharpe,
      metrics.sortino,
      metrics.totalReturn,
      metrics.cagr,
      metrics.maxDrawdown,
      metrics.profitFactor,
      metrics.winRate,
      metrics.trades,
      metrics.costs,
      plateau,
      digests,
    ],
  );
}
