import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, highest, lowest } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import {
  atrMethod,
  atrPeriod,
  barCount,
  membership,
  ownExits,
  sides,
  value,
} from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { number, optional, choice } = schemaTools;

export default defineStrategy({
  id: 'atr-breakout',
  title: 'Breakout',
  description:
    'Buys strength: a close above the highest high of the bars before, or above the close before by a multiple of ATR. A chandelier stop rides the trend.',
  parameters: Type.Object(
    {
      trigger: choice(
        'Trigger',
        'channel: the highest high (lowest low) of the bars before. atr: the close before and a multiple of its ATR.',
        ['channel', 'atr'] as const,
        'channel',
      ),
      channelBars: barCount('Channel', 'Bars before the signal in the channel.', 55),
      multiple: number('ATR multiple', 'Distance from the close before.', 1.5, {
        exclusiveMinimum: 0,
        unit: '× ATR',
      }),
      exitBars: optional(
        barCount('Exit channel', 'Longs leave below the lowest low of these bars before.', 20),
      ),
      sides: sides('long'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: {
    size: { rule: 'atr-risk' },
    exits: { ...ownExits, stop: 2, trailing: 'chandelier', trailingMultiple: 3 },
    risk: { killSwitch: null },
  },
  sample: {},
  search: [span('/exits/stop', 1, 4, 7), span('/exits/trailingMultiple', 1.5, 5, 8)],
  plan(p, facts) {
    const range = atr(p.atrMethod, p.atrPeriod);
    const [high, low] = [highest(p.channelBars), lowest(p.channelBars)];
    const exitBars = p.exitBars ?? p.channelBars;
    return {
      sql,
      inputs: {
        high,
        low,
        exit_high: highest(exitBars),
        exit_low: lowest(exitBars),
        atr: range,
        member: membership(facts),
      },
      values: {
        trigger: p.trigger,
        multiple: p.multiple,
        exits: p.exitBars !== null,
        sides: p.sides,
      },
      columns: { atr: value(range), highest: value(high), lowest: value(low) },
      readsAtr: true,
      sessions: null,
      chart: {
        column: 'highest',
        label: `Highest high of ${p.channelBars} bars`,
        threshold: null,
        parts: [
          { column: 'lowest', label: `Lowest low of ${p.channelBars} bars`, unit: 'number' },
          { column: 'atr', label: 'ATR', unit: 'number' },
        ],
      },
      notes: [],
    };
  },
});
