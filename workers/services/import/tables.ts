import {
  type Float64,
  Int32,
  type Int64,
  Table,
  Utf8,
  type Vector,
  makeBuilder,
  tableToIPC,
} from 'apache-arrow';
import type { Engine } from '../../engines/engine.ts';

export const textVector = (values: readonly (string | null)[]): Vector =>
  vectorOf(new Utf8(), values);
export const int32s = (values: readonly (number | null)[]): Vector => vectorOf(new Int32(), values);

export function vectorOf(
  type: Utf8 | Int32 | Int64 | Float64,
  values: readonly (string | number | bigint | null)[],
): Vector {
  const builder = makeBuilder({ type });
  for (const [i, value] of values.entries()) {
    if (value === null) builder.setValid(i, false);
    else builder.set(i, value);
  }
  return builder.finish().toVector();
}

/** A small table of ours in the engine, in place of any of that name. */
export function putTable(engine: Engine, table: string, columns: Record<string, Vector>): void {
  engine.run(`DROP TABLE IF EXISTS ${table}`);
  engine.insertArrow(table, tableToIPC(new Table(columns), 'stream'));
}
