import { told } from '../../domain/metrics/annualised.ts';
import type { Convention } from '../../domain/metrics/convention.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import type { DatedTrades, Digests, Equity, Fills, Inside } from '../../domain/run.ts';
import type { ReviewNote } from '../../domain/link/payload.ts';
import type { Note } from '../../domain/note.ts';
import type { Study } from '../../domain/study/study.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import type { WalkForward } from '../../domain/validation/walk-forward.ts';
import type { BarClock } from '../../domain/time/bar-clock.ts';
import type { Day, Ratio } from '../../domain/units.ts';

/** What a report is written from. Nothing in it tells the time: the same subject makes the same bytes. */
export interface Subject {
  readonly run: ReportedRun;
  readonly dataset: ReportedDataset;
  /** What the accounts start with together, currency. */
  readonly initialCash: number;
  readonly findings: readonly Finding[];
  /** Of this very study; null where it was not done. */
  readonly walkForward: WalkForward | null;
  /** The whole address, or the fragment alone; null leaves it out. */
  readonly link: string | null;
  readonly synthetic: boolean;
  /** What people have remarked on the run. */
  readonly remarks: readonly ReviewNote[];
}

/** A run as its report reads it. */
export interface ReportedRun {
  readonly study: Study;
  readonly studyDigest: string;
  readonly engine: { readonly outsample: string; readonly duckdb: string };
  readonly fingerprint: string;
  readonly symbols: readonly string[];
  readonly bars: number;
  readonly trades: DatedTrades;
  readonly fills: Fills;
  readonly equity: Equity;
  readonly clock?: BarClock;
  readonly benchmark: Float64Array;
  readonly metrics: Readonly<Record<Convention, readonly Metric[]>>;
  readonly digests: Digests;
  readonly unfilledValue: number;
  readonly ambiguity: {
    readonly trades: number;
    readonly stopFirst: { readonly totalReturn: Ratio };
    readonly targetFirst: { readonly totalReturn: Ratio };
  } | null;
  readonly inside?: Inside;
  readonly notes: readonly Note[];
}

export interface ReportedDataset {
  readonly files: readonly ReportedFile[];
  readonly facts: { readonly currency: string | null };
}

export interface ReportedFile {
  readonly name: string;
  readonly role: string;
  readonly rows: number;
  /** Not given of a file without dates. */
  readonly from?: Day;
  readonly to?: Day;
  readonly sha256: string;
}

/** The metrics of the study's own convention, as they are shown. */
export const metricsIn = ({ run: { study, metrics } }: Subject): readonly Metric[] =>
  told(metrics[study.metrics.convention], study.metrics.convention);

/** “USD”, or whose units the prices are in. */
export const currencyOf = ({ dataset }: Subject): string =>
  dataset.facts.currency ?? 'the currency of the prices';
