import {
  type Data,
  type DataType,
  Field,
  Float64,
  Int32,
  List,
  Utf8,
  Vector,
  makeData,
  util,
} from 'apache-arrow';

/** What a cell of a shard’s table holds. */
export type Cell = string | number | Int32Array | Float64Array | null;

/**
 * Kinds of columns, all of whose cells may be null. There are no booleans: where all are null, Arrow's writer leaves their
 * bits out, and polars refuses the file.
 */
export const kinds = {
  text: new Utf8(),
  whole: new Int32(),
  number: new Float64(),
  wholes: new List(new Field('item', new Int32(), false)),
  numbers: new List(new Field('item', new Float64(), false)),
} as const;
export type Kind = keyof typeof kinds;

/** A column of these cells, without Arrow's own builders, which compile code from text. */
export function columnOf(kind: Kind, cells: readonly Cell[]): Data {
  const isKnown = cells.map((cell) => cell !== null);
  const nullCount = isKnown.filter((known) => !known).length;
  const nullBitmap = nullCount === 0 ? undefined : util.packBools(isKnown);
  const shape = { type: kinds[kind] as never, length: cells.length, nullCount, nullBitmap };
  return makeData({ ...shape, ...valuesOf(kind, cells) } as never);
}

function valuesOf(kind: Kind, cells: readonly Cell[]): object {
  switch (kind) {
    case 'text': {
      const texts = cells.map((cell) => Buffer.from(String(cell ?? '')));
      return { valueOffsets: offsetsOf(texts), data: Buffer.concat(texts) };
    }
    case 'whole':
      return { data: Int32Array.from(cells, Number) };
    case 'number':
      return { data: Float64Array.from(cells, Number) };
    case 'wholes':
      return listed(new Int32(), Int32Array, cells as readonly (Int32Array | null)[]);
    case 'numbers':
      return listed(new Float64(), Float64Array, cells as readonly (Float64Array | null)[]);
  }
}

function listed<T extends Int32Array | Float64Array>(
  type: DataType,
  array: { new (length: number): T },
  cells: readonly (T | null)[],
): object {
  const parts = cells.map((cell) => cell ?? new array(0));
  const valueOffsets = offsetsOf(parts);
  const length = valueOffsets.at(-1)!;
  const data = new array(length);
  for (const [i, part] of parts.entries()) data.set(part, valueOffsets[i]);
  return { valueOffsets, child: makeData({ type, length, nullCount: 0, data } as never) };
}

function offsetsOf(parts: readonly ArrayLike<unknown>[]): Int32Array {
  const offsets = new Int32Array(parts.length + 1);
  for (const [i, { length }] of parts.entries()) offsets[i + 1] = offsets[i]! + length;
  return offsets;
}

/** The cells of a column; lists are views of what was read. */
export const cellsOf = (column: Vector): readonly Cell[] =>
  Array.from(column, (cell: unknown) =>
    cell instanceof Vector ? (cell.toArray() as Float64Array) : (cell as Cell),
  );
