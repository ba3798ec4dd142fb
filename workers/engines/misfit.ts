import { LabError } from '../../src/domain/errors.ts';
import type { ColumnType } from '../../src/sql/query.ts';

/** A database answered with a column otherwise than its query declares. */
export const misfitError = (
  database: 'DuckDB' | 'SQLite',
  sql: string,
  name: string,
  declared: ColumnType,
  found: string,
): LabError =>
  new LabError({
    kind: 'engine',
    problem: `${database} answered a query otherwise than declared: its column ${name} is ${found}, not ${declared}.`,
    sql,
  });
