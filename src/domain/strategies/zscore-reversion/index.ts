import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, bars, zScore } from '../../features.ts';
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
import { backtestingPy } from '../peers.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { number, optional } = schemaTools;

const peer = backtestingPy({});
const likeBacktestingPy = {
  ...peer,
  name: 'backtesting.py: z-score reversion with stop and target',
  size: { rule: 'units', units: 100, tooDear: 'cancel' },
  exits: { ...peer.exits, reference: 'signal-close', stop: 2, target: 3 },
} as const;

export default defineStrategy({
  id: 'zscore-reversion',
  title: 'z-score reversion',
  description:
    'Buys when the close is more than a few standard deviations below its recent mean, with a stop and a target measured from the signal’s close.',
  parameters: Type.Object(
    {
      window: barCount(
        'Window',
        'Bars in the mean and the standard deviation (n − 1), the current one included.',
        20,
        2,
      ),
      entryThreshold: number(
        'Entry threshold',
        'Enter when the close is this many standard deviations away.',
        2,
        { minimum: 0 },
      ),
      exitThreshold: optional(
        number(
          'Exit threshold',
          'Leave once the close is this many standard deviations from its mean, or beyond the mean.',
          0,
          { minimum: 0 },
        ),
        { off: true },
      ),
      sides: sides('long'),
      atrMethod,
      atrPeriod,
    },
    { additionalProperties: false },
  ),
  suggested: {
    exits: { ...ownExits, reference: 'signal-close', stop: 2, target: 3 },
    size: { rule: 'units', units: 100 },
  },
  // Stands in backtesting.py's shoes, whose trade list it reproduces.
  sample: { ...likeBacktestingPy, name: 'z-score reversion by backtesting.py’s conventions' },
  examples: { 'backtesting.py/zscore-reversion-sl-tp': likeBacktestingPy },
  search: [
    span('/strategy/parameters/window', 10, 60, 6),
    span('/strategy/parameters/entryThreshold', 0.5, 2.5, 9),
  ],
  plan(p, facts) {
    const z = zScore(bars, 'close_ticks', p.window, p.window);
    const range = atr(p.atrMethod, p.atrPeriod);
    return {
      sql,
      inputs: { z, atr: range, member: membership(facts) },
      values: {
        entry_threshold: p.entryThreshold,
        exits: p.exitThreshold !== null,
        exit_threshold: p.exitThreshold ?? 0,
        sides: p.sides,
      },
      columns: { atr: value(range), z_close: value(z) },
      sessions: null,
      chart: { column: 'z_close', label: 'z-score of the close', threshold: -p.entryThreshold },
      notes: [],
    };
  },
});
