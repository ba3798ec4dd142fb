import type { Market, Signals } from '../../market.ts';
import type { Simulation } from '../../run.ts';
import type { DatasetFacts, SignalPlan } from '../../strategies/strategy.ts';
import type { Settings } from '../../study/schema.ts';
import type { ReplayId } from '../look-ahead.ts';

/**
 * A known way to look ahead, shipped so that everyone can see the audit catch it. It is no strategy: the registry does
 * not have it.
 */
export interface Cheat {
  readonly id: string;
  readonly title: string;
  /** What it does, in a sentence. */
  readonly does: string;
  /** Where people make that mistake. */
  readonly where: string;
  /** The replays that must catch it; the others cannot see it, or need not. */
  readonly caughtBy: readonly ReplayId[];
  /** What a study of it sets. */
  readonly study: object;
  /** The synthetic market that it is shown on: days where nothing is said, hours of one place, or days of two places. */
  readonly market?: 'hours' | 'places';
  /** Its signals, where they cheat; else those of the study's own strategy. */
  readonly plan?: (facts: DatasetFacts) => SignalPlan;
  /** The same signals from values that are known by then, where the cheat is a matter of that alone: it must pass. */
  readonly honest?: (facts: DatasetFacts) => SignalPlan;
  /** Its fills, where they cheat; else the domain's own simulation. */
  readonly simulate?: (market: Market, signals: Signals, settings: Settings) => Simulation;
}

/** Settings that let every demonstration trade often, and that leave what it does to its signals. */
export const plainStudy = {
  strategy: { id: 'zscore-reversion', parameters: { window: 10, entryThreshold: 1 } },
  size: { rule: 'units', units: 10 },
  exits: { stop: 2, target: 3, trailing: 'off', longestHolding: 10 },
  risk: { maximumPositions: 10, killSwitch: null },
} as const;
