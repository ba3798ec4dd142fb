import type { CostTotals } from '../../domain/cost-totals.ts';
import type { Cell, FileTable } from '../../domain/file-table.ts';
import { bpsOfRatio } from '../../domain/units.ts';
import { fileTable } from '../file-table.ts';
import { costWords } from '../words.ts';
import type { Column } from './table.ts';

export interface CostSource {
  readonly totals: CostTotals;
  readonly initialCash: number;
}

const totalAt = ({ totals }: CostSource, row: number): number =>
  totals.costs[row]?.total ?? totals.total;
const perPart = (part: number, whole: number): Cell => (whole > 0 ? part / whole : null);

/** A row for each kind of cost, and after them one for all. Nothing is said of a profit or a turnover that is none. */
export const costColumns: readonly Column<CostSource>[] = [
  {
    id: 'cost',
    title: 'Cost',
    unit: 'text',
    cell: ({ totals }, row) => totals.costs[row]?.cost ?? 'all',
    words: ({ totals }, row) => {
      const kind = totals.costs[row]?.cost;
      return kind === undefined ? 'All' : costWords[kind];
    },
  },
  { id: 'total', title: 'Total', unit: 'currency', cell: totalAt },
  {
    id: 'of_turnover',
    title: 'Of turnover',
    unit: 'bps',
    cell: (source, row) => {
      const { turnover } = source.totals;
      return turnover > 0 ? bpsOfRatio(totalAt(source, row) / turnover) : null;
    },
  },
  {
    id: 'of_gross_profit',
    title: 'Of gross profit',
    unit: 'percent',
    cell: (source, row) => perPart(totalAt(source, row), source.totals.gross),
  },
  {
    id: 'of_initial_cash',
    title: 'Of initial cash',
    unit: 'percent',
    cell: (source, row) => perPart(totalAt(source, row), source.initialCash),
  },
];

/** A file of costs: one line for each kind, and one for all. */
export const costsTable = (source: CostSource): FileTable =>
  fileTable(costColumns, source, source.totals.costs.length + 1);
