import { LabError } from '../../../src/domain/errors.ts';
import type { Curve } from '../../../src/domain/validation/statistics/common-sessions.ts';
import { reply } from '../../../src/wire/errors.ts';
import type { JournalService, TrialRecord } from '../../../src/wire/journal.ts';
import { allRuns, mostPinned } from '../../../src/domain/journal.ts';
import { type TrialRow, journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { KeptDatabase } from './kept.ts';
import { listed } from './listed.ts';
import { liveIn, livesIn, livesOfImage, paperIn, writeLive } from './live.ts';
import { mergeJournal } from './merge.ts';
import { openJournal } from './open.ts';
import { isStudy, markRow, runRow, studyRow, summaryOf } from './rows.ts';
import { type TestedRun, compareSharpe } from './significance.ts';
import type { JournalStorage } from './storage.ts';
import { packCurve, unpackCurve } from './whole-curve.ts';

/** One journal on one storage: runs, their studies, and the trial ledger. */
export function createJournal(
  startSqlite: () => Promise<Sqlite>,
  openStorage: () => Promise<JournalStorage>,
): JournalService {
  let opening: Promise<KeptDatabase> | undefined;
  let onChange = (): void => undefined;
  let comparing = new AbortController();
  const start = async (): Promise<KeptDatabase> => {
    const kept = new KeptDatabase(await startSqlite(), openStorage);
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
  const guard = (work: (kept: KeptDatabase) => Promise<void>) =>
    reply(async () => {
      await work(await journal());
      return null;
    });

  return {
    open: () => reply(async () => (await journal()).settle()),

    watch: (listener) => {
      onChange = listener;
    },

    recordRun: (run) =>
      change((database) => {
        const row = runRow(run);
        database.run(journalSql.addStudy, [studyRow(run.study)]);
        database.run(journalSql.addRun, [row]);
        database.run(journalSql.addTrial, [trialRow(run.fingerprint, run.trial, run.madeAt)]);
        if (run.equity.day.length > 0) {
          database.run(journalSql.addCurve, [{ run: row.id, ...packCurve(run.equity) }]);
          database.run(journalSql.pruneCurves, [{}]);
        }
        return row.id;
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

    runs: (limit, offset, filter = allRuns) =>
      read((database) => ({
        ...listed(database, filter, limit, offset),
        total: database.rows(journalSql.runCount, {})[0]?.runs ?? 0,
        pinned: database
          .rows(journalSql.pinnedRuns, {})
          .map((row) => ({ place: row.place, run: summaryOf(row) })),
      })),

    mark: (run, marks) =>
      change((database) => {
        if (database.rows(journalSql.run, { id: run }).length === 0) throw noSuchRun();
        database.run(journalSql.mark, [markRow(run, marks)]);
        return null;
      }),

    studies: (runs) => read((database) => runs.map((id) => studyOf(database, id))),

    pin: (run) =>
      change((database) => {
        if (database.rows(journalSql.run, { id: run }).length === 0) throw noSuchRun();
        const pinned = database.run(journalSql.pin, [{ run }]) > 0;
        if (!pinned && database.rows(journalSql.pinOfRun, { run }).length === 0) throw noPlace();
        return null;
      }),

    unpin: (runs) =>
      change((database) => {
        database.run(
          journalSql.unpin,
          runs.map((run) => ({ run })),
        );
        return null;
      }),

    curves: (runs) => read((database) => runs.map((run) => curveOf(database, run))),

    compareSharpe: (runs) =>
      reply(async () => {
        comparing.abort();
        const { signal } = (comparing = new AbortController());
        const kept = await journal();
        const compared = await kept.read((database) => runs.map((id) => asCompared(database, id)));
        return compareSharpe(compared, signal);
      }),

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

    merge: (given, passphrase) =>
      reply(async () => {
        const kept = await journal();
        const image = await kept.opened(given, passphrase ?? null);
        return kept.change((database) => mergeJournal(database, kept.sqlite, image));
      }),

    told: (study) =>
      read((database) => {
        const [found] = database.rows(journalSql.told, { study });
        if (found === undefined) return null;
        const { through, red, failed } = found;
        return { through, red: JSON.parse(red) as string[], failed: failed === 1 };
      }),

    tell: (study, { through, red, failed }) =>
      change((database) => {
        const row = { study, through, red: JSON.stringify(red), failed: failed ? 1 : 0 };
        database.run(journalSql.tell, [row]);
        return null;
      }),

    lives: () => read(livesIn),

    beginLive: (account) =>
      change((database) => {
        database.run(journalSql.addLive, [{ id: account.id, account: JSON.stringify(account) }]);
        return null;
      }),

    live: (id) => read((database) => liveIn(database, id)),

    livesOf: (given, passphrase) =>
      reply(async () => {
        const kept = await journal();
        return livesOfImage(kept.sqlite, await kept.opened(given, passphrase ?? null));
      }),

    writeLive: (id, writing) =>
      change((database) => {
        writeLive(database, id, writing);
        return null;
      }),

    paper: (id) => read((database) => paperIn(database, id)),

    secrets: () =>
      read((database) =>
        Object.fromEntries(
          database.rows(journalSql.secrets, {}).map(({ name, value }) => [name, value]),
        ),
      ),

    keepSecret: (name, value) =>
      reply(async () => {
        const kept = await journal();
        return kept.change((database) => {
          if (value === null) database.run(journalSql.forgetSecret, [{ name }]);
          else if (!kept.status.encrypted) throw notEncrypted();
          else database.run(journalSql.keepSecret, [{ name, value }]);
          return null;
        });
      }),

    unlock: (passphrase) => guard((kept) => kept.unlock(passphrase)),
    lock: (everywhere) => guard((kept) => kept.lock(everywhere)),
    protect: (present, next) => guard((kept) => kept.protect(present, next)),
  };
}

const trialRow = (fingerprint: string, trial: TrialRecord, madeAt: string): TrialRow => ({
  fingerprint,
  ...trial,
  first_seen: madeAt,
});

function studyOf(database: SqliteDatabase, id: string): unknown {
  const [found] = database.rows(journalSql.studyOfRun, { id });
  if (found === undefined) throw noSuchRun();
  if (!isStudy(found)) throw new RangeError('The row of a study is damaged.');
  return JSON.parse(found.study);
}

function curveOf(database: SqliteDatabase, run: string): Curve | null {
  const [found] = database.rows(journalSql.curveOfRun, { run });
  return found === undefined ? null : unpackCurve(found);
}

function asCompared(database: SqliteDatabase, id: string): TestedRun {
  const study = studyOf(database, id);
  const [run] = database.rows(journalSql.run, { id });
  return { equityDigest: run?.equity_digest ?? id, study, curve: curveOf(database, id) };
}

/** With its pin, its whole curve and what is written on it. A run that another tab has deleted meanwhile is no loss. */
function move(id: string, from: SqliteDatabase, to: SqliteDatabase): void {
  to.run(journalSql.addStudy, from.rows(journalSql.studyOfRun, { id }));
  to.run(journalSql.addRun, from.rows(journalSql.run, { id }));
  to.run(journalSql.addCurve, from.rows(journalSql.curveOfRun, { run: id }));
  to.run(journalSql.addMark, from.rows(journalSql.markOfRun, { run: id }));
  to.run(journalSql.addPin, from.rows(journalSql.pinOfRun, { run: id }));
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

function notEncrypted(): LabError {
  return new LabError({
    kind: 'data',
    code: 'not-encrypted',
    problem: 'The history is not encrypted: a secret would lie in it for everyone to read.',
    remedy: 'Encrypt the history first.',
  });
}

function noSuchRun(): LabError {
  return new LabError({
    kind: 'data',
    problem: 'This run is no longer in the history.',
    remedy: 'It was deleted, perhaps in another tab.',
  });
}

function noPlace(): LabError {
  return new LabError({
    kind: 'data',
    problem: `${mostPinned} runs are pinned already.`,
    remedy: 'Unpin one of them first.',
  });
}
