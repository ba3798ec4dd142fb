import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, bollinger } from '../../features.ts';
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

const { number, choice } = schemaTools;

export default defineStrategy({
  id: 'bollinger-reversion',
  title: 'Bollinger reversion',
  description:
    'Buys when the close falls below the lower Bollinger band and leaves at the middle or the opposite band; shorts mirrored.',
  parameters: Type.Object(
    {
      window: barCount('Window', 'Bars in the mean and the deviation.', 20, 2),
      width: number(
        'Width',
        'Standard deviations between mean and band, the population’s (over n), as John Bollinger counts.',
        2,
        { exclusiveMinimum: 0 },
      ),
      exitAt: choice(
        'Exit at',
        'middle: the mean. opposite: the other band. off: only the study’s exits.',
        ['middle', 'opposite', 'off'] as const,
        'middle',
      ),
      sides: sides('long'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, stop: 3 } },
  sample: { size: { fraction: 0.5 } },
  search: [
    span('/strategy/parameters/window', 10, 60, 6),
    span('/strategy/parameters/width', 1, 3, 9),
  ],
  plan(p, facts) {
    const z = bollinger(p.window);
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { z, atr: range, member: membership(facts) },
      values: {
        entry_threshold: p.width,
        exits: p.exitAt !== 'off',
        exit_threshold: p.exitAt === 'opposite' ? -p.width : 0,
        sides: p.sides,
      },
      columns: { atr: value(range), deviations: value(z) },
      sessions: null,
      chart: {
        column: 'deviations',
        label: 'Standard deviations from the mean',
        threshold: p.sides === 'short' ? p.width : -p.width,
      },
      notes: [],
    };
  },
});
