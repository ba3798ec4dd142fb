import type { FileTable } from '../../domain/file-table.ts';
import type { SearchResult } from '../../domain/validation/search.ts';
import { type TrialMetric, columnOf, metricOf } from '../../domain/validation/trial-metrics.ts';
import { fileTable, storedAs } from '../file-table.ts';
import { metricWords, valueWord } from '../search-words.ts';
import { type Column, type Unit } from './table.ts';

type TrialColumn = Column<SearchResult>;

const names: Readonly<Record<TrialMetric, readonly [id: string, unit: Unit]>> = {
  sharpe: ['sharpe', 'ratio'],
  sortino: ['sortino', 'ratio'],
  totalReturn: ['total_return', 'percent'],
  cagr: ['cagr', 'percent'],
  maxDrawdown: ['max_drawdown', 'percent'],
  profitFactor: ['profit_factor', 'ratio'],
  winRate: ['win_rate', 'percent'],
  trades: ['trades', 'count'],
  costs: ['costs', 'currency'],
  plateau: ['neighbours_mean', 'ratio'],
};

/** One number of every trial; the neighbours’ mean is in the objective’s unit. */
export function metricColumn(metric: TrialMetric, { objective }: SearchResult): TrialColumn {
  const [id] = names[metric];
  const [, unit] = names[metric === 'plateau' ? metricOf[objective] : metric];
  const { label } = metricWords[metric];
  return {
    id,
    title: label,
    unit,
    ...(metric === 'plateau' && { stored: 'double' as const }), // A mean, of counts too.
    cell: (found, i) => columnOf(found, metric)[i]!,
  };
}

/** The settings that were varied, each a column. */
export const settingColumns = (
  { dimensions, candidates }: Pick<SearchResult, 'dimensions' | 'candidates'>,
  titles: readonly string[],
): readonly TrialColumn[] =>
  dimensions.map(({ path }, d) => ({
    id: path.slice(1).replaceAll('/', '.'),
    title: titles[d] ?? path,
    unit: 'text',
    stored: storedAs(candidates.map((candidate) => candidate[d] ?? null)),
    cell: ({ candidates }, i) => candidates[i]?.[d] ?? null,
    words: ({ candidates }, i) => valueWord(path, candidates[i]?.[d] ?? null),
  }));

/** A file of trials: all trials of a search, one line each, in its order. */
export const trialsTable = (found: SearchResult): FileTable =>
  fileTable(
    [
      ...settingColumns(found, found.titles),
      ...(Object.keys(names) as TrialMetric[]).map((metric) => metricColumn(metric, found)),
      { id: 'digest', title: 'Digest', unit: 'text', cell: ({ digests }, i) => digests[i] ?? null },
    ],
    found,
    found.candidates.length,
  );
