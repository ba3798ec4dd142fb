import type { Field } from 'apache-arrow/fb/field';
import type { RecordBatch } from 'apache-arrow/fb/record-batch';
import type { Schema } from 'apache-arrow/fb/schema';
import { Type } from 'apache-arrow/fb/type';

/** Types that Arrow has had since 1.4 of its format: strings of at most 12 bytes in place, others somewhere in a buffer. */
const [binaryView, utf8View] = [23, 24];
const nullType: number = Type.Null;
/** Bytes of a view, and of a string that is in it. */
const [viewBytes, inPlace] = [16, 12];

/** What the buffers of a batch are: for each column how many, or views. */
type Column = number | 'views';

export interface Layout {
  readonly columns: readonly Column[];
  /** By id: the one column of a dictionary. */
  readonly dictionaries: ReadonlyMap<bigint, readonly Column[]>;
  /** Whether a column is one of views, or its dictionary is. */
  readonly hasViews: boolean;
}

/** A schema’s layout; the fields that are views become fields of plain strings in it. */
export function layoutOf(schema: Schema): Layout {
  let hasViews = false;
  const dictionaries = new Map<bigint, readonly Column[]>();
  const columns = Array.from({ length: schema.fieldsLength() }, (_, i): Column => {
    const field = schema.fields(i)!;
    const column = columnOf(field);
    if (column === 'views') {
      hasViews = true;
      makePlain(field);
    }
    const id = field.dictionary()?.id();
    if (id === undefined) return column;
    dictionaries.set(id, [column]);
    return 2;
  });
  return { columns, dictionaries, hasViews };
}

function columnOf(field: Field): Column {
  const type: number = field.typeType();
  if (type === utf8View || type === binaryView) return 'views';
  if (type === nullType) return 0;
  const ofBytes: number[] = [Type.Utf8, Type.Binary, Type.LargeUtf8, Type.LargeBinary];
  // Lists and structures have more buffers, which only a batch with views must tell apart.
  return field.childrenLength() > 0 ? NaN : ofBytes.includes(type) ? 3 : 2;
}

/** The type stands in one byte at the table’s third slot; the tables of strings and of views are both empty. */
function makePlain({ bb, bb_pos }: Field): void {
  const at = bb_pos + bb!.__offset(bb_pos, 8);
  bb!.writeUint8(at, bb!.readUint8(at) === utf8View ? Type.Utf8 : Type.Binary);
}

/** The buffers of a batch with offsets and data in place of views. `count` is told of bytes before there is room for them. */
export function offsetsOfViews(
  batch: RecordBatch,
  columns: readonly Column[],
  buffers: readonly Uint8Array[],
  count: (bytes: number) => number,
): Uint8Array[] {
  const plain: Uint8Array[] = [];
  let at = 0;
  let seen = 0;
  for (const [i, column] of columns.entries()) {
    if (Number.isNaN(column)) throw new RangeError('There are lists beside views.');
    if (column !== 'views') {
      plain.push(...buffers.slice(at, at + column));
      at += column;
      continue;
    }
    const data = variadic(batch, seen++);
    const [valid, views] = [buffers[at]!, buffers[at + 1]!];
    const rows = Number(batch.nodes(i)!.length());
    plain.push(
      valid,
      ...stringsOf(rows, valid, views, buffers.slice(at + 2, at + 2 + data), count),
    );
    at += 2 + data;
  }
  if (at !== buffers.length) throw new RangeError('There are more buffers than columns need.');
  return plain;
}

/** How many buffers a column of views has its longer strings in: a list in the batch’s fifth slot. */
function variadic({ bb, bb_pos }: RecordBatch, i: number): number {
  const slot = bb!.__offset(bb_pos, 12);
  if (slot === 0 || i >= bb!.__vector_len(bb_pos + slot))
    throw new RangeError('The buffers of views are not counted.');
  return Number(bb!.readInt64(bb!.__vector(bb_pos + slot) + i * 8));
}

function stringsOf(
  rows: number,
  valid: Uint8Array,
  views: Uint8Array,
  data: readonly Uint8Array[],
  count: (bytes: number) => number,
): [Uint8Array, Uint8Array] {
  if (views.length < rows * viewBytes) throw new RangeError('There are fewer views than rows.');
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const ends = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const isNull = valid.length > 0 && ((valid[row >> 3]! >> (row & 7)) & 1) === 0;
    const length = isNull ? 0 : view.getInt32(row * viewBytes, true);
    const end = ends[row]! + length;
    if (length < 0 || end > 0x7fffffff) throw new RangeError('A string has no length.');
    ends[row + 1] = end;
  }
  const out = new Uint8Array(count(ends[rows]!));
  for (let row = 0; row < rows; row++) {
    const at = row * viewBytes;
    const length = ends[row + 1]! - ends[row]!;
    const isHere = length <= inPlace;
    const from = isHere ? views : data[view.getInt32(at + 8, true)];
    const start = isHere ? at + 4 : view.getInt32(at + 12, true);
    if (from === undefined || start < 0 || start + length > from.length)
      throw new RangeError('A view points beyond the data.');
    out.set(from.subarray(start, start + length), ends[row]);
  }
  return [new Uint8Array(ends.buffer), out];
}
