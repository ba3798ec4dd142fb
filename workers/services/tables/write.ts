import { csvOf } from '../../../src/present/csv.ts';
import type { FileTable } from '../../../src/domain/file-table.ts';
import type { TableFormat } from '../../../src/domain/table-format.ts';
import type { ExportFile, Pieces } from '../../../src/wire/lab.ts';
import { nextTurn } from '../drive.ts';
import { arrowPieces } from './arrow.ts';
import { parquetPieces } from './parquet.ts';

const writers: Readonly<
  Record<TableFormat, { readonly type: string; of(table: FileTable): Pieces }>
> = {
  csv: { type: 'text/csv', of: csvOf },
  parquet: { type: 'application/vnd.apache.parquet', of: parquetPieces },
  arrow: { type: 'application/vnd.apache.arrow.file', of: arrowPieces },
};

/** A table as a file of this name and format, whose pieces are made while they are taken: the whole is never in memory. */
export const tableFile = <Name extends string>(
  name: Name,
  format: TableFormat,
  table: FileTable,
): ExportFile & { readonly name: `${Name}.${TableFormat}` } => ({
  name: `${name}.${format}`,
  type: writers[format].type,
  content: writers[format].of(table),
});

/** The same file with its content as one Blob, which crosses threads: no more than a piece of it is ever text. */
export async function asBlob({ content, ...file }: ExportFile): Promise<ExportFile> {
  const blobs: Blob[] = [];
  for await (const piece of content) blobs.push(new Blob([piece]));
  return { ...file, content: [new Blob(blobs, { type: file.type })] };
}

/** Serves messages that wait before each piece, a cancel among them. */
export async function* stoppable(
  pieces: Pieces,
  signal: AbortSignal,
): AsyncGenerator<string | Blob> {
  for await (const piece of pieces) {
    await nextTurn(signal);
    yield piece;
  }
}
