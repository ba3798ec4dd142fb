import type { FileTable } from '../../domain/file-table.ts';
import { lengthOf, tooShort } from '../../domain/metrics/annualised.ts';
import type { MetricUnit } from '../../domain/metrics/metric.ts';
import type { QuickMetrics } from '../../domain/metrics/quick.ts';
import type { Stitched } from '../../domain/validation/walk-forward.ts';
import { fileTable } from '../file-table.ts';
import { measured, missingWord } from '../format.ts';
import { type Column, ofList } from './table.ts';

/** One of the ways in which the same test windows were traded. */
export interface Way {
  readonly title: string;
  readonly stitched: Pick<Stitched, 'equity' | 'quick'>;
}

interface Row {
  readonly id: keyof QuickMetrics;
  readonly title: string;
  readonly unit: MetricUnit;
}

export const besideRows: readonly Row[] = [
  { id: 'totalReturn', title: 'Total return', unit: 'percent' },
  { id: 'cagr', title: 'CAGR', unit: 'percent' },
  { id: 'sharpe', title: 'Sharpe ratio', unit: 'ratio' },
  { id: 'sortino', title: 'Sortino ratio', unit: 'ratio' },
  { id: 'maxDrawdown', title: 'Deepest drawdown', unit: 'percent' },
  { id: 'trades', title: 'Trades', unit: 'count' },
  { id: 'winRate', title: 'Win rate', unit: 'percent' },
  { id: 'profitFactor', title: 'Profit factor', unit: 'ratio' },
  { id: 'costs', title: 'Costs', unit: 'currency' },
];

/** A column for each way; what its windows are too short for is not given. */
export const besideColumns = (ways: readonly Way[]): readonly Column<readonly Row[]>[] =>
  ofList<Row>([
    { id: 'metric', title: 'Out of sample', unit: 'text', cell: ({ title }) => title },
    { id: 'unit', title: 'Unit', unit: 'text', cell: ({ unit }) => unit },
    ...ways.map(({ title, stitched: { equity, quick } }) => {
      const short = ({ id }: Row) => tooShort(id, lengthOf(equity.day));
      return {
        id: title.toLowerCase().replaceAll(' ', '_'),
        title,
        unit: 'ratio' as const,
        cell: (row: Row) => (short(row) === null ? quick[row.id] : null),
        words: (row: Row) => {
          const reason = short(row);
          return reason === null ? measured(quick[row.id], row.unit) : missingWord(reason);
        },
      };
    }),
  ]);

/** A file of the ways: one line for each metric. */
export const besideTable = (ways: readonly Way[]): FileTable =>
  fileTable(besideColumns(ways), besideRows, besideRows.length);
