import type { Day, Instant } from '../units.ts';

/**
 * What the look-ahead audit finds. It replays a study in worlds that differ only in what a session, or a step of bars
 * that have times, cannot know yet;
 * whatever then changes in the past has looked ahead.
 */
export const replays = {
  cut: 'Future cut off',
  noise: 'Future replaced by noise',
  'own-bar': 'The bar’s own high, low, close and volume replaced',
} as const;
export type ReplayId = keyof typeof replays;

/** One value that should have kept its bits and did not. */
export interface Difference {
  /** Of the signal's row, the fill or the session. */
  readonly day: Day;
  /** When it was known, where bars have times. */
  readonly at?: Instant;
  /** null for the curve, which is the account's. */
  readonly symbol: string | null;
  readonly kind: 'signal' | 'fill' | 'equity';
  /** A column of the signals, of the trades or of the curve; 'entry', 'exit', 'bought' or 'sold' where a fill is there in one world only. */
  readonly column: string;
  /** With all data, and in the replay; null where there is none. */
  readonly whole: number | string | null;
  readonly replay: number | string | null;
}

/** The first of the strategy's own columns that changed. */
export interface Culprit {
  readonly column: string;
  readonly day: Day;
  readonly at?: Instant;
  readonly symbol: string;
  readonly whole: number | null;
  readonly replay: number | null;
}

/** One kind of replay over all sessions, or steps, that were tried. */
export interface ReplayReport {
  readonly replay: ReplayId;
  /** Why it was not tried; null where it was. */
  readonly notApplicable: string | null;
  readonly unit: 'session' | 'step';
  readonly tried: number;
  readonly of: number;
  /** Every one was tried, up to the first difference. */
  readonly exhaustive: boolean;
  /** The session or instant after (or in) which the world was changed, and what that changed; null where nothing did. */
  readonly found: {
    readonly session: Day;
    readonly at?: Instant;
    readonly difference: Difference;
    readonly culprit: Culprit | null;
  } | null;
  readonly text: string;
}

export interface LookAheadReport {
  readonly clean: boolean;
  readonly replays: readonly ReplayReport[];
  /** What was left out of the comparison, and on what terms it was made. */
  readonly notes: readonly string[];
}
