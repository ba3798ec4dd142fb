import type { SearchResult } from '../../domain/validation/search.ts';
import { columnsCsv } from '../csv.ts';

/** All trials of a search, one line each, in its order: the settings' values, ratios as they are, costs in currency. */
export function trialsCsv({
  dimensions,
  candidates,
  metrics,
  plateau,
  digests,
}: SearchResult): string {
  return columnsCsv(
    [
      ...dimensions.map(({ path }) => path.slice(1).replaceAll('/', '.')),
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
      ...dimensions.map((_, d) => candidates.map((candidate) => candidate[d] ?? null)),
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
