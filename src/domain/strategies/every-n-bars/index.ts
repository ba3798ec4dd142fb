import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, bars } from '../../features.ts';
import {
  atrMethod,
  atrPeriod,
  barCount,
  fullyInvested,
  membership,
  ownExits,
  value,
} from '../parameters.ts';
import { vectorbt } from '../peers.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

export default defineStrategy({
  id: 'every-n-bars',
  title: 'Every n bars',
  description:
    'Buys on every n-th bar of a symbol when flat, blind to prices: what it earns is the doing of its exits, so stops can be compared.',
  parameters: Type.Object(
    {
      every: barCount('Every', 'Bars between signals, counted from the symbol’s first.', 40),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, trailing: 'percent' } },
  sample: { size: { fraction: 0.5 } },
  examples: {
    'vectorbt/every-40-bars-stop5-trail': {
      ...vectorbt({ fill: 'same-close', trailing: 0.05 }),
      name: 'vectorbt: every 40 bars, trailing stop 5 %',
    },
  },
  search: [span('/strategy/parameters/every', 10, 80, 8)],
  plan(p, facts) {
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { atr: range, member: membership(facts) },
      values: { every: p.every },
      columns: { atr: value(range), close: { feature: bars, column: 'close' } },
      sessions: null,
      chart: { column: 'close', label: 'Close', threshold: null },
      notes: [],
    };
  },
});
