import { warning } from '../../note.ts';
import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, momentum, momentumRank, newPeriod } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import {
  fullyInvested,
  momentumConflict,
  momentumParameters,
  membership,
  ownExits,
  value,
} from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { integer, choice } = schemaTools;

const invested = fullyInvested(1);

export default defineStrategy({
  id: 'momentum-rotation',
  title: 'Momentum rotation',
  description:
    'Holds the strongest symbols of the universe in equal parts, chosen afresh at the first bar of each month by their return over a year without its latest month (Jegadeesh & Titman 1993).',
  parameters: Type.Object(
    {
      positions: integer('Positions', 'How many of the strongest are held.', 3, {
        minimum: 1,
        maximum: 1000,
        unit: 'symbols',
      }),
      ...momentumParameters,
      rebalance: choice(
        'Rebalance',
        'At the first bar of each.',
        ['month', 'week'] as const,
        'month',
      ),
    },
    { additionalProperties: false },
  ),
  suggested: {
    ...invested,
    risk: { ...invested.risk, maximumPositions: 10_000 },
    exits: ownExits,
  },
  sample: { parameters: { positions: 1, lookback: 126 } },
  search: [
    span('/strategy/parameters/positions', 1, 5, 5),
    span('/strategy/parameters/lookback', 42, 252, 6),
  ],
  conflict: momentumConflict,
  plan(p, facts) {
    const strength = momentum(p.lookback, p.skip);
    const rank = momentumRank(strength, membership(facts));
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { new_period: newPeriod(p.rebalance), rank, momentum: strength, atr: range },
      values: {
        positions: p.positions,
        floored: p.minimumMomentum !== null,
        floor: p.minimumMomentum ?? 0,
      },
      columns: { atr: value(range), momentum: value(strength), rank: value(rank) },
      sessions: null,
      chart: {
        column: 'rank',
        label: 'Rank by momentum',
        threshold: p.positions,
        parts: [{ column: 'momentum', label: 'Momentum', unit: 'percent' }],
      },
      notes:
        facts.symbols.length > p.positions
          ? []
          : [
              warning(
                `The dataset has ${facts.symbols.length} symbol${facts.symbols.length === 1 ? '' : 's'}: holding the strongest ${p.positions} chooses nothing.`,
              ),
            ],
    };
  },
});
