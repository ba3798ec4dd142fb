import initSqlJs, { type Database, type SqlJsStatic } from 'sql.js';
import { LabError } from '../../src/domain/errors.ts';
import type { Query, SqlValue } from '../../src/sql/journal/catalogue.ts';

/** SQLite behind one port: the same WebAssembly binary in a browser's worker and in Node. */
export interface Sqlite {
  /** Opens an image, or an empty database. An image that is none fails at the first statement. */
  open(image: Uint8Array | null): SqliteDatabase;
}

/** One database in memory, synchronous. All failures are LabErrors of kind 'engine' with the SQL. */
export interface SqliteDatabase {
  /** Runs statements that bind nothing. */
  script(sql: string): void;
  rows<P extends object, R extends object>(query: Query<P, R>, parameters: P): R[];
  /** Runs one statement for each of `many`, and says how many rows it changed. */
  run<P extends object>(query: Query<P, object>, many: Iterable<P>): number;
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

/** A new connection trusts no schema with more than reading and writing, and holds references. */
const settings = 'PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;';

class SqlJsDatabase implements SqliteDatabase {
  readonly #database: Database;

  constructor(sqlite: SqlJsStatic, image: Uint8Array | null) {
    this.#database = new sqlite.Database(image);
    this.script(settings);
  }

  script(sql: string): void {
    attempt(sql, () => this.#database.exec(sql));
  }

  rows<P extends object, R extends object>({ text }: Query<P, R>, parameters: P): R[] {
    return attempt(text, () => {
      const statement = this.#database.prepare(text);
      try {
        statement.bind(bound(parameters));
        const rows: R[] = [];
        while (statement.step()) rows.push(statement.getAsObject() as R);
        return rows;
      } finally {
        statement.free();
      }
    });
  }

  run<P extends object>({ text }: Query<P, object>, many: Iterable<P>): number {
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

const bound = (parameters: object): Record<string, SqlValue> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`$${name}`, value as SqlValue]),
  );

function attempt<T>(sql: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new LabError({ kind: 'engine', problem: `SQLite refused a query: ${cause}`, sql, cause });
  }
}
