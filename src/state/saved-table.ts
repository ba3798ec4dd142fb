import type { FileTable } from '../domain/file-table.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { ExportFile } from '../wire/lab.ts';
import { writeTable } from '../wire/tables-client.ts';
import type { Task } from './task.svelte.ts';

/** A table of the page as a file, `name` without its ending; null if that failed or was cancelled. */
export const savedTable = (
  task: Task,
  name: string,
  format: TableFormat,
  table: () => FileTable,
): Promise<ExportFile | null> =>
  task.attempt({ phase: 'results', label: `Writing ${name}.${format}`, ratio: 0 }, ({ signal }) =>
    writeTable(name, format, table(), signal),
  );
