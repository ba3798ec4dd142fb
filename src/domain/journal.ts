import type { MetricUnit } from './metrics/metric.ts';
import type { Digests } from './run.ts';
import type { Day, Days } from './units.ts';

/** Recorded runs, and what a comparison of them finds. */

/** A number of the headline, or why there is none. */
export interface HeadlineMetric {
  readonly id: string;
  readonly label: string;
  readonly unit: MetricUnit;
  readonly value: number | null;
  readonly reason?: string;
}

/** A recorded run, as a list shows it. */
export interface RunSummary {
  /** SHA-256 over what the run is and when it was made. */
  readonly id: string;
  readonly madeAt: string;
  readonly name: string;
  /** Id of the strategy. */
  readonly strategy: string;
  readonly studyDigest: string;
  readonly fingerprint: string;
  readonly dataset: string;
  readonly engine: string;
  readonly digests: Digests;
  readonly metrics: readonly HeadlineMetric[];
  readonly labels: readonly string[];
  /** At most 200 points: for the eye, not for sums. */
  readonly curve: { readonly day: Days; readonly equity: Float32Array };
}

/** What a person writes on a run. */
export interface RunMarks {
  /** At most `longestName` characters; empty where it is called by what differs in it. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
}

/** The most characters of a run’s own name, and of a tag; and the most tags. */
export const longestName = 200;
export const longestTag = 40;
export const mostTags = 20;

/** A run in the list. */
export interface ListedRun extends RunSummary {
  readonly marks: RunMarks;
  /** What differs from the run before of the same strategy, from the defaults in the first, in words. */
  readonly changes: string;
}

/** The orders of the list; the largest first, and then the newest. */
export const runOrders = ['newest', 'total-return', 'sharpe', 'starred'] as const;
export type RunOrder = (typeof runOrders)[number];

/** Which runs are listed. */
export interface RunFilter {
  readonly by: RunOrder;
  /** In a name, a tag, the strategy or the dataset; all where it is empty. */
  readonly text: string;
  /** The starred ones alone. */
  readonly starred: boolean;
}

/** All, newest first. */
export const allRuns: RunFilter = { by: 'newest', text: '', starred: false };

/** A run that is kept at hand for comparing. */
export interface PinnedRun {
  /** From 1 to `mostPinned`; a run keeps its place until it is unpinned. */
  readonly place: number;
  readonly run: RunSummary;
}

/** How many runs can be told apart by eye. */
export const mostPinned = 4;

/** Fewer say nothing of a Sharpe ratio. */
export const leastCommonSessions = 60;

/** Whether a run’s Sharpe ratio differs from the base’s by more than luck explains, or why that cannot be told. */
export type SharpeComparison =
  | SharpeTest
  /** Both have one and the same equity, to the bit. */
  | { readonly kind: 'same' }
  | { readonly kind: 'few-sessions'; readonly sessions: number }
  /** True of which of the two: no whole curve is kept; equity fell to zero; its returns do not vary. */
  | {
      readonly kind: 'no-curve' | 'ruined' | 'flat';
      readonly base: boolean;
      readonly run: boolean;
    };

/** Sharpe ratios a year, of the sessions in common. */
export interface SharpeTest {
  readonly kind: 'tested';
  readonly base: number;
  readonly run: number;
  /** run − base, and its 95 % interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of this pair alone; and by Holm’s correction for all pairs that were tested beside it. */
  readonly pValue: number;
  readonly corrected: number;
  readonly sessions: number;
  /** The first and the last of them. */
  readonly from: Day;
  readonly to: Day;
  /** Mean length of the blocks that were drawn, sessions. */
  readonly blockLength: number;
  readonly samples: number;
}
