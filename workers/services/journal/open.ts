import { LabError } from '../../../src/domain/errors.ts';
import {
  journalApplication,
  journalMigrations,
  journalSql,
} from '../../../src/sql/journal/catalogue.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { magic, page, reserve } from './sqlcipher.ts';

/**
 * Opens the image of a journal, or an empty one, and brings it to the newest version. Throws a LabError of kind
 * 'data' on what is no journal, holds other tables than its version has or rows that these forbid, or is newer than
 * this code. The image stays as it is.
 */
export function openJournal(
  sqlite: Sqlite,
  image: Uint8Array | null,
  migrations: readonly string[] = journalMigrations,
): SqliteDatabase {
  const database = sqlite.open(image ?? emptyImage());
  try {
    migrate(database, versionOf(sqlite, database, image !== null, migrations), migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** An SQLite database of one empty page, with room on each for what encryption adds (sqlcipher.ts). */
function emptyImage(): Uint8Array {
  const image = new Uint8Array(page);
  image.set(magic);
  const view = new DataView(image.buffer);
  view.setUint16(16, page);
  image.set([1, 1, reserve, 64, 32, 32], 18); // Rollback journal, and constants.
  view.setUint32(28, 1); // Pages.
  view.setUint32(44, 4); // Format of the schema.
  view.setUint32(56, 1); // UTF-8.
  image[100] = 13; // The schema’s table, an empty leaf.
  view.setUint16(105, page - reserve);
  return image;
}

function versionOf(
  sqlite: Sqlite,
  database: SqliteDatabase,
  filled: boolean,
  migrations: readonly string[],
): number {
  if (!filled) return 0;
  const { application, version } = readable(() => ({
    application: database.rows(journalSql.applicationId, {})[0]?.application_id,
    version: database.rows(journalSql.userVersion, {})[0]?.user_version ?? 0,
  }));
  if (application !== journalApplication) throw noJournal('It is another program’s database.');
  if (version > migrations.length) {
    throw new LabError({
      kind: 'data',
      problem: `This journal was written by a newer Outsample: it has version ${version}, and this one knows ${migrations.length}.`,
      remedy: 'Reload the page to get the newest Outsample. The journal is left as it is.',
    });
  }
  if (schemaOf(database) !== schemaAt(sqlite, version, migrations)) {
    throw noJournal('Its tables are not those of its version.');
  }
  const isWhole = readable(
    () =>
      database.rows(journalSql.quickCheck, {})[0]?.quick_check === 'ok' &&
      database.rows(journalSql.orphans, {})[0]?.orphans === 0,
  );
  if (!isWhole) throw noJournal('Some of its rows are damaged.');
  return version;
}

function migrate(database: SqliteDatabase, from: number, migrations: readonly string[]): void {
  migrations.slice(from).forEach((script, index) => {
    database.transaction(() => {
      database.script(script);
      database.script(`PRAGMA user_version = ${from + index + 1}`);
    });
  });
}

/** The tables that a journal of that version has, and nothing else: no trigger, no view. */
function schemaAt(sqlite: Sqlite, version: number, migrations: readonly string[]): string {
  const empty = sqlite.open(null);
  try {
    migrate(empty, 0, migrations.slice(0, version));
    return schemaOf(empty);
  } finally {
    empty.close();
  }
}

const schemaOf = (database: SqliteDatabase): string =>
  readable(() => JSON.stringify(database.rows(journalSql.schema, {})));

function readable<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw noJournal(error instanceof LabError ? (error.data.cause ?? '') : String(error));
  }
}

/** A damaged journal has a cause; one that is only too new has none. */
export const isDamaged = (error: unknown): error is LabError =>
  error instanceof LabError && error.data.cause !== undefined;

export function noJournal(cause: string): LabError {
  return new LabError({
    kind: 'data',
    problem: 'This is no journal of Outsample, or it is damaged.',
    remedy: 'Choose a file that was exported from the history.',
    cause,
  });
}
