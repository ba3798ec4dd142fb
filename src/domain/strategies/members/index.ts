import { Type } from '@sinclair/typebox';
import { atr, bars } from '../../features.ts';
import { held, membership, value } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

export default defineStrategy({
  id: 'members',
  title: 'Members, weighted',
  description:
    'Holds every member of the universe, or every symbol where there is no universe. The portfolio’s shares say how much of each: the same, by volatility, or by contribution to risk.',
  parameters: Type.Object({}, { additionalProperties: false }),
  suggested: held('equal'),
  sample: {},
  examples: {
    'portfolio/equal-weight': { name: 'Equal weight' },
    'portfolio/inverse-volatility': {
      name: 'Inverse volatility',
      portfolio: { share: 'inverse-volatility' },
    },
    'portfolio/risk-parity': { name: 'Risk parity', portfolio: { share: 'risk-parity' } },
  },
  givesWeights: () => true,
  plan(_, facts) {
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { member: membership(facts), atr: range },
      values: {},
      columns: { close: { feature: bars, column: 'close' }, atr: value(range) },
      sessions: null,
      chart: { column: 'close', label: 'Close', threshold: null },
      notes: [],
      weights: 'scheduled',
    };
  },
});
