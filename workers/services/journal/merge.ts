import { LabError } from '../../../src/domain/errors.ts';
import type { Merged } from '../../../src/wire/journal.ts';
import { journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { noJournal, openJournal } from './open.ts';
import { isMark, isRun, isStudy } from './rows.ts';
import { unpackCurve } from './whole-curve.ts';

/** Far more than a million trials. */
export const largest = 256e6;

/**
 * Adds to `into` what the image of another journal holds beyond it, row by row of the primary keys; nothing is
 * replaced, and a pin takes its place only where that is free. Throws a LabError of kind 'data' on an image that is no whole journal, and then adds nothing if the caller
 * holds a transaction.
 */
export function mergeJournal(into: SqliteDatabase, sqlite: Sqlite, image: Uint8Array): Merged {
  if (image.length > largest) throw noJournal('It is larger than 256 MB.');
  const other = openJournal(sqlite, image);
  try {
    return whole(() => {
      const studies = other.rows(journalSql.allStudies, {});
      const runs = other.rows(journalSql.allRuns, {});
      const curves = other.rows(journalSql.allCurves, {});
      const marks = other.rows(journalSql.allMarks, {});
      const sound =
        studies.every(isStudy) &&
        runs.every(isRun) &&
        marks.every(isMark) &&
        curves.every((curve) => unpackCurve(curve) !== null);
      if (!sound) throw noJournal('Some of its rows are damaged.');
      into.run(journalSql.addStudy, studies);
      const added = {
        runs: into.run(journalSql.addRun, runs),
        trials: into.run(journalSql.addTrial, other.rows(journalSql.allTrials, {})),
      };
      into.run(journalSql.addCurve, curves);
      into.run(journalSql.addMark, marks);
      into.run(journalSql.addPin, other.rows(journalSql.allPins, {}));
      into.run(journalSql.pruneCurves, [{}]);
      return added;
    });
  } finally {
    other.close();
  }
}

/** What SQLite or JSON says of a damaged row becomes a refusal of the file. */
export function whole<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LabError && error.data.kind === 'data') throw error;
    throw noJournal(error instanceof Error ? error.message : String(error));
  }
}
