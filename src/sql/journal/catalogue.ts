import addCurve from './add_curve.sql?raw';
import addPin from './add_pin.sql?raw';
import addRun from './add_run.sql?raw';
import addStudy from './add_study.sql?raw';
import addTrial from './add_trial.sql?raw';
import allCurves from './all_curves.sql?raw';
import allPins from './all_pins.sql?raw';
import allRuns from './all_runs.sql?raw';
import allStudies from './all_studies.sql?raw';
import allTrials from './all_trials.sql?raw';
import applicationId from './application_id.sql?raw';
import curveOfRun from './curve_of_run.sql?raw';
import deleteRun from './delete_run.sql?raw';
import deleteUnusedStudies from './delete_unused_studies.sql?raw';
import ledger from './ledger.sql?raw';
import migration1 from './migration_1.sql?raw';
import migration2 from './migration_2.sql?raw';
import pin from './pin.sql?raw';
import pinOfRun from './pin_of_run.sql?raw';
import pinnedRuns from './pinned_runs.sql?raw';
import pruneCurves from './prune_curves.sql?raw';
import quickCheck from './quick_check.sql?raw';
import run from './run.sql?raw';
import runCount from './run_count.sql?raw';
import runs from './runs.sql?raw';
import schema from './schema.sql?raw';
import studyOfRun from './study_of_run.sql?raw';
import unpin from './unpin.sql?raw';
import userVersion from './user_version.sql?raw';

export type SqlValue = string | number | Uint8Array | null;

/** A statement of SQLite with what it binds (as $name) and the rows that it yields. */
export interface Query<Parameters extends object, Row extends object> {
  readonly text: string;
  readonly types?: (parameters: Parameters) => Row;
}

type None = Record<string, never>;

export interface StudyRow {
  /** SHA-256 of `study`. */
  readonly digest: string;
  readonly name: string;
  /** Canonical JSON. */
  readonly study: string;
}

/** A row of `runs` as its table has it (migration_1.sql says what each column means). */
export interface RunRow {
  readonly id: string;
  readonly made_at: string;
  readonly study: string;
  readonly fingerprint: string;
  readonly dataset: string;
  readonly engine: string;
  readonly trades_digest: string;
  readonly equity_digest: string;
  readonly metrics_digest: string;
  readonly metrics: string;
  readonly labels: string;
  readonly curve_days: Uint8Array;
  readonly curve_equity: Uint8Array;
}

export interface ListedRunRow extends RunRow {
  readonly name: string;
  readonly strategy: string | null;
}

/** A whole curve (migration_2.sql). */
export interface CurveRow {
  readonly run: string;
  readonly sessions: number;
  readonly packed: Uint8Array;
}

export interface PinRow {
  /** From 1 to 4. */
  readonly place: number;
  readonly run: string;
}

/** Digests in lower-case hex. */
export interface TrialRow {
  readonly fingerprint: string;
  readonly digest: string;
  readonly sharpe: number | null;
  readonly sessions: number;
  readonly first_seen: string;
}

export interface LedgerRow {
  readonly trials: number;
  readonly with_sharpe: number;
  readonly variance: number | null;
}

const query = <Parameters extends object = None, Row extends object = None>(
  text: string,
): Query<Parameters, Row> => ({ text });

/** Every statement on the journal but its migrations. */
export const journalSql = {
  addStudy: query<StudyRow>(addStudy),
  addRun: query<RunRow>(addRun),
  addTrial: query<TrialRow>(addTrial),
  ledger: query<{ readonly fingerprint: string }, LedgerRow>(ledger),
  runs: query<{ readonly limit: number; readonly offset: number }, ListedRunRow>(runs),
  runCount: query<None, { readonly runs: number }>(runCount),
  run: query<{ readonly id: string }, RunRow>(run),
  studyOfRun: query<{ readonly id: string }, StudyRow>(studyOfRun),
  addCurve: query<CurveRow>(addCurve),
  curveOfRun: query<{ readonly run: string }, CurveRow>(curveOfRun),
  pruneCurves: query(pruneCurves),
  pin: query<{ readonly run: string }>(pin),
  addPin: query<PinRow>(addPin),
  unpin: query<{ readonly run: string }>(unpin),
  pinOfRun: query<{ readonly run: string }, PinRow>(pinOfRun),
  pinnedRuns: query<None, ListedRunRow & Pick<PinRow, 'place'>>(pinnedRuns),
  deleteRun: query<{ readonly id: string }>(deleteRun),
  deleteUnusedStudies: query(deleteUnusedStudies),
  allStudies: query<None, StudyRow>(allStudies),
  allRuns: query<None, RunRow>(allRuns),
  allTrials: query<None, TrialRow>(allTrials),
  allCurves: query<None, CurveRow>(allCurves),
  allPins: query<None, PinRow>(allPins),
  schema: query<
    None,
    { readonly type: string; readonly name: string; readonly sql: string | null }
  >(schema),
  applicationId: query<None, { readonly application_id: number }>(applicationId),
  userVersion: query<None, { readonly user_version: number }>(userVersion),
  quickCheck: query<None, { readonly quick_check: string }>(quickCheck),
} as const;

/** The marks of a journal’s file, as migration_1.sql sets it. */
export const journalApplication = 0x4f555453;

/** The script at place v leads from version v to v + 1. A released one is never changed. */
export const journalMigrations: readonly string[] = [migration1, migration2];
