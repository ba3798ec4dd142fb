import { Type } from '@sinclair/typebox';
import { LabError } from '../../errors.ts';
import { atr, bars } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import { held, value } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';
import { weightsOf } from './weights.ts';

const { text } = schemaTools;

export default defineStrategy({
  id: 'constant-weights',
  title: 'Constant weights',
  description:
    'Holds fixed shares of equity in symbols that you name and trades back to them on schedule, as classic portfolios (60/40) do.',
  parameters: Type.Object(
    {
      weights: text(
        'Weights',
        'Symbols and their shares of equity, shorts below zero: AAPL 60%, MSFT 0.3, IBM -0.1. The rest is cash. Empty: every symbol the same, fully invested.',
        '',
      ),
    },
    { additionalProperties: false },
  ),
  suggested: held('given'),
  sample: {},
  examples: {
    'portfolio/buy-and-hold': { name: 'Bought once and held', portfolio: { rebalance: 'once' } },
  },
  givesWeights: () => true,
  conflict({ weights }) {
    const found = weightsOf(weights);
    return 'problem' in found ? { path: '/weights', ...found } : null;
  },
  plan({ weights }, { symbols }) {
    const found = weightsOf(weights);
    const named = 'problem' in found ? new Map<string, number>() : found;
    for (const symbol of named.keys()) {
      if (symbols.includes(symbol)) continue;
      throw new LabError({
        kind: 'study',
        problem: 'The dataset has no such symbol.',
        remedy: `Use one of its symbols: ${symbols.slice(0, 10).join(', ')}${symbols.length > 10 ? ', …' : ''}.`,
        place: { path: '/strategy/parameters/weights', value: symbol },
      });
    }
    const even = 1 / symbols.length;
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { atr: range },
      values: {
        weights: symbols.map((symbol) => (named.size === 0 ? even : (named.get(symbol) ?? 0))),
      },
      columns: { close: { feature: bars, column: 'close' }, atr: value(range) },
      sessions: null,
      chart: { column: 'close', label: 'Close', threshold: null },
      notes: [],
      weights: 'scheduled',
    };
  },
});
