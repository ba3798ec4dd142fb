import { Type } from '@sinclair/typebox';
import { atr, bars } from '../../features.ts';
import { fullyInvested, membership, ownExits, value } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const invested = fullyInvested(1);

export default defineStrategy({
  id: 'buy-and-hold',
  title: 'Buy & hold',
  description:
    'Buys every symbol of the dataset in equal parts at its first bar in range and keeps it: what any other strategy has to beat.',
  parameters: Type.Object({}, { additionalProperties: false }),
  suggested: {
    ...invested,
    risk: { ...invested.risk, maximumPositions: 10_000 },
    exits: ownExits,
  },
  sample: {},
  plan(_, facts) {
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { member: membership(facts), atr: range },
      values: { part: 1 / facts.symbols.length },
      columns: { atr: value(range), close: { feature: bars, column: 'close' } },
      sessions: null,
      chart: { column: 'close', label: 'Close', threshold: null },
      notes: [],
    };
  },
});
