import type { Place } from './errors.ts';
import type { Day } from './units.ts';

/** What can stand out in bars that were read. */
export const qualityKinds = [
  'duplicate',
  'disorder',
  'outside',
  'point',
  'split',
  'stale',
  'gap',
  'early-end',
  'weekend',
  'untraded',
  'copied',
  'closed',
] as const;
export type QualityKind = (typeof qualityKinds)[number];

/** What stands out in the bars of a symbol, as its files name it. */
export interface QualityFinding {
  readonly kind: QualityKind;
  readonly symbol: string;
  /** Bars, rows, pauses or jumps. */
  readonly count: number;
  /** The first of them. */
  readonly day: Day | null;
  readonly place: Place;
  /** The ratio of a split, in words. */
  readonly ratio?: string;
}

/** What was measured of the bars of a symbol. */
export interface SymbolQuality {
  readonly symbol: string;
  readonly bars: number;
  readonly from: Day;
  readonly to: Day;
  /** Days of its longest step from bar to bar; 0 of a lone bar. */
  readonly longestStep: number;
}

/** Counts of a column's values in equal bins; edges are one more than counts. */
export interface Distribution {
  readonly column: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Where each symbol has bars: equal spans of time from the first day to the last, and in each its bars. */
export interface Coverage {
  readonly from: Day;
  readonly to: Day;
  readonly spans: number;
  /** By symbol of the dataset, then by span. */
  readonly bars: Uint32Array;
}

export interface Quality {
  readonly symbols: readonly SymbolQuality[];
  readonly findings: readonly QualityFinding[];
  readonly coverage: Coverage;
  readonly distributions: readonly Distribution[];
}
