import { LabError } from '../../../src/domain/errors.ts';
import { reply } from '../../../src/protocol/errors.ts';
import type { JournalService, TrialRecord } from '../../../src/protocol/journal.ts';
import { type TrialRow, journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { KeptDatabase } from './kept.ts';
import { mergeJournal } from './merge.ts';
import { openJournal } from './open.ts';
import { runRow, studyRow, summaryOf } from './rows.ts';
import type { JournalStorage } from './storage.ts';

/** One journal on one storage: runs, their studies, and the trial ledger. */
export function createJournal(
  startSqlite: () => Promise<Sqlite>,
  openStorage: () => Promise<JournalStorage>,
): JournalService {
  let opening: Promise<KeptDatabase> | undefined;
  let onChange = (): void => undefined;
  const start = async (): Promise<KeptDatabase> => {
    const kept = await KeptDatabase.open(await startSqlite(), openStorage);
    kept.watch(() => onChange());
    return kept;
  };
  const journal = (): Promise<KeptDatabase> => {
    opening ??= start();
    opening.catch(() => (opening = undefined)); // Offline, say: the next call tries again.
    return opening;
  };
  const read = <T>(work: (database: SqliteDatabase) => T) =>
    reply(async () => (await journal()).read(work));
  const change = <T>(work: (database: SqliteDatabase, sqlite: Sqlite) => T) =>
    reply(async () => {
      const kept = await journal();
      return kept.change((database) => work(database, kept.sqlite));
    });

  return {
    open: () =>
      reply(async () => {
        const kept = await journal();
        await kept.read(() => undefined);
        return kept.status;
      }),

    watch: (listener) => {
      onChange = listener;
    },

    recordRun: (run) =>
      change((database) => {
        database.run(journalSql.addStudy, [studyRow(run.study)]);
        database.run(journalSql.addRun, [runRow(run)]);
        database.run(journalSql.addTrial, [trialRow(run.fingerprint, run.trial, run.madeAt)]);
        return null;
      }),

    recordTrials: (fingerprint, trials, madeAt) =>
      change((database) => {
        const rows = trials.map((trial) => trialRow(fingerprint, trial, madeAt));
        database.run(journalSql.addTrial, rows);
        return null;
      }),

    ledger: (fingerprint) =>
      read((database) => {
        const [found] = database.rows(journalSql.ledger, { fingerprint });
        const { trials = 0, with_sharpe: withSharpe = 0, variance = null } = found ?? {};
        return { trials, withSharpe, variance };
      }),

    runs: (limit, offset) =>
      read((database) => ({
        runs: database.rows(journalSql.runs, { limit, offset }).map(summaryOf),
        total: database.rows(journalSql.runCount, {})[0]?.runs ?? 0,
      })),

    studies: (runs) =>
      read((database) =>
        runs.map((id) => {
          const [found] = database.rows(journalSql.studyOfRun, { id });
          if (found === undefined) throw noSuchRun();
          return JSON.parse(found.study) as unknown;
        }),
      ),

    deleteRuns: (ids) =>
      change((database, sqlite) => {
        const deleted = openJournal(sqlite, null);
        try {
          for (const id of ids) move(id, database, deleted);
          database.run(journalSql.deleteUnusedStudies, [{}]);
          return deleted.image();
        } finally {
          deleted.close();
        }
      }),

    clear: () =>
      reply(async () => {
        const kept = await journal();
        return (await kept.clear()) ?? emptyImage(kept.sqlite);
      }),

    image: () =>
      reply(async () => {
        const kept = await journal();
        return (await kept.image()) ?? emptyImage(kept.sqlite);
      }),

    merge: (image) => change((database, sqlite) => mergeJournal(database, sqlite, image)),
  };
}

const trialRow = (fingerprint: string, trial: TrialRecord, madeAt: string): TrialRow => ({
  fingerprint,
  ...trial,
  first_seen: madeAt,
});

/** A run that another tab has deleted meanwhile is no loss. */
function move(id: string, from: SqliteDatabase, to: SqliteDatabase): void {
  to.run(journalSql.addStudy, from.rows(journalSql.studyOfRun, { id }));
  to.run(journalSql.addRun, from.rows(journalSql.run, { id }));
  from.run(journalSql.deleteRun, [{ id }]);
}

function emptyImage(sqlite: Sqlite): Uint8Array {
  const empty = openJournal(sqlite, null);
  try {
    return empty.image();
  } finally {
    empty.close();
  }
}

function noSuchRun(): LabError {
  return new LabError({
    kind: 'data',
    problem: 'This run is no longer in the history.',
    remedy: 'It was deleted, perhaps in another tab.',
  });
}
