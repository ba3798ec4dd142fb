import { type Static, Type } from '@sinclair/typebox';
import { conventions } from '../metrics/convention.ts';
import { costsSchema, riskSchema } from './account.ts';
import type { PortfolioSettings } from './portfolio.ts';
import { contributionsSchema } from './contributions.ts';
import { later } from './later.ts';
import { barsSchema, sessionSchema } from './session.ts';
import { choice, group, integer, number } from './tools.ts';
import { executionSchema, exitsSchema, rangeSchema, sizeSchema } from './trading.ts';

export { schemaTools } from './tools.ts';

/**
 * The one definition of a study's settings: types, defaults, bounds and the words shown on screen all come
 * from here, and so does the JSON Schema that ships. Strategy parameters live with their strategy.
 */
const metricsSchema = group('Metrics', 'Conventions of the ratios.', {
  convention: choice(
    'Convention',
    'Whose definitions the numbers follow. Every run computes all of them; this one comes first and enters the digest.',
    conventions,
    'outsample',
  ),
  riskFreeRate: number('Risk-free rate', 'A year, simple, taken off each session’s return.', 0, {
    minimum: -0.5,
    maximum: 1,
    unit: 'ratio',
  }),
});

const precisionSchema = group(
  'Precision',
  'Window sums run over integers: values are multiplied by a power of ten and rounded. Volume and attention keep more decimals where their values have more, and fewer where they are too large; a run says so.',
  {
    priceDecimals: integer('Price decimals', 'Digits kept after the point in prices.', 10, {
      minimum: 0,
      maximum: 12,
      unit: 'digits',
    }),
    volumeDecimals: integer('Volume decimals', 'Digits kept after the point in volume.', 4, {
      minimum: 0,
      maximum: 10,
      unit: 'digits',
    }),
    attentionDecimals: integer(
      'Attention decimals',
      'Digits kept after the point in attention.',
      6,
      {
        minimum: 0,
        maximum: 10,
        unit: 'digits',
      },
    ),
  },
);

/** Settings that every strategy shares. */
export const settingsSchema = Type.Object(
  {
    range: rangeSchema,
    execution: executionSchema,
    size: sizeSchema,
    exits: exitsSchema,
    risk: riskSchema,
    costs: costsSchema,
    contributions: later(contributionsSchema),
    bars: later(barsSchema),
    session: later(sessionSchema),
    metrics: metricsSchema,
    precision: precisionSchema,
  },
  { additionalProperties: false },
);

export type Settings = Static<typeof settingsSchema> & {
  /** Of strategies that may give weights. */
  readonly portfolio?: PortfolioSettings;
};
export type ExitSettings = Settings['exits'];
export type SizeSettings = Settings['size'];
export type CostSettings = Settings['costs'];
export type RiskSettings = Settings['risk'];
export type ExecutionSettings = Settings['execution'];
