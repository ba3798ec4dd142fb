import type { FileTable } from '../../../domain/file-table.ts';
import { fileTable } from '../../../present/file-table.ts';
import type { Column } from '../../../present/tables/table.ts';
import { type ShownColumn, shownOn } from '../../table/column.ts';

/** What a figure shows, as a table on the page and in a file. */
export type Tabled = {
  readonly label: string;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly columns: readonly ShownColumn[];
  readonly rows: number;
  readonly table: () => FileTable;
};

export const tabled = <Source>(
  label: string,
  name: string,
  source: Source,
  columns: readonly Column<Source>[],
  rows: number,
): Tabled => ({
  label,
  name,
  rows,
  columns: shownOn(source, columns, { sortable: true }),
  table: () => fileTable(columns, source, rows),
});
