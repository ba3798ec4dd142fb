import { Type } from '@sinclair/typebox';
import { atr, momentum } from '../../features.ts';
import { span } from '../../search/dimensions.ts';
import { held, momentumConflict, momentumParameters, membership, value } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

export default defineStrategy({
  id: 'momentum-weights',
  title: 'Momentum portfolio',
  description:
    'Holds the members that rose most over a year without its latest month (Jegadeesh & Titman 1993), as many as there may be open positions, and trades them back to their shares. With a buffer a holding stays until it has fallen well behind.',
  parameters: Type.Object(
    {
      ...momentumParameters,
    },
    { additionalProperties: false },
  ),
  suggested: {
    ...held('equal'),
    risk: { killSwitch: null, maximumPositions: 3 },
    portfolio: { share: 'equal', buffer: 1 },
  },
  sample: {
    parameters: { lookback: 126 },
    risk: { maximumPositions: 1 },
    portfolio: { buffer: 0 },
  },
  search: [
    span('/risk/maximumPositions', 1, 5, 5),
    span('/strategy/parameters/lookback', 42, 252, 6),
  ],
  givesWeights: () => true,
  conflict: momentumConflict,
  plan(p, facts) {
    const strength = momentum(p.lookback, p.skip);
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { member: membership(facts), momentum: strength, atr: range },
      values: { floored: p.minimumMomentum !== null, floor: p.minimumMomentum ?? 0 },
      columns: { momentum: value(strength), atr: value(range) },
      sessions: null,
      chart: { column: 'momentum', label: 'Momentum', threshold: null },
      notes: [],
      weights: 'scheduled',
    };
  },
});
