import type { Table } from 'apache-arrow';

/** All rows as plain objects, of the type that the test says. */
export const rows = <T>(table: Table): T[] =>
  (table.toArray() as { toJSON(): unknown }[]).map((row) => row.toJSON() as T);
