/** All that crosses between a page (or the command) and the journal: runs, their studies, and the trial ledger. */
import type {
  HeadlineMetric,
  ListedRun,
  PinnedRun,
  RunFilter,
  RunMarks,
  SharpeComparison,
} from '../domain/journal.ts';
import type { LiveAccount, LiveEvent, LiveState } from '../domain/live/account.ts';
import type { BrokerFill } from '../domain/live/broker.ts';
import type { KnownIntent } from '../domain/live/intent.ts';
import type { PaperState } from '../domain/live/paper.ts';
import type { Instant } from '../domain/units.ts';
import type { Digests } from '../domain/run.ts';
import type { Told } from '../domain/monitoring/notices.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { Curve } from '../domain/validation/statistics/common-sessions.ts';
import type { Reply } from './lab.ts';

/** One distinct thing that was tried on a dataset. */
export interface TrialRecord {
  /** See domain/trial-digest.ts. */
  readonly digest: string;
  /** Mean over standard deviation of the returns per session, not annualised; null where there is none. */
  readonly sharpe: number | null;
  /** Length of the sample. */
  readonly sessions: number;
}

/** A finished run, as it is recorded. */
export interface RunRecord {
  /** When, in UTC: '2026-01-31T12:00:00.000Z'. The caller reads the clock; no digest holds it. */
  readonly madeAt: string;
  /** Canonical JSON of the complete study. */
  readonly study: string;
  readonly fingerprint: string;
  /** What the dataset is called: its files. */
  readonly dataset: string;
  /** Version of Outsample. */
  readonly engine: string;
  readonly digests: Digests;
  readonly metrics: readonly HeadlineMetric[];
  /** What must stand beside the numbers wherever they are seen: synthetic, optimistic. */
  readonly labels: readonly string[];
  /** The journal keeps a small one of every run, and the whole of the newest and the pinned runs. */
  readonly equity: Curve;
  readonly trial: TrialRecord;
}

export interface RunPage {
  readonly runs: readonly ListedRun[];
  /** How many the filter lets through, on all pages; 0 beyond the last page. */
  readonly found: number;
  /** Of the whole history. */
  readonly total: number;
  /** By place, whatever page they are on. */
  readonly pinned: readonly PinnedRun[];
}

/** How much was tried on one dataset. */
export interface LedgerStatus extends LedgerFacts {
  /** How many of the trials have a Sharpe ratio. */
  readonly withSharpe: number;
}

/** What is written of a live account at once. */
export interface LiveWriting {
  readonly intents?: { readonly at: Instant; readonly all: readonly KnownIntent[] };
  readonly fills?: readonly BrokerFill[];
  readonly event?: LiveEvent;
  readonly paper?: PaperState;
}

export interface JournalStatus {
  /** False where the journal lasts for this visit only; `reason` then says why. */
  readonly kept: boolean;
  readonly reason: string | null;
  /** It is stored encrypted, and its key is at hand. */
  readonly encrypted: boolean;
  /** What is odd about what is stored: an older copy, say. Null where nothing is. */
  readonly odd: string | null;
}

/** What an import added; rows that were there already are not counted. */
export interface Merged {
  readonly runs: number;
  readonly trials: number;
}

/**
 * What the journal's worker answers to. Every call sees what other tabs have written, and fails with the code `locked`
 * where that is encrypted and the key is not at hand.
 */
export interface JournalService {
  /** Opens it, and stores what could not be stored before if it can now. */
  open(): Promise<Reply<JournalStatus>>;
  /** Calls back whenever another tab has changed the journal. */
  watch(onChange: () => void): void;
  /** Records a run and its trial; the answer is the run’s id. */
  recordRun(run: RunRecord): Promise<Reply<string>>;
  /** Counts trials, thousands at once. Those known already keep when they were first seen. */
  recordTrials(
    fingerprint: string,
    trials: readonly TrialRecord[],
    madeAt: string,
  ): Promise<Reply<null>>;
  ledger(fingerprint: string): Promise<Reply<LedgerStatus>>;
  /** Without a filter all of them, newest first. */
  runs(limit: number, offset: number, filter?: RunFilter): Promise<Reply<RunPage>>;
  /** Replaces what is written on a run. */
  mark(run: string, marks: RunMarks): Promise<Reply<null>>;
  /** The studies of these runs, in their order, as they were recorded: an older version may have written them. */
  studies(runs: readonly string[]): Promise<Reply<readonly unknown[]>>;
  /** Gives a run the first free place. Refused where all are taken. */
  pin(run: string): Promise<Reply<null>>;
  unpin(runs: readonly string[]): Promise<Reply<null>>;
  /** The whole curves of these runs, in their order; null where none is kept. */
  curves(runs: readonly string[]): Promise<Reply<readonly (Curve | null)[]>>;
  /** Compares the first of these runs with each of the others, in their order. A newer call cancels an older one. */
  compareSharpe(runs: readonly string[]): Promise<Reply<readonly SharpeComparison[]>>;
  /** Deletes runs, never trials; the answer is a journal of these runs, which `merge` brings back. */
  deleteRuns(runs: readonly string[]): Promise<Reply<Uint8Array>>;
  /** Forgets everything, the ledger too; the answer is the journal as it was. */
  clear(): Promise<Reply<Uint8Array>>;
  /** The whole journal, an SQLite file, or SQLCipher's where it is encrypted. Works for one that cannot be opened, too. */
  image(): Promise<Reply<Uint8Array>>;
  /**
   * Adds what another journal holds and this one does not. Throws away nothing. Fails with the code `sealed-file` where it
   * wants a passphrase.
   */
  merge(image: Uint8Array, passphrase?: string): Promise<Reply<Merged>>;
  /** What was told of a study so far; null where nothing was. */
  told(study: string): Promise<Reply<Told | null>>;
  tell(study: string, told: Told): Promise<Reply<null>>;
  /** The studies that are traded. */
  lives(): Promise<Reply<readonly LiveAccount[]>>;
  /** Begins a live account; one that is there stays as it is. */
  beginLive(account: LiveAccount): Promise<Reply<null>>;
  /** All that is known of a live account. */
  live(id: string): Promise<Reply<LiveState>>;
  /** The live accounts of another journal, of which nothing is kept. Fails with the code `sealed-file` as `merge` does. */
  livesOf(image: Uint8Array, passphrase?: string): Promise<Reply<readonly LiveState[]>>;
  /** Writes intents with their states, fills, events and the paper account's state: all of it or nothing, before it answers. */
  writeLive(id: string, writing: LiveWriting): Promise<Reply<null>>;
  /** What the paper account of a live account has kept; null where there is none yet. */
  paper(id: string): Promise<Reply<PaperState | null>>;
  /** By name. None where the journal is not encrypted. */
  secrets(): Promise<Reply<Readonly<Record<string, string>>>>;
  /** Keeps a secret, or forgets it where the value is null. Refused with the code `not-encrypted` where it would lie open. */
  keepSecret(name: string, value: string | null): Promise<Reply<null>>;
  /** Opens an encrypted journal; the key stays in this worker's memory. */
  unlock(passphrase: string): Promise<Reply<null>>;
  /** Forgets the key, in other tabs too where `everywhere`. */
  lock(everywhere: boolean): Promise<Reply<null>>;
  /** Encrypts the journal under the next passphrase, or under none, which forgets its secrets; `present` is the one in force, null where there is none. */
  protect(present: string | null, next: string | null): Promise<Reply<null>>;
}
