import type { Days } from '../units.ts';
import type { ReturnsMatrix } from './search.ts';

/** Returns of many trials over the same periods, with what tells the trials apart. */
export interface TrialReturns {
  readonly names: readonly string[];
  /** When each period ends. */
  readonly day: Days;
  readonly matrix: ReturnsMatrix;
}

/** What such a matrix is written as, which are the endings of its file too. */
export const returnsFormats = ['csv', 'arrow', 'parquet'] as const;
export type ReturnsFormat = (typeof returnsFormats)[number];
