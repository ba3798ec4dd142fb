/** All that crosses between a page (or the command) and the lab, on one page. */
import type { LabErrorData } from '../domain/errors.ts';
import type { Evidence } from '../domain/link/evidence.ts';
import type { LinkPayload, ReviewNote } from '../domain/link/payload.ts';
import type { EngineIdentity, Verification } from '../domain/link/verification.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { BreakEven } from '../domain/break-even.ts';
import type { Convention } from '../domain/metrics/convention.ts';
import type { Metric } from '../domain/metrics/metric.ts';
import type {
  Alert,
  DatedTrades,
  Digests,
  Equity,
  Inside,
  OrderCounts,
  RunFile,
  Fills,
} from '../domain/run.ts';
import type { OutcomeFan } from '../domain/live/outcome-fan.ts';
import type { LiveReplay } from '../domain/live/replay.ts';
import type { Preview } from '../domain/strategies/custom/preview.ts';
import type { LiveState } from '../domain/live/account.ts';
import type { Drift } from '../domain/live/drift.ts';
import type { LiveKnown, Parity } from '../domain/live/known.ts';
import type { StopPaths } from '../domain/execution/stop-path.ts';
import type { ChartPart } from '../domain/strategies/strategy.ts';
import type { BarClock } from '../domain/time/bar-clock.ts';
import type { Note } from '../domain/note.ts';
import type { FileColumn } from '../domain/file-table.ts';
import type { Found, QueryAnswer } from '../domain/query.ts';
import type { DatasetSummary, InputFile, Understood } from './dataset.ts';
import type { ShardAnswers, ShardWork } from '../domain/shards/answers.ts';
import type { Study } from '../domain/study/study.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { TrialResult } from '../domain/trial.ts';
import type { Learning } from '../domain/validation/learning.ts';
import type { Finding } from '../domain/validation/finding.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { LookAheadReport } from '../domain/validation/look-ahead.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { Found as Computed } from '../domain/validation/statistics/found.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import type { SurvivorshipReport } from '../domain/validation/survivorship.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';
import type { Day, Days, Instant, Instants, Prices, Ratio, Row, Step } from '../domain/units.ts';

export { fileRoles, tableRoles } from './dataset.ts';
export type * from './dataset.ts';

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
    | 'audit'
    | 'query';
  readonly label: string;
  readonly ratio: number;
}
export type OnProgress = (progress: Progress) => void;

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
  /** Every fill; a trade of target weights has several. */
  readonly fills: Fills;
  readonly equity: Equity;
  /** How its bars are timed; not given where they are dated by days alone. */
  readonly clock?: BarClock;
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
  /** What finer bars decide of that; not given where there are none. */
  readonly inside?: Inside;
  /** Assumptions and everything left out, in plain sentences. */
  readonly notes: readonly Note[];
  /** Milliseconds by phase; outside every digest. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Two full runs: the stop taken first in every bar that touches both, and the target; how many trades of the run do. */
export interface Ambiguity {
  readonly trades: number;
  readonly stopFirst: Outcome;
  readonly targetFirst: Outcome;
}

export interface Outcome {
  readonly finalEquity: number;
  /** Ratio. */
  readonly totalReturn: Ratio;
}

/** One symbol's signal, for the chart: NaN where there is no value. */
export interface SignalSeries {
  readonly symbol: string;
  readonly label: string;
  readonly threshold: number | null;
  readonly day: Days;
  /** When each bar opens and is known, where bars have a clock. */
  readonly opens?: Instants;
  readonly known?: Instants;
  readonly close: Prices;
  readonly value: Float64Array;
}

/** All that the charts of one symbol draw, by its bars. */
export interface SymbolSeries extends SignalSeries {
  /** The market's row of its first bar, which rows of trades are counted from. */
  readonly firstRow: Row;
  readonly open: Prices;
  readonly high: Prices;
  readonly low: Prices;
  /** What the signal is made of and what else decides, as the strategy lists it. */
  readonly parts: readonly (Omit<ChartPart, 'column'> & { readonly value: Float64Array })[];
  readonly stops: StopPaths;
}

/** A file's content piece by piece, since the whole may be longer than a string can be. */
export type Pieces = Iterable<string | Blob> | AsyncIterable<string | Blob>;

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  /** In the process made while it is taken, which is to end before the next call; across threads there at once. */
  readonly content: Pieces;
}

/** A file that is short, however large the dataset. */
export interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** The equity of one trial. */
export interface TrialEquity {
  readonly day: Days;
  /** At each session’s close, currency. */
  readonly equity: Float64Array;
  /** What the accounts start with together, currency. */
  readonly initialCash: number;
}

/** What stands beside the last run in its report. */
export interface ReportExtras {
  readonly findings: readonly Finding[];
  readonly walkForward: WalkForward | null;
  /** The whole address, or the fragment alone where there is no address; null leaves it out. */
  readonly link: string | null;
  /** What is loaded is made up, no market’s history. */
  readonly synthetic: boolean;
  /** What people have remarked on the run. */
  readonly remarks: readonly ReviewNote[];
}

/** Failures travel as data, since a thrown error loses its facts between threads. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LabErrorData };

/** What a method needs to be there before it is called. A run comes with its dataset. */
export type Needs = 'nothing' | 'data' | 'run';

/** One thing that a lab answers to: what it takes, what it gives, and what must be there. */
export interface Method<
  Arguments extends readonly unknown[],
  Answer,
  Need extends Needs,
  Reports extends boolean,
> {
  readonly needs: Need;
  /** Whether it says how far it is. */
  readonly reports: Reports;
  /** A cancel leaves what was finished, which takes a moment to hand over. */
  readonly keepsFinished: boolean;
  /** For the types alone. */
  readonly signature?: (...given: Arguments) => Answer;
}

/** A method that says how far it is. */
const long =
  <Arguments extends readonly unknown[], Answer>() =>
  <Need extends Needs>(
    needs: Need,
    keepsFinished = false,
  ): Method<Arguments, Answer, Need, true> => ({
    needs,
    reports: true,
    keepsFinished,
  });

/** A method that answers soon. */
const brief =
  <Arguments extends readonly unknown[], Answer>() =>
  <Need extends Needs>(needs: Need): Method<Arguments, Answer, Need, false> => ({
    needs,
    reports: false,
    keepsFinished: false,
  });

/** Every method of the lab; service, client and checks follow from this table. */
export const labMethods = {
  /** Boots the engine. */
  start: long<[], EngineInfo>()('nothing'),
  /** The files that are in archives and workbooks among these, one for each member or sheet, and the others. */
  unpack: long<[files: readonly InputFile[]], readonly InputFile[]>()('nothing'),
  /** Replaces the dataset; on failure the dataset before stays. */
  importFiles: long<[files: readonly InputFile[]], DatasetSummary>()('nothing'),
  /** How files would be read, before they are; the dataset stays. */
  understand: long<[files: readonly InputFile[]], readonly Understood[]>()('nothing'),
  run: long<[study: unknown], RunResult>()('data'),
  /** Bars, signal and stops of one symbol in the last run. */
  symbolSeries: brief<[symbol: string], SymbolSeries>()('run'),
  /** One of the last run's files. */
  exportRun: long<[name: RunFile], ExportFile>()('run'),
  /** The costs and the delay at which the last run's edge dies. */
  breakEven: long<[], BreakEven>()('run'),
  /** How often a custom study's expressions are met, without simulating it. */
  preview: long<[study: unknown], Preview>()('data'),
  /**
   * Simulates each of these complete studies on the dataset; results in their order, null for those that a cancel
   * came before.
   */
  sweep: long<[studies: readonly unknown[]], readonly (TrialResult | null)[]>()('data', true),
  /** The study's parameter search; a cancel leaves the trials that were finished. */
  search: long<[study: unknown], SearchResult>()('data', true),
  /** Answers to a part of the trials, replays and rotations that a search or an audit of the study is made of. */
  shard: long<[study: unknown, work: ShardWork], ShardAnswers>()('data'),
  /** The curve of one study, simulated as a search does; the last run stays. */
  trialEquity: brief<[study: unknown], TrialEquity>()('data'),
  /** The returns of all trials of the last search, which must be this study's; what it did not keep is simulated again. */
  exportReturns: long<[study: unknown, format: TableFormat], ExportFile>()('data'),
  /** Searches where the last search was another one; so does the one that follows. */
  walkForward: long<[study: unknown], WalkForward>()('data'),
  crossValidate: long<[study: unknown], CrossValidation>()('data'),
  learn: long<[study: unknown], Learning>()('data'),
  /** Replays the last run in worlds whose future differs. */
  lookAhead: long<[], LookAheadReport>()('run'),
  /** The same of a known cheat, on a synthetic market of its own. */
  demonstrate: long<[cheat: string], LookAheadReport>()('nothing'),
  /** The last run on survivors only, and under stressed delistings. */
  survivorship: long<[], SurvivorshipReport>()('run'),
  /** How much of the last run luck and choice explain; its search's trials count where there was one. */
  overfitting: long<[ledger: LedgerFacts], OverfittingReport>()('run'),
  /** The last run’s study as it would be traded on paper; one that no market can trade is refused. */
  liveReplay: long<[], LiveReplay>()('run'),
  /** How the last run’s equity could go on from a step, by its returns until then; or why nobody can tell. */
  outcomeFan: brief<[from: Step], Computed<OutcomeFan>>()('run'),
  /** The signal chart's column of the last run as it is when everything after a day is cut off. */
  signalsCutAt: brief<[symbol: string, day: Day], SignalSeries>()('run'),
  /** Hashes of the dataset and of the last run, for a link. */
  evidence: brief<[], Evidence>()('run'),
  /** Holds the dataset and the last run, which must be of the link’s study, to what the link says. */
  verify: brief<[payload: LinkPayload], Verification>()('run'),
  /** The last run as one self-contained HTML file. */
  report: brief<[extras: ReportExtras], TextFile>()('run'),
  /** What a person asks of the data in SQL, which changes nothing. */
  query: long<[text: string, found: Found], QueryAnswer>()('data'),
  /** The same, where it reads what the last run has made. */
  queryRun: long<[text: string, found: Found], QueryAnswer>()('run'),
  /** Columns of the last run's features, which its file and its table have. */
  featureColumns: brief<[], readonly FileColumn[]>()('run'),
  /**
   * What a study knows of its market by now, for live trading: its account begins with so much equity at the step that was the newest at an
   * instant, with the newest of all where none is given.
   */
  known: long<[study: unknown, startedAt: Instant | null, equity: number | null], LiveKnown>()(
    'data',
  ),
  /** Replays the last steps of the dataset through the live path, and holds it to the backtest. */
  liveParity: long<[study: unknown, steps: number], Parity>()('data'),
  /** Holds the fills of a live account of this study to those that the simulator would have booked over the dataset. */
  liveDrift: long<[study: unknown, live: LiveState], Drift>()('data'),
  /** The last run as Prometheus gauges. */
  gauges: brief<[findings: readonly Finding[]], readonly Gauge[]>()('run'),
};

type Methods = typeof labMethods;
export type LabMethod = keyof Methods;
type Signature<M extends LabMethod> = NonNullable<Methods[M]['signature']>;
export type Arguments<M extends LabMethod> = Parameters<Signature<M>>;
export type Answer<M extends LabMethod> = ReturnType<Signature<M>>;

type Answering = {
  [M in keyof Methods]: (
    ...given: Methods[M]['reports'] extends true
      ? [...Arguments<M>, onProgress: OnProgress]
      : Arguments<M>
  ) => Promise<Reply<Answer<M>>>;
};

/** What the engine worker answers to. One call at a time; `cancel` stops the one under way. */
export interface LabService extends Answering {
  cancel(): void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Calls a lab’s method by its name: the answer, or a LabError. */
export type CallLab = <M extends LabMethod>(
  method: M,
  given: Arguments<M>,
  options?: CallOptions,
) => Promise<Answer<M>>;

/** Calls a method of a service, which says its progress only where it has any. */
export function ask<M extends LabMethod>(
  service: Pick<LabService, LabMethod>,
  method: M,
  given: Arguments<M>,
  onProgress: OnProgress,
): Promise<Reply<Answer<M>>> {
  const answering = service[method] as (...all: readonly unknown[]) => Promise<Reply<Answer<M>>>;
  return answering(...given, ...(labMethods[method].reports ? [onProgress] : []));
}
