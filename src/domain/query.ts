import type { Cells, FileColumn } from './file-table.ts';
import type { SearchResult } from './validation/search.ts';
import type { WalkForward } from './validation/walk-forward.ts';

/** The tables that a person can ask about in SQL. */
export const queryTables = [
  'bars',
  'attention',
  'macro',
  'features',
  'trades',
  'equity',
  'trials',
  'folds',
] as const;
export type QueryTable = (typeof queryTables)[number];

/** Those that the last run makes. */
export const runTables: readonly QueryTable[] = ['features', 'trades', 'equity'];

/** Whether a query may read a table: its name stands somewhere in the text. */
export const mentions = (text: string, table: QueryTable): boolean =>
  new RegExp(`\\b${table}\\b`, 'i').test(text);

/** The most that a query gives back; of wide rows there are fewer, and of long cells the beginning. */
export const mostRows = 10_000;
const mostCells = 150_000;
export const mostQueryColumns = 500;
/** Columns that the page shows of an answer; files have all. */
export const columnsShown = 40;
export const longestCell = 2_000;

/** Rows that a query of so many columns gives back at most. */
export const rowsGiven = (columns: number): number =>
  Math.min(mostRows, Math.floor(mostCells / Math.max(columns, 1)));

/** What a search and a walk-forward have found last, where there was one. */
export interface Found {
  readonly search: SearchResult | null;
  readonly walkForward: WalkForward | null;
}

export interface QueryColumn extends FileColumn {
  /** DuckDB's own: DECIMAL(18,3). */
  readonly type: string;
  /** Numbers, also those that are too long for a double and stand as text. */
  readonly isNumber: boolean;
}

/** The rows of a query, or the first of them. */
export interface QueryAnswer {
  readonly columns: readonly QueryColumn[];
  /** By `columns`. */
  readonly cells: readonly Cells[];
  readonly rows: number;
  /** Whether these are all. */
  readonly isAll: boolean;
  /** Cells that were cut to their beginning. */
  readonly cut: number;
}
