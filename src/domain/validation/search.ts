import type { Budget } from '../search/adaptive.ts';
import type { Candidate } from '../search/candidates.ts';
import type { Dimension, Objective } from '../study/validation.ts';
import type { Ratios } from '../units.ts';

/** Trials that were simulated, as columns in the order of `candidates`; NaN where a number has no value. */
export interface TrialColumns {
  readonly sharpe: Float64Array;
  readonly sortino: Float64Array;
  readonly totalReturn: Ratios;
  readonly cagr: Ratios;
  readonly maxDrawdown: Ratios;
  readonly winRate: Ratios;
  readonly profitFactor: Float64Array;
  readonly costs: Float64Array;
  readonly trades: Int32Array;
}

/** What a parameter search found. */
export interface SearchResult {
  readonly dimensions: readonly Dimension[];
  /** Words for each dimension: the setting's title. */
  readonly titles: readonly string[];
  /** The trials that were finished. */
  readonly candidates: readonly Candidate[];
  readonly metrics: TrialColumns;
  readonly objective: Objective;
  /** Mean objective of each trial's neighbours; NaN where it has none. */
  readonly plateau: Float64Array;
  /** The best trial by the objective that has the wanted number of trades; −1 where none has. */
  readonly best: number;
  /** Place of the study's own values among the candidates; −1 where they were not tried. */
  readonly own: number;
  /** Trials asked for; more than `candidates` after a cancel or where combinations make no sense. */
  readonly asked: number;
  /** Combinations that are no valid study, and why the first of them is none. */
  readonly leftOut: { readonly count: number; readonly reason: string };
  /** Sessions of every trial, how many make a year, and the digest that the ledger knows each trial by. */
  readonly sessions: number;
  readonly year: number;
  readonly digests: readonly string[];
  /** Trials whose returns are kept for the statistics of overfitting: all, or a seeded sample. */
  readonly kept: number;
  /** What successive halving did before the whole range; not given by other methods. */
  readonly halving?: Halving;
}

/** A rung that was reached: sets simulated on so many sessions or symbols, and those of them that went no further. */
export interface ClimbedRung {
  readonly budget: number;
  readonly sets: number;
  readonly pruned: number;
}

/** A trial that was begun and has no numbers of the whole range. */
export interface ShortTrial {
  readonly candidate: Candidate;
  /** The last one that it was tried on. */
  readonly rung: number;
  readonly digest: string;
  /** Of the part that it was tried on: Sharpe ratio per session, null where there is none, and length. */
  readonly sharpe: number | null;
  readonly sessions: number;
}

export interface Halving {
  readonly budget: Budget;
  /** All of them. */
  readonly whole: number;
  readonly rungs: readonly ClimbedRung[];
  readonly short: readonly ShortTrial[];
}

/** Trials that went no further than a part of the data. */
const prunedOf = ({ halving }: Pick<SearchResult, 'halving'>): number =>
  halving?.rungs.reduce((sum, { pruned }) => sum + pruned, 0) ?? 0;

/** Trials that were begun: as many as there are to choose among, and the ledger counts. */
export const begunOf = ({ candidates, halving }: SearchResult): number =>
  candidates.length + (halving?.short.length ?? 0);

/** Trials that a cancel came before. */
export const unfinishedOf = (found: SearchResult): number =>
  found.asked - found.leftOut.count - found.candidates.length - prunedOf(found);

/** Simple returns of equity by trial and session: `values[trial · sessions + session]`. */
export interface ReturnsMatrix {
  readonly sessions: number;
  readonly trials: number;
  readonly values: Float64Array;
}
