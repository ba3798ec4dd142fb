import { Type } from '@sinclair/typebox';
import { atr, bars, constant, member, zScore } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import { atrMethod, atrPeriod, sides } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { number, integer } = schemaTools;

export default defineStrategy({
  id: 'zscore-reversion',
  title: 'z-score reversion',
  description:
    'Buys when the close is more than a few standard deviations below its recent mean, with a stop and a target measured from the signal’s close.',
  parameters: Type.Object(
    {
      window: integer(
        'Window',
        'Bars in the mean and the standard deviation (n − 1), the current one included.',
        20,
        {
          minimum: 2,
          maximum: 5000,
          unit: 'bars',
        },
      ),
      entryThreshold: number(
        'Entry threshold',
        'Enter when the close is this many standard deviations away.',
        2,
        {
          minimum: 0,
        },
      ),
      sides: sides('long'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: {
    exits: { reference: 'signal-close', stop: 2, target: 3, trailing: null, longestHolding: null },
    size: { rule: 'units', units: 100 },
  },
  // Stands in backtesting.py's shoes, whose trade list it reproduces.
  sample: {
    name: 'z-score reversion by backtesting.py’s conventions',
    risk: { initialCash: 1_000_000, maximumPositions: 1, killSwitch: null },
    costs: { commission: 0, slippage: 0 },
    execution: { endOfData: 'open' },
  },
  plan(p, facts) {
    const z = zScore(bars, 'close_ticks', p.window, p.window);
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { z, atr: range, member: facts.hasUniverse ? member() : constant(true) },
      values: { entry_threshold: p.entryThreshold, sides: p.sides },
      columns: {
        atr: { feature: range, column: 'value' },
        z_close: { feature: z, column: 'value' },
      },
      sessions: null,
      chart: { column: 'z_close', label: 'z-score of the close', threshold: -p.entryThreshold },
      notes: [],
    };
  },
});
