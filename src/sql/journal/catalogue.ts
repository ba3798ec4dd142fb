import { type RowOf, declare } from '../query.ts';
import curves from './curves.sql?raw';
import database from './database.sql?raw';
import live from './live.sql?raw';
import marks from './marks.sql?raw';
import migration1 from './migration_1.sql?raw';
import migration2 from './migration_2.sql?raw';
import migration3 from './migration_3.sql?raw';
import migration4 from './migration_4.sql?raw';
import migration5 from './migration_5.sql?raw';
import notices from './notices.sql?raw';
import pins from './pins.sql?raw';
import runs from './runs.sql?raw';
import secrets from './secrets.sql?raw';
import studies from './studies.sql?raw';
import trials from './trials.sql?raw';

/** `digest` is the SHA-256 of `study`, which is canonical JSON. */
const study = { digest: 'text', name: 'text', study: 'text' } as const;
export type StudyRow = RowOf<typeof study>;

/** A row of `runs` as its table has it (migration_1.sql says what each column means). */
const run = {
  id: 'text',
  made_at: 'text',
  study: 'text',
  fingerprint: 'text',
  dataset: 'text',
  engine: 'text',
  trades_digest: 'text',
  equity_digest: 'text',
  metrics_digest: 'text',
  metrics: 'text',
  labels: 'text',
  curve_days: 'bytes',
  curve_equity: 'bytes',
} as const;
export type RunRow = RowOf<typeof run>;

const listedRun = { ...run, name: 'text', strategy: 'text or null' } as const;
export type ListedRunRow = RowOf<typeof listedRun>;

/** What a person wrote on a run (migration_3.sql). */
const mark = { run: 'text', name: 'text', tags: 'text', starred: 'integer' } as const;
export type MarkRow = RowOf<typeof mark>;

/** A row of a page of the list; `found` counts the rows of all pages. */
const foundRun = {
  ...listedRun,
  settings: 'text',
  own_name: 'text',
  tags: 'text',
  starred: 'integer',
  found: 'integer',
} as const;
export type FoundRunRow = RowOf<typeof foundRun>;

/** A whole curve (migration_2.sql). */
const curve = { run: 'text', sessions: 'integer', packed: 'bytes' } as const;
export type CurveRow = RowOf<typeof curve>;

/** Places are from 1 to 4. */
const pin = { place: 'integer', run: 'text' } as const;

/** What was told of a study (migration_4.sql). */
const told = { study: 'text', through: 'integer', red: 'text', failed: 'integer' } as const;

/** A study that is traded (migration_5.sql). */
const liveAccount = { id: 'text', account: 'text' } as const;

const secret = { name: 'text', value: 'text' } as const;

/** Digests in lower-case hex. */
const trial = {
  fingerprint: 'text',
  digest: 'text',
  sharpe: 'number or null',
  sessions: 'integer',
  first_seen: 'text',
} as const;
export type TrialRow = RowOf<typeof trial>;

/** Every statement on the journal but its migrations. */
export const journalSql = {
  ...declare(studies, {
    addStudy: { takes: study },
    studyOfRun: { takes: { id: 'text' }, yields: study },
    allStudies: { yields: study },
    deleteUnusedStudies: {},
  }),
  ...declare(runs, {
    addRun: { takes: run },
    run: { takes: { id: 'text' }, yields: run },
    runs: {
      takes: {
        by: 'text',
        text: 'text',
        strategies: 'text',
        starred: 'integer',
        least: 'integer',
        limit: 'integer',
        offset: 'integer',
      },
      yields: foundRun,
    },
    runBefore: {
      takes: { made_at: 'text', strategy: 'text or null' },
      yields: { fingerprint: 'text', digest: 'text', study: 'text' },
    },
    runCount: { yields: { runs: 'integer' } },
    allRuns: { yields: run },
    deleteRun: { takes: { id: 'text' } },
  }),
  ...declare(curves, {
    addCurve: { takes: curve },
    curveOfRun: { takes: { run: 'text' }, yields: curve },
    allCurves: { yields: curve },
    pruneCurves: {},
  }),
  ...declare(pins, {
    pin: { takes: { run: 'text' } },
    addPin: { takes: pin },
    unpin: { takes: { run: 'text' } },
    pinOfRun: { takes: { run: 'text' }, yields: pin },
    pinnedRuns: { yields: { ...listedRun, place: pin.place } },
    allPins: { yields: pin },
  }),
  ...declare(marks, {
    mark: { takes: mark },
    addMark: { takes: mark },
    markOfRun: { takes: { run: 'text' }, yields: mark },
    allMarks: { yields: mark },
  }),
  ...declare(notices, {
    told: { takes: { study: 'text' }, yields: told },
    tell: { takes: told },
  }),
  ...declare(secrets, {
    secrets: { yields: secret },
    keepSecret: { takes: secret },
    forgetSecret: { takes: { name: 'text' } },
    forgetSecrets: {},
  }),
  ...declare(live, {
    addLive: { takes: liveAccount },
    lives: { yields: liveAccount },
    liveAccount: { takes: { id: 'text' }, yields: liveAccount },
    liveIntents: {
      takes: { live: 'text' },
      yields: { client: 'text', sent_at: 'integer', intent: 'text' },
    },
    writeIntent: { takes: { live: 'text', client: 'text', sent_at: 'integer', intent: 'text' } },
    liveFills: { takes: { live: 'text' }, yields: { facts: 'text' } },
    addFill: { takes: { live: 'text', fill: 'text', facts: 'text' } },
    liveEvents: { takes: { live: 'text' }, yields: { event: 'text' } },
    addEvent: { takes: { live: 'text', event: 'text' } },
    paperOf: { takes: { live: 'text' }, yields: { state: 'text' } },
    keepPaper: { takes: { live: 'text', state: 'text' } },
  }),
  ...declare(trials, {
    addTrial: { takes: trial },
    ledger: {
      takes: { fingerprint: 'text' },
      yields: { trials: 'integer', with_sharpe: 'integer', variance: 'number or null' },
    },
    allTrials: { yields: trial },
  }),
  ...declare(database, {
    schema: { yields: { type: 'text', name: 'text', sql: 'text or null' } },
    applicationId: { yields: { application_id: 'integer' } },
    userVersion: { yields: { user_version: 'integer' } },
    quickCheck: { yields: { quick_check: 'text' } },
    orphans: { yields: { orphans: 'integer' } },
  }),
} as const;

/** The marks of a journal’s file, as migration_1.sql sets it. */
export const journalApplication = 0x4f555453;

/** The script at place v leads from version v to v + 1. A released one is never changed. */
export const journalMigrations: readonly string[] = [
  migration1,
  migration2,
  migration3,
  migration4,
  migration5,
];
