import type { Place } from './errors.ts';
import type { Day, Ratio } from './units.ts';

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
  'slipped',
] as const;
export type QualityKind = (typeof qualityKinds)[number];

/** What stands out in the bars of a symbol, as its files name it. */
export interface QualityFinding {
  readonly kind: QualityKind;
  readonly symbol: string;
  /** Bars, rows, pauses, jumps or sessions. */
  readonly count: number;
  /** The first of them. */
  readonly day: Day | null;
  readonly place: Place;
  /** The ratio of a split, in words. */
  readonly ratio?: string;
  /** Of sessions that lie an hour off: which way, and the last of them. */
  readonly slip?: { readonly hours: number; readonly to: Day };
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

/** How many of a calendar's bars there are, by symbol of the dataset, then by month. */
export interface MonthCoverage {
  /** The first month, as `monthOf` counts them, and how many there are. */
  readonly first: number;
  readonly months: number;
  readonly bars: Int32Array;
  /** 0 where no calendar tells, and outside the sessions from a symbol's first bar to its last. */
  readonly expected: Int32Array;
}

export interface Quality {
  readonly symbols: readonly SymbolQuality[];
  readonly findings: readonly QualityFinding[];
  readonly coverage: Coverage;
  /** Where bars have a clock, and are no longer than a session. */
  readonly months?: MonthCoverage;
  readonly distributions: readonly Distribution[];
}

/** Which part of its calendar's bars is there; NaN where there are none to expect. */
export function shareThere(
  { months, bars, expected }: MonthCoverage,
  symbol: number,
  month: number,
): Ratio {
  const cell = symbol * months + month;
  return expected[cell] === 0 ? NaN : bars[cell]! / expected[cell]!;
}
