/** All that crosses between a page (or the command) and the journal: runs, their studies, and the trial ledger. */
import type { MetricUnit } from '../domain/metrics/metric.ts';
import type { Digests } from '../domain/run.ts';
import type { Curve } from '../domain/validation/statistics/common-sessions.ts';
import type { Reply } from './lab.ts';

/** A number of the headline, or why there is none. */
export interface HeadlineMetric {
  readonly id: string;
  readonly label: string;
  readonly unit: MetricUnit;
  readonly value: number | null;
  readonly reason?: string;
}

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

/** A recorded run, as a list shows it. */
export interface RunSummary {
  /** SHA-256 over what the run is and when it was made. */
  readonly id: string;
  readonly madeAt: string;
  readonly name: string;
  /** Id of the strategy. */
  readonly strategy: string;
  readonly studyDigest: string;
  readonly fingerprint: string;
  readonly dataset: string;
  readonly engine: string;
  readonly digests: Digests;
  readonly metrics: readonly HeadlineMetric[];
  readonly labels: readonly string[];
  /** At most 200 points: for the eye, not for sums. */
  readonly curve: { readonly day: Int32Array; readonly equity: Float32Array };
}

/** A run that is kept at hand for comparing. */
export interface PinnedRun {
  /** From 1 to `mostPinned`; a run keeps its place until it is unpinned. */
  readonly place: number;
  readonly run: RunSummary;
}

export interface RunPage {
  readonly runs: readonly RunSummary[];
  /** Of all pages. */
  readonly total: number;
  /** By place, whatever page they are on. */
  readonly pinned: readonly PinnedRun[];
}

/** How many runs can be told apart by eye. */
export const mostPinned = 4;

/** Fewer say nothing of a Sharpe ratio. */
export const leastCommonSessions = 60;

/** Whether a run’s Sharpe ratio differs from the base’s by more than luck explains, or why that cannot be told. */
export type SharpeComparison =
  | SharpeTest
  /** Both have one and the same equity, to the bit. */
  | { readonly kind: 'same' }
  | { readonly kind: 'few-sessions'; readonly sessions: number }
  /** True of which of the two: no whole curve is kept; equity fell to zero; its returns do not vary. */
  | {
      readonly kind: 'no-curve' | 'ruined' | 'flat';
      readonly base: boolean;
      readonly run: boolean;
    };

/** Sharpe ratios a year, of the sessions in common. */
export interface SharpeTest {
  readonly kind: 'tested';
  readonly base: number;
  readonly run: number;
  /** run − base, and its 95 % interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of this pair alone; and by Holm’s correction for all pairs that were tested beside it. */
  readonly pValue: number;
  readonly corrected: number;
  readonly sessions: number;
  /** The first and the last of them. */
  readonly from: number;
  readonly to: number;
  /** Mean length of the blocks that were drawn, sessions. */
  readonly blockLength: number;
  readonly samples: number;
}

/** How much was tried on one dataset. */
export interface Ledger {
  /** Distinct trials. */
  readonly trials: number;
  /** How many of them have a Sharpe ratio. */
  readonly withSharpe: number;
  /** Sample variance (n − 1) of the Sharpe ratios per session; null for fewer than two. */
  readonly variance: number | null;
}

export interface JournalStatus {
  /** False where the journal lasts for this visit only; `reason` then says why. */
  readonly kept: boolean;
  readonly reason: string | null;
}

/** What an import added; rows that were there already are not counted. */
export interface Merged {
  readonly runs: number;
  readonly trials: number;
}

/** What the journal's worker answers to. Every call sees what other tabs have written. */
export interface JournalService {
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
  ledger(fingerprint: string): Promise<Reply<Ledger>>;
  /** Newest first. */
  runs(limit: number, offset: number): Promise<Reply<RunPage>>;
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
  /** The whole journal, an SQLite file. Works for one that cannot be opened, too. */
  image(): Promise<Reply<Uint8Array>>;
  /** Adds what another journal holds and this one does not. Throws away nothing. */
  merge(image: Uint8Array): Promise<Reply<Merged>>;
}
