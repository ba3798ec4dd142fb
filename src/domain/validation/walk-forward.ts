import type { Candidate } from '../search/candidates.ts';
import type { Metric } from '../metrics/metric.ts';
import type { QuickMetrics } from '../metrics/quick.ts';
import type { DatedTrades, Digests, Equity } from '../run.ts';
import type { Note } from '../note.ts';
import type { LedgerTrial } from './ledger.ts';
import type { Dimension, Objective } from '../study/validation.ts';
import type { Day, Days, Ratio, Step } from '../units.ts';

/** One train/test pair; sessions are places in the run's list of sessions, both ends inclusive. */
export interface Fold<At = Step> {
  readonly trainFrom: At;
  /** After the purge. */
  readonly trainTo: At;
  readonly testFrom: At;
  readonly testTo: At;
}

/** What became of a fold. */
export interface FoldResult extends Fold {
  /** The same as dates, days since 1970-01-01. */
  readonly days: Fold<Day>;
  /** The chosen parameter set; null where none had enough trades in training: the fold stays in cash. */
  readonly chosen: Candidate | null;
  /** Place among the search's candidates; −1 where none was chosen. */
  readonly trial: number;
  /** Of the chosen set inside the training window; null where nothing was chosen. */
  readonly inSample: FoldMetrics | null;
  readonly outOfSample: QuickMetrics;
}

export interface FoldMetrics {
  /** Annualised. */
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly totalReturn: Ratio | null;
  /** Growth a year. */
  readonly cagr: Ratio | null;
  readonly profitFactor: number | null;
  readonly trades: number;
}

/** Test windows one after another as one curve: each starts flat, with what the one before left. */
export interface Stitched {
  readonly equity: Equity;
  readonly trades: DatedTrades;
  /** In the study's convention. */
  readonly metrics: readonly Metric[];
  readonly quick: QuickMetrics;
  readonly digests: Digests;
}

/** How one setting moved from fold to fold. */
export interface ParameterStability {
  readonly dimension: Dimension;
  readonly title: string;
  /** Share of folds that kept the choice of the fold before; null with fewer than two choices. */
  readonly kept: Ratio | null;
  /** Mean step from choice to choice as a share of the setting's span; null for settings without order. */
  readonly drift: Ratio | null;
}

export interface WalkForward {
  readonly objective: Objective;
  readonly minimumTrades: number;
  readonly dimensions: readonly Dimension[];
  readonly titles: readonly string[];
  readonly trials: number;
  readonly folds: readonly FoldResult[];
  readonly outOfSample: Stitched;
  /** The study's own fixed parameters over the same test windows, in the same way. */
  readonly fixed: Stitched;
  /** Annual growth out of sample ÷ mean annual growth in training of the chosen sets (Pardo); null with a reason. */
  readonly efficiency: { readonly value: Ratio | null; readonly reason: string | null };
  /** Share of traded folds with a gain out of sample; null where no fold traded. */
  readonly winningFolds: Ratio | null;
  readonly stability: readonly ParameterStability[];
  /** The purge of each fold, sessions. */
  readonly purge: readonly number[];
  /** What was tried, for the trial ledger. */
  readonly tried: readonly LedgerTrial[];
  /** What was assumed, in plain sentences. */
  readonly notes: readonly Note[];
}

/** One split of a combinatorial cross-validation. */
export interface Split {
  readonly testGroups: readonly number[];
  readonly trial: number;
  readonly chosen: Candidate | null;
  readonly inSampleSharpe: number | null;
}

/** One path: every group tested once, by the splits that it takes from. */
export interface Path {
  /** Which split tested each group. */
  readonly splits: readonly number[];
  readonly totalReturn: Ratio;
  readonly sharpe: number | null;
  readonly maxDrawdown: Ratio | null;
}

export interface CrossValidation {
  /** First and last session of each group. */
  readonly groups: readonly { readonly from: Step; readonly to: Step }[];
  readonly groupDays: readonly { readonly from: Day; readonly to: Day }[];
  readonly splits: readonly Split[];
  readonly paths: readonly Path[];
  /** Equity of each path, one value per session, from 1. */
  readonly curves: readonly Float64Array[];
  readonly day: Days;
  /** Share of paths that lose money. */
  readonly losing: Ratio;
  readonly medianSharpe: number | null;
  readonly purge: number;
  readonly embargo: number;
  readonly trials: number;
  /** What was tried, for the trial ledger. */
  readonly tried: readonly LedgerTrial[];
  readonly notes: readonly Note[];
}
