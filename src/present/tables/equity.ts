import type { FileTable } from '../../domain/file-table.ts';
import type { Equity } from '../../domain/run.ts';
import { fileTable } from '../file-table.ts';
import type { Column } from './table.ts';

export interface EquitySource {
  readonly equity: Equity;
  /** Buy & hold on the same sessions. */
  readonly benchmark: ArrayLike<number>;
}

export const equityColumns: readonly Column<EquitySource>[] = [
  { id: 'date', title: 'Date', unit: 'date', cell: ({ equity }, i) => equity.day[i]! },
  { id: 'equity', title: 'Equity', unit: 'currency', cell: ({ equity }, i) => equity.equity[i]! },
  { id: 'cash', title: 'Cash', unit: 'currency', cell: ({ equity }, i) => equity.cash[i]! },
  {
    id: 'gross_exposure',
    title: 'Gross exposure',
    unit: 'currency',
    cell: ({ equity }, i) => equity.gross[i]!,
  },
  {
    id: 'net_exposure',
    title: 'Net exposure',
    unit: 'currency',
    cell: ({ equity }, i) => equity.net[i]!,
  },
  {
    id: 'positions',
    title: 'Positions',
    unit: 'count',
    cell: ({ equity }, i) => equity.positions[i]!,
  },
  {
    id: 'buy_and_hold',
    title: 'Buy & hold',
    unit: 'currency',
    cell: ({ benchmark }, i) => benchmark[i]!,
  },
];

/** Where money comes and goes. */
const payments: readonly Column<EquitySource>[] = [
  {
    id: 'units',
    title: 'Units',
    unit: 'quantity',
    cell: ({ equity }, i) => equity.payments?.units[i] ?? null,
  },
  {
    id: 'paid_in',
    title: 'Paid in',
    unit: 'currency',
    cell: ({ equity }, i) => equity.payments?.paid[i] ?? null,
  },
];

/** A file of equity: one line per session. */
export const equityTable = (equity: Equity, benchmark: ArrayLike<number>): FileTable =>
  fileTable(
    equity.payments === undefined ? equityColumns : [...equityColumns, ...payments],
    { equity, benchmark },
    equity.day.length,
  );
