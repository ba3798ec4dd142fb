import { type Feature, constant, member } from '../features.ts';
import { schemaTools } from '../study/schema.ts';
import type { Conflict, DatasetFacts } from './strategy.ts';

const { number, integer, optional, choice } = schemaTools;

/** Parameters that several strategies have, in the same words. */
export const sides = (preset: 'both' | 'long' | 'short') =>
  choice('Sides', 'Which positions may be opened.', ['both', 'long', 'short'] as const, preset);

export const atrMethod = choice(
  'ATR method',
  'sma: simple mean. wilder: Wilder’s smoothing, as TA-Lib counts.',
  ['sma', 'wilder'] as const,
  'sma',
);

/** Bars in a window. */
export const barCount = (title: string, description: string, preset: number, minimum = 1) =>
  integer(title, description, preset, { minimum, maximum: 5000, unit: 'bars' });

export const atrPeriod = barCount('ATR period', 'True ranges in the average.', 14);

/** Settings of a strategy that says itself when positions end. */
export const ownExits = {
  stop: null,
  target: null,
  trailing: 'off',
  longestHolding: null,
} as const;

/** Settings of a strategy that is meant to be invested with all of its equity: no value limits, no kill-switch. */
export const fullyInvested = (fraction: number) =>
  ({
    size: { rule: 'fraction', fraction, minimum: 0, maximum: null },
    risk: { killSwitch: null },
  }) as const;

/** Settings of a strategy that gives weights: no stops, no limits but its own. */
export const held = (share: 'given' | 'equal') =>
  ({
    exits: ownExits,
    risk: { killSwitch: null, maximumPositions: 10_000 },
    portfolio: { share },
  }) as const;

/** What a momentum spans, and how strong it has to be. */
export const momentumParameters = {
  lookback: barCount('Look-back', 'Momentum is the return since this many bars ago …', 252, 2),
  skip: integer('Skip', '… up to this many bars ago.', 21, {
    minimum: 0,
    maximum: 5000,
    unit: 'bars',
  }),
  minimumMomentum: optional(
    number('Momentum above', 'Weaker symbols are not held, however they rank.', 0, {
      unit: 'ratio',
    }),
    { off: true },
  ),
};

export const momentumConflict = ({
  lookback,
  skip,
}: {
  readonly lookback: number;
  readonly skip: number;
}): Conflict | null =>
  skip < lookback
    ? null
    : { path: '/skip', problem: `This must be less than the look-back, ${lookback}.` };

/** Who may be bought: the universe's members, or everyone where there is no universe. */
export const membership = (facts: DatasetFacts): Feature =>
  facts.hasUniverse ? member() : constant(true);

/** A feature's own column, to be seen and exported. */
export const value = (feature: Feature) => ({ feature, column: 'value' });
