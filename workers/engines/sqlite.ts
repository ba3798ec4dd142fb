import initSqlJs, { type Database, type SqlJsStatic, type SqlValue } from 'sql.js';
import { LabError } from '../../src/domain/errors.ts';
import {
  type ColumnType,
  type Nothing,
  type Query,
  type RowOf,
  type Shape,
  misfit,
} from '../../src/sql/query.ts';
import { misfitError } from './misfit.ts';

/** sql.js gives no integers of 64 bits. */
type SqliteShape = Shape<Exclude<ColumnType, `bigint${string}`>>;

/** A statement with nothing said of the rows that it yields. */
interface Statement {
  readonly text: string;
  readonly takes?: never;
}
type SqliteRow = Readonly<Record<string, SqlValue>>;

/** SQLite behind one port: the same WebAssembly binary in a browser's worker and in Node. */
export interface Sqlite {
  /** Opens an image, or an empty database. An image that is none fails at the first statement. */
  open(image: Uint8Array | null): SqliteDatabase;
}

/** One database in memory, synchronous. All failures are LabErrors of kind 'engine' with the SQL. */
export interface SqliteDatabase {
  /** Runs statements that bind nothing. */
  script(sql: string): void;
  /** Throws at the first row that is not as declared. */
  rows<T extends SqliteShape, Y extends SqliteShape>(
    query: Query<T, Y>,
    parameters: RowOf<T>,
  ): RowOf<Y>[];
  rows(statement: Statement, parameters: SqliteRow): SqliteRow[];
  /** Runs one statement for each of `many`, and says how many rows it changed. */
  run<T extends SqliteShape>(query: Query<T, Nothing>, many: Iterable<RowOf<T>>): number;
  /** All of `work` or nothing. */
  transaction<T>(work: () => T): T;
  /** The whole database as the bytes of an SQLite file. */
  image(): Uint8Array;
  close(): void;
}

/** Boots sql.js on its binary; without one it finds its own, in Node. */
export async function startSqlite(wasmBinary?: ArrayBuffer): Promise<Sqlite> {
  const sqlite = await initSqlJs(wasmBinary === undefined ? {} : { wasmBinary });
  return { open: (image) => new SqlJsDatabase(sqlite, image) };
}

/**
 * A new connection trusts no schema with more than reading and writing, holds references, and leaves nothing of what is
 * deleted in the image.
 */
const settings =
  'PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;';

class SqlJsDatabase implements SqliteDatabase {
  readonly #database: Database;

  constructor(sqlite: SqlJsStatic, image: Uint8Array | null) {
    this.#database = new sqlite.Database(image);
    this.script(settings);
  }

  script(sql: string): void {
    attempt(sql, () => this.#database.exec(sql));
  }

  rows<T extends SqliteShape, Y extends SqliteShape>(
    query: Query<T, Y>,
    parameters: RowOf<T>,
  ): RowOf<Y>[];
  rows(statement: Statement, parameters: SqliteRow): SqliteRow[];
  rows(
    { text, yields = {} }: { readonly text: string; readonly yields?: Shape },
    parameters: SqliteRow,
  ): SqliteRow[] {
    return attempt(text, () => {
      const statement = this.#database.prepare(text);
      try {
        statement.bind(bound(parameters));
        const rows: SqliteRow[] = [];
        while (statement.step()) {
          const row = statement.getAsObject();
          const wrong = misfit(yields, row);
          if (wrong !== undefined)
            throw misfitError('SQLite', text, wrong, yields[wrong]!, String(row[wrong]));
          rows.push(row);
        }
        return rows;
      } finally {
        statement.free();
      }
    });
  }

  run<T extends SqliteShape>({ text }: Query<T, Nothing>, many: Iterable<RowOf<T>>): number {
    return attempt(text, () => {
      const statement = this.#database.prepare(text);
      try {
        let changed = 0;
        for (const parameters of many) {
          statement.run(bound(parameters));
          changed += this.#database.getRowsModified();
        }
        return changed;
      } finally {
        statement.free();
      }
    });
  }

  transaction<T>(work: () => T): T {
    this.script('BEGIN');
    try {
      const value = work();
      this.script('COMMIT');
      return value;
    } catch (error) {
      this.script('ROLLBACK');
      throw error;
    }
  }

  image(): Uint8Array {
    const image = this.#database.export();
    this.script(settings); // sql.js closes and opens the database for an export.
    return image;
  }

  close(): void {
    this.#database.close();
  }
}

const bound = (parameters: SqliteRow): Record<string, SqlValue> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`$${name}`, value]));

function attempt<T>(sql: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LabError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new LabError({ kind: 'engine', problem: `SQLite refused a query: ${cause}`, sql, cause });
  }
}
