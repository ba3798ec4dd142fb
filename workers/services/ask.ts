import { DataType, type Table } from 'apache-arrow';
import {
  type ColumnType,
  type Query,
  type RowOf,
  type Shape,
  kindOf,
  mayBeNull,
} from '../../src/sql/query.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { misfitError } from '../engines/misfit.ts';

/** DuckDB reads parameters as variables. */
type Variables = Shape<Exclude<ColumnType, `${'bigint' | 'bytes'}${string}` | `${string} or null`>>;

/** A query's rows as plain objects: for small results. Throws where a column is not of the type declared. */
export async function ask<T extends Variables, Y extends Shape>(
  engine: Engine,
  { text, takes, yields }: Query<T, Y>,
  values: RowOf<T>,
  signal?: AbortSignal,
): Promise<RowOf<Y>[]> {
  if (Object.keys(takes).length > 0) engine.run(setVariables(values));
  const table = await engine.query(text, signal);
  for (const [name, column] of Object.entries(yields)) {
    const found = misfit(table, name, column);
    if (found !== undefined) throw misfitError('DuckDB', text, name, column, found);
  }
  return (table.toArray() as { toJSON(): RowOf<Y> }[]).map((row) => row.toJSON());
}

/** Keeps what a query yields as a table. */
export async function keep<T extends Variables>(
  engine: Engine,
  table: string,
  { text, takes }: Query<T, Shape>,
  values: RowOf<T>,
  signal?: AbortSignal,
): Promise<void> {
  if (Object.keys(takes).length > 0) engine.run(setVariables(values));
  await engine.query(`CREATE OR REPLACE TABLE ${table} AS ${text}`, signal);
}

const holds: Readonly<Record<ReturnType<typeof kindOf>, (type: DataType) => boolean>> = {
  text: (type) => DataType.isUtf8(type),
  integer: (type) => DataType.isInt(type) && type.bitWidth <= 32,
  number: (type) => DataType.isFloat(type),
  bigint: (type) => DataType.isInt(type) && type.bitWidth === 64,
  bytes: (type) => DataType.isBinary(type),
};

/** What a column is instead of what it should be: told by its type and its count of nulls, whatever its length. */
function misfit(table: Table, name: string, column: ColumnType): string | undefined {
  const found = table.getChild(name);
  if (found === null) return 'missing';
  if (!holds[kindOf(column)](found.type as DataType)) return String(found.type);
  return found.nullCount > 0 && !mayBeNull(column) ? 'sometimes null' : undefined;
}
