import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { engineVersion } from '../../../src/domain/version.ts';
import { namesOf, rowsOf } from '../../../src/present/file-table.ts';
import type { FileTable, Stored } from '../../../src/domain/file-table.ts';
import { storedCells } from './stored.ts';

const types: Readonly<Record<Stored, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  date: { type: 'INT32', converted_type: 'DATE' },
  integer: { type: 'INT32' },
  double: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  flag: { type: 'BOOLEAN' },
};

/**
 * A Parquet file, uncompressed, as the bits of doubles hardly repeat; symbols and dates, which do, have dictionaries.
 * A piece is a group of rows, and that is a part of the table.
 */
export async function* parquetPieces(table: FileTable): AsyncGenerator<Blob> {
  const { columns, parts } = table;
  const names = namesOf(table);
  const bytes = new ByteWriter();
  const taken = (): Blob => {
    const piece = new Blob([bytes.getBytes()]);
    bytes.index = 0; // Its offset in the file goes on.
    return piece;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ stored, isFull }, i) => ({
        name: names[i]!,
        ...types[stored],
        repetition_type: isFull ? ('REQUIRED' as const) : ('OPTIONAL' as const),
      })),
    ],
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: `Outsample ${engineVersion}`,
  });
  for await (const part of parts) {
    const columnData = columns.map((column, i) => ({
      name: names[i]!,
      data: storedCells(column, part[i]!) as ArrayLike<unknown> as unknown[],
      offsetIndex: false,
      ...(column.stored === 'double' && { encoding: 'PLAIN' as const }),
    }));
    void writer.write({ columnData, rowGroupSize: rowsOf(table, part) });
    yield taken();
  }
  void writer.finish();
  yield taken();
}
