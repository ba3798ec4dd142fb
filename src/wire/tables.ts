import type { Cells, FileColumn } from '../domain/file-table.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { ExportFile, Reply } from './lab.ts';

/** What the tables' worker answers to: it writes files of tables that are on the page. */
export interface TablesService {
  /** The table's parts are asked for one by one; null ends them. */
  write(
    name: string,
    format: TableFormat,
    columns: readonly FileColumn[],
    next: () => Promise<readonly Cells[] | null>,
  ): Promise<Reply<ExportFile>>;
}
