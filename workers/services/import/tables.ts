import {
  type Float64,
  Int32,
  Int64,
  Table,
  Utf8,
  Vector,
  makeBuilder,
  makeData,
  makeVector,
  tableToIPC,
} from 'apache-arrow';
import type { Engine } from '../../engines/engine.ts';

export function textVector(values: readonly (string | null)[]): Vector {
  const builder = makeBuilder({ type: new Utf8() });
  for (const [i, value] of values.entries()) {
    if (value === null) builder.setValid(i, false);
    else builder.set(i, value);
  }
  return builder.finish().toVector();
}

export const int32s = (values: readonly (number | null)[]): Vector<Int32> =>
  vectorOf(new Int32(), values);

/** Whole numbers below 2^53 as 64 bits. */
export function int64s(values: Float64Array): Vector<Int64> {
  const halves = new Int32Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    halves[2 * i] = values[i]! | 0;
    halves[2 * i + 1] = Math.floor(values[i]! / 4_294_967_296);
  }
  const data = new BigInt64Array(halves.buffer);
  return makeVector(makeData({ type: new Int64(), length: values.length, data }));
}

export function vectorOf<T extends Int32 | Int64 | Float64>(
  type: T,
  values: readonly (number | bigint | null | undefined)[],
): Vector<T> {
  const data = new type.ArrayType(values.length);
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) nullCount += 1;
    else {
      data[i] = value;
      nullBitmap[i >> 3]! |= 1 << (i & 7);
    }
  }
  const made = makeVector(
    makeData({
      type: type as Float64,
      length: values.length,
      nullCount,
      nullBitmap,
      data: data as Float64Array<ArrayBuffer>,
    }),
  );
  return made as Vector as Vector<T>;
}

/** A column of the engine’s tables: numbers of which none is missing, texts, or what Arrow has made of them. */
export type ColumnData = Vector | Int32Array | Float64Array | readonly (string | null)[];

/** A table of ours in the engine, in place of any of that name. No two columns may be views of the same bytes. */
export function putTable(
  engine: Engine,
  table: string,
  columns: Readonly<Record<string, ColumnData>>,
): void {
  engine.run(`DROP TABLE IF EXISTS ${table}`);
  engine.insertArrow(table, streamOf(columns));
}

/** More rows of a table of ours. */
export const putAfter = (
  engine: Engine,
  table: string,
  columns: Readonly<Record<string, ColumnData>>,
): void => engine.insertArrow(table, streamOf(columns), true);

function streamOf(columns: Readonly<Record<string, ColumnData>>): Uint8Array {
  const vectors = Object.entries(columns).map(([name, data]) => [name, columnOf(data)] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), 'stream');
}

function columnOf(data: ColumnData): Vector {
  if (data instanceof Int32Array || data instanceof Float64Array) return makeVector(data);
  return data instanceof Vector ? data : textVector(data);
}
