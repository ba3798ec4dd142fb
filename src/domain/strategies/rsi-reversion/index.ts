import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, rsi } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import {
  atrMethod,
  atrPeriod,
  barCount,
  fullyInvested,
  membership,
  ownExits,
  sides,
  value,
} from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { number, optional, choice } = schemaTools;

const level = { minimum: 0, maximum: 100 };

export default defineStrategy({
  id: 'rsi-reversion',
  title: 'RSI reversion',
  description:
    'Buys when the Relative Strength Index says oversold and leaves when it is back in the middle; shorts mirrored.',
  parameters: Type.Object(
    {
      period: barCount('RSI period', 'Changes of the close in the index.', 14, 2),
      method: choice(
        'RSI method',
        'wilder: Wilder’s smoothing, as TA-Lib counts. cutler: simple sums.',
        ['wilder', 'cutler'] as const,
        'wilder',
      ),
      oversold: number('Oversold', 'Long below this.', 30, level),
      overbought: number('Overbought', 'Short above this.', 70, level),
      exitLevel: optional(
        number('Exit level', 'Longs leave at or above this, shorts at or below.', 50, level),
      ),
      sides: sides('long'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, stop: 3, longestHolding: 20 } },
  sample: { size: { fraction: 0.5 } },
  search: [
    span('/strategy/parameters/period', 2, 20, 7),
    span('/strategy/parameters/oversold', 10, 40, 7),
  ],
  conflict: ({ oversold, overbought }) =>
    oversold < overbought
      ? null
      : { path: '/oversold', problem: `This must be below the overbought level, ${overbought}.` },
  plan(p, facts) {
    const index = rsi(p.method, p.period);
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { rsi: index, atr: range, member: membership(facts) },
      values: {
        oversold: p.oversold,
        overbought: p.overbought,
        exits: p.exitLevel !== null,
        exit_level: p.exitLevel ?? 0,
        sides: p.sides,
      },
      columns: { atr: value(range), rsi: value(index) },
      sessions: null,
      chart: {
        column: 'rsi',
        label: 'RSI',
        threshold: p.sides === 'short' ? p.overbought : p.oversold,
      },
      notes: [],
    };
  },
});
