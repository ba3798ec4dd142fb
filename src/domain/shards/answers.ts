import type { TrialOutcome } from '../trial.ts';
import type { ReplayId } from '../validation/look-ahead.ts';
import type { Part } from './part.ts';

/** Commands whose work can be cut, by the names that they have there. */
export const shardedCommands = ['search', 'walk-forward', 'audit'] as const;
export type ShardedCommand = (typeof shardedCommands)[number];

/** What a shard is asked for. */
export interface ShardWork {
  readonly part: Part;
  /** Curves of the search’s trials: all that a file of returns may hold, or those that folds and statistics stand on. */
  readonly trials: 'none' | 'with every curve' | 'with kept curves';
  /** Replays of the look-ahead audit, and rotations of the run’s signals. */
  readonly audit: boolean;
}

/** A trial, by its digest; its curve where that is kept. */
export interface TrialAnswer extends TrialOutcome {
  readonly digest: string;
}

/** The Sharpe ratio of the run’s signals at other times, by the rotation’s number. */
export interface RotationAnswer {
  readonly rotation: number;
  readonly sharpe: number | null;
}

/** A replay of the look-ahead audit, by its kind and its point. */
export interface ReplayAnswer {
  readonly replay: ReplayId;
  readonly point: number;
  /** Whether it changed the past; null where the shard had found a change by this kind of replay before, and left it out. */
  readonly found: boolean | null;
  readonly leftOutCurve: boolean;
}

/** Answers to the jobs of one part, and how many jobs all parts have together. */
export interface ShardAnswers {
  /** Digest of the sessions that the study trades in. */
  readonly sessions: string;
  readonly jobs: { readonly [J in Job]: number };
  readonly trials: readonly TrialAnswer[];
  readonly rotations: readonly RotationAnswer[];
  readonly replays: readonly ReplayAnswer[];
}
export type Job = 'trials' | 'rotations' | 'replays';

/** Answers that stand in place of work; each throws a LabError where it is asked for another job than it has. */
export interface Known {
  trial(digest: string): TrialOutcome;
  /** By the rotation’s number. */
  rotation(place: number): number | null;
  replay(task: Pick<ReplayAnswer, 'replay' | 'point'>): ReplayAnswer & Source;
}

/** Where an answer is from. */
export interface Source {
  readonly file: string;
}
