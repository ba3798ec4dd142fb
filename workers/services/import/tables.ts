import { Int32, Table, Utf8, type Vector, tableToIPC, vectorFromArray } from 'apache-arrow';
import type { Engine } from '../../engines/engine.ts';

export const textVector = (values: readonly (string | null)[]): Vector =>
  vectorFromArray(values, new Utf8());
export const int32s = (values: readonly (number | null)[]): Vector =>
  vectorFromArray(values, new Int32());

/** A small table of ours in the engine, in place of any of that name. */
export function putTable(engine: Engine, table: string, columns: Record<string, Vector>): void {
  engine.run(`DROP TABLE IF EXISTS ${table}`);
  engine.insertArrow(table, tableToIPC(new Table(columns), 'stream'));
}
