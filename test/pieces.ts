import { csvOf } from '../src/present/csv.ts';
import type { FileTable } from '../src/domain/file-table.ts';
import type { Pieces } from '../src/wire/lab.ts';

/** The whole text of a small file. */
export async function textOf(pieces: Pieces): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += typeof piece === 'string' ? piece : await piece.text();
  return text;
}

/** A table as CSV. */
export const csvTextOf = (table: FileTable): Promise<string> => textOf(csvOf(table));
