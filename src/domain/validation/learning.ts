import type { Note } from '../note.ts';
import type { FoldResult, Stitched } from './walk-forward.ts';
import type { Ratio } from '../units.ts';

/** A coefficient learned on each fold; NaN where a fold could not be fitted. */
export interface LearnedCoefficient {
  readonly name: string;
  /** By fold. */
  readonly value: Float64Array;
  /** Standard error, by fold. */
  readonly error: Float64Array;
  /** What the study has in its place. */
  readonly fixed: number;
}

/** Regimes fitted on one training window, calm first; daily figures. */
export interface FoldRegimes {
  readonly mean: readonly Ratio[];
  readonly deviation: readonly Ratio[];
  /** Row: from, column: to. */
  readonly transition: readonly (readonly Ratio[])[];
  /** Shares of the test window's sessions. */
  readonly share: readonly Ratio[];
}

/** Weights learned on each training window against the study's own, over the same test windows. */
export interface Learning {
  readonly coefficients: readonly LearnedCoefficient[];
  /** Observations in each fold's fit, and the share of variance explained there. */
  readonly observations: readonly number[];
  readonly explained: readonly (Ratio | null)[];
  readonly regimes: readonly FoldRegimes[] | null;
  readonly folds: readonly FoldResult[];
  readonly learned: Stitched;
  readonly fixed: Stitched;
  /** Chance of a Sharpe difference at least as large without any, two-sided; null with a reason. */
  readonly significance: { readonly value: number | null; readonly reason: string | null };
  readonly verdict: 'helped' | 'no difference' | 'hurt' | 'unknown';
  /** In one plain sentence. */
  readonly sentence: string;
  readonly notes: readonly Note[];
}
