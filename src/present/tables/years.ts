import type { FileTable } from '../../domain/file-table.ts';
import type { Year } from '../charts/years.ts';
import { fileTable } from '../file-table.ts';
import { ofList } from './table.ts';

export const yearColumns = ofList<Year>([
  { id: 'year', title: 'Year', unit: 'text', stored: 'integer', cell: ({ year }) => year },
  { id: 'sessions', title: 'Sessions', unit: 'count', cell: ({ sessions }) => sessions },
  { id: 'equity', title: 'Equity at the end', unit: 'currency', cell: ({ equity }) => equity },
  { id: 'change', title: 'Change', unit: 'percent', cell: ({ change }) => change },
  {
    id: 'buy_and_hold_change',
    title: 'Buy & hold',
    unit: 'percent',
    cell: ({ benchmarkChange }) => benchmarkChange,
  },
  {
    id: 'deepest_drawdown',
    title: 'Deepest drawdown',
    unit: 'percent',
    cell: ({ deepest }) => deepest,
  },
]);

/** A file of years: one line for each calendar year. */
export const yearsTable = (years: readonly Year[]): FileTable =>
  fileTable(yearColumns, years, years.length);
