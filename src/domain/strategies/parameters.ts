import { schemaTools } from '../study/schema.ts';

const { integer, choice } = schemaTools;

/** Parameters that several strategies have, in the same words. */
export const sides = (preset: 'both' | 'long' | 'short') =>
  choice('Sides', 'Which positions may be opened.', ['both', 'long', 'short'] as const, preset);

export const atrMethod = choice(
  'ATR method',
  'sma: simple mean. wilder: Wilder’s smoothing, as TA-Lib counts.',
  ['sma', 'wilder'] as const,
  'sma',
);

export const atrPeriod = integer('ATR period', 'True ranges in the average.', 14, {
  minimum: 1,
  maximum: 1000,
  unit: 'bars',
});
