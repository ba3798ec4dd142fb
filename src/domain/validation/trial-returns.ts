import type { Days } from '../units.ts';
import type { ReturnsMatrix } from './search.ts';

/** Returns of many trials over the same periods, with what tells the trials apart. */
export interface TrialReturns {
  readonly names: readonly string[];
  /** When each period ends. */
  readonly day: Days;
  readonly matrix: ReturnsMatrix;
}
