/** All that crosses between a page (or the command) and the lab, on one page. */
import type { LabErrorData } from '../domain/errors.ts';
import type { Evidence } from '../domain/link/evidence.ts';
import type { LinkPayload } from '../domain/link/payload.ts';
import type { EngineIdentity, Verification } from '../domain/link/verification.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { BreakEven } from '../domain/break-even.ts';
import type { Convention } from '../domain/metrics/convention.ts';
import type { Metric } from '../domain/metrics/metric.ts';
import type { Alert, DatedTrades, Digests, Equity, OrderCounts } from '../domain/run.ts';
import type { Preview } from '../domain/strategies/custom/preview.ts';
import type { DatasetFacts, Note } from '../domain/strategies/strategy.ts';
import type { Study } from '../domain/study/study.ts';
import type { TrialResult } from '../domain/trial.ts';
import type { Learning } from '../domain/validation/learning.ts';
import type { Finding } from '../domain/validation/finding.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { LookAheadReport } from '../domain/validation/look-ahead.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import type { SurvivorshipReport } from '../domain/validation/survivorship.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';

export const fileRoles = ['bars', 'attention', 'macro', 'universe'] as const;
export type FileRole = (typeof fileRoles)[number];

export type DateOrder = 'day-first' | 'month-first';

export interface InputFile {
  readonly name: string;
  readonly content: Blob;
  /** Without a role the columns decide. */
  readonly role?: FileRole;
  /** Answers dates such as 01/02/2024, which are refused without it. */
  readonly dateOrder?: DateOrder;
}

/** Where a phase stands; `ratio` runs from 0 to 1 over the whole call. */
export interface Progress {
  readonly phase:
    | 'engine'
    | 'import'
    | 'features'
    | 'signals'
    | 'simulation'
    | 'results'
    | 'trials'
    | 'folds'
    | 'audit';
  readonly label: string;
  readonly ratio: number;
}
export type OnProgress = (progress: Progress) => void;

export interface FileSummary {
  readonly name: string;
  readonly role: FileRole;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  /** First and last date, days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
  /** How its dates were read, where they could be read both ways. */
  readonly dateOrder?: DateOrder;
  /** Which column of the file became which field. */
  readonly mapping: readonly { readonly column: string; readonly field: string }[];
}

export interface SymbolSummary {
  readonly symbol: string;
  readonly bars: number;
  readonly from: number;
  readonly to: number;
}

export interface DatasetSummary {
  /** SHA-256 over the normalised columns of everything imported. */
  readonly fingerprint: string;
  readonly files: readonly FileSummary[];
  readonly symbols: readonly SymbolSummary[];
  readonly bars: number;
  /** Days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
  readonly facts: DatasetFacts;
  readonly notes: readonly Note[];
}

export type EngineInfo = EngineIdentity;

export interface RunResult {
  readonly study: Study;
  readonly studyDigest: string;
  readonly engine: EngineInfo;
  readonly fingerprint: string;
  readonly symbols: readonly string[];
  /** Bars inside the study's range. */
  readonly bars: number;
  /** Symbols are numbers into `symbols`. */
  readonly trades: DatedTrades;
  readonly equity: Equity;
  /** What the accounts start with together, currency: the first peak of the equity. */
  readonly initialCash: number;
  /** Buy & hold of all symbols, equal parts of the initial cash; same sessions as `equity`. */
  readonly benchmark: Float64Array;
  /** Every convention's numbers; the study's own are those of the digest. */
  readonly metrics: Readonly<Record<Convention, readonly Metric[]>>;
  readonly digests: Digests;
  readonly orders: OrderCounts;
  /** Value that entries wanted and the bars' volume did not give, currency. */
  readonly unfilledValue: number;
  readonly alerts: readonly Alert[];
  /** What bars that touched both stop and target leave open; null where there are none. */
  readonly ambiguity: Ambiguity | null;
  /** Assumptions and everything left out, in plain sentences. */
  readonly notes: readonly Note[];
  /** Milliseconds by phase; outside every digest. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Two full runs: the stop taken first in every bar that touches both, and the target. */
export interface Ambiguity {
  /** Ambiguous trades of the run itself. */
  readonly trades: number;
  readonly stopFirst: Outcome;
  readonly targetFirst: Outcome;
}

export interface Outcome {
  readonly finalEquity: number;
  /** Ratio. */
  readonly totalReturn: number;
}

/** One symbol's signal, for the chart: NaN where there is no value. */
export interface SignalSeries {
  readonly symbol: string;
  readonly label: string;
  readonly threshold: number | null;
  readonly day: Int32Array;
  readonly close: Float64Array;
  readonly value: Float64Array;
}

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** What stands beside the last run in its report. */
export interface ReportExtras {
  readonly findings: readonly Finding[];
  readonly walkForward: WalkForward | null;
  /** The whole address, or the fragment alone where there is no address; null leaves it out. */
  readonly link: string | null;
  /** What is loaded is made up, no market’s history. */
  readonly synthetic: boolean;
}

/** Failures travel as data, since a thrown error loses its facts between threads. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LabErrorData };

/** What the engine worker answers to. One call at a time; `cancel` stops the one under way. */
export interface LabService {
  start(onProgress: OnProgress): Promise<Reply<EngineInfo>>;
  /** Replaces the dataset; on failure the dataset before stays. */
  importFiles(files: readonly InputFile[], onProgress: OnProgress): Promise<Reply<DatasetSummary>>;
  run(study: unknown, onProgress: OnProgress): Promise<Reply<RunResult>>;
  /** The signal chart's column of the last run. */
  signalSeries(symbol: string): Promise<Reply<SignalSeries>>;
  /** trades.csv, equity.csv, features.csv and study.json of the last run. */
  exportRun(): Promise<Reply<readonly ExportFile[]>>;
  /** The costs and the delay at which the last run's edge dies. */
  breakEven(onProgress: OnProgress): Promise<Reply<BreakEven>>;
  /** How often a custom study's expressions are met, without simulating it. */
  preview(study: unknown, onProgress: OnProgress): Promise<Reply<Preview>>;
  /**
   * Simulates each of these complete studies on the dataset; results in their order, null for those that a cancel
   * came before.
   */
  sweep(
    studies: readonly unknown[],
    onProgress: OnProgress,
  ): Promise<Reply<readonly (TrialResult | null)[]>>;
  /** The study's parameter search; a cancel leaves the trials that were finished. */
  search(study: unknown, onProgress: OnProgress): Promise<Reply<SearchResult>>;
  /** Searches where the last search was another one; so do the two that follow. */
  walkForward(study: unknown, onProgress: OnProgress): Promise<Reply<WalkForward>>;
  crossValidate(study: unknown, onProgress: OnProgress): Promise<Reply<CrossValidation>>;
  learn(study: unknown, onProgress: OnProgress): Promise<Reply<Learning>>;
  /** Replays the last run in worlds whose future differs. */
  lookAhead(onProgress: OnProgress): Promise<Reply<LookAheadReport>>;
  /** The same of a known cheat, on a synthetic market of its own. */
  demonstrate(cheat: string, onProgress: OnProgress): Promise<Reply<LookAheadReport>>;
  /** The last run on survivors only, and under stressed delistings. */
  survivorship(onProgress: OnProgress): Promise<Reply<SurvivorshipReport>>;
  /** How much of the last run luck and choice explain; its search's trials count where there was one. */
  overfitting(ledger: LedgerFacts, onProgress: OnProgress): Promise<Reply<OverfittingReport>>;
  /** The signal chart's column of the last run as it is when everything after a day is cut off. */
  signalsCutAt(symbol: string, day: number): Promise<Reply<SignalSeries>>;
  /** Hashes of the dataset and of the last run, for a link. */
  evidence(): Promise<Reply<Evidence>>;
  /** Holds the dataset and the last run, which must be of the link’s study, to what the link says. */
  verify(payload: LinkPayload): Promise<Reply<Verification>>;
  /** The last run as one self-contained HTML file. */
  report(extras: ReportExtras): Promise<Reply<ExportFile>>;
  /** The last run as Prometheus gauges. */
  gauges(findings: readonly Finding[]): Promise<Reply<readonly Gauge[]>>;
  cancel(): void;
}
