import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Utf8,
  makeData,
  util,
} from 'apache-arrow';
import { namesOf, rowsOf } from '../../../src/present/file-table.ts';
import type { Cells, FileColumn, FileTable, Stored } from '../../../src/domain/file-table.ts';
import { type StoredCell, storedCells } from './stored.ts';

const types: Readonly<Record<Stored, DataType>> = {
  date: new DateDay(),
  integer: new Int32(),
  double: new Float64(),
  text: new Utf8(),
  flag: new Bool(),
};

/** An Arrow IPC file, uncompressed. A piece is a batch of rows, and that is a part of the table. */
export async function* arrowPieces(table: FileTable): AsyncGenerator<Blob> {
  const { columns, parts } = table;
  const names = namesOf(table);
  const fields = columns.map(
    ({ stored, isFull = false }, i) => new Field(names[i]!, types[stored], !isFull),
  );
  const schema = new Schema(fields);
  const type = new Struct(fields);
  const bytes = new Bytes();
  const writer = new RecordBatchFileWriter();
  writer.reset(bytes, schema);
  for await (const part of parts) {
    const children = columns.map((column, i) => dataOf(column, part[i]!));
    const data = makeData({ type, children, length: rowsOf(table, part), nullCount: 0 });
    writer.write(new RecordBatch(schema, data));
    yield await bytes.taken();
  }
  writer.finish();
  yield await bytes.taken();
}

/** What is written and not taken yet. */
class Bytes extends AsyncByteQueue {
  #waiting = 0;

  override write(chunk: Uint8Array): void {
    this.#waiting += 1;
    super.write(chunk);
  }

  async taken(): Promise<Blob> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for (; this.#waiting > 0; this.#waiting--)
      chunks.push((await this.read()) as Uint8Array<ArrayBuffer>);
    return new Blob(chunks);
  }
}

/** Arrow's own builders compile code from text, which a worker of the page may not. */
function dataOf(column: FileColumn, given: Cells): Data {
  const { stored } = column;
  const cells = storedCells(column, given);
  const type = types[stored] as never;
  const { length } = cells;
  const isKnown = Array.from(cells, (cell) => cell !== null);
  const nullCount = isKnown.filter((known) => !known).length;
  const nullBitmap = nullCount === 0 ? undefined : util.packBools(isKnown);
  const shape = { type, length, nullCount, nullBitmap };
  switch (stored) {
    case 'text':
      return makeData({ ...shape, ...encoded(cells) } as never);
    case 'flag':
      return makeData({ ...shape, data: util.packBools(Array.from(cells, Boolean)) } as never);
    case 'double':
      return makeData({ ...shape, data: numbers(Float64Array, cells) } as never);
    default:
      return makeData({ ...shape, data: numbers(Int32Array, cells) } as never);
  }
}

/** The cells themselves where they are such an array. */
const numbers = <T extends Float64Array | Int32Array>(
  kind: { new (cells: ArrayLike<number>): T },
  cells: ArrayLike<StoredCell>,
): T => (cells instanceof kind ? cells : new kind(Array.from(cells, Number)));

function encoded(cells: ArrayLike<StoredCell>): { valueOffsets: Int32Array; data: Uint8Array } {
  const encoder = new TextEncoder();
  // Rows of one symbol stand together.
  let [last, bytes]: [StoredCell, Uint8Array] = ['', new Uint8Array()];
  const valueOffsets = new Int32Array(cells.length + 1);
  const texts = Array.from(cells, (cell, i) => {
    if (cell !== last) [last, bytes] = [cell, encoder.encode(String(cell ?? ''))];
    valueOffsets[i + 1] = valueOffsets[i]! + bytes.length;
    return bytes;
  });
  const data = new Uint8Array(valueOffsets.at(-1)!);
  for (const [i, text] of texts.entries()) data.set(text, valueOffsets[i]);
  return { valueOffsets, data };
}
