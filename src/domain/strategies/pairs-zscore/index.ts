import { info } from '../../note.ts';
import { span } from '../../search/dimensions.ts';
import { type Static, Type } from '@sinclair/typebox';
import { LabError } from '../../errors.ts';
import { atr, pairScore } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import { barCount, fullyInvested, membership, ownExits, value } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import sql from './signals.sql?raw';

const { number, text } = schemaTools;

const parameters = Type.Object(
  {
    symbolA: text('Symbol A', 'One leg; empty is the dataset’s first symbol.', ''),
    symbolB: text('Symbol B', 'The other leg; empty is the first symbol that is not A.', ''),
    window: barCount('Window', 'Common dates in the ratio’s mean and deviation (n − 1).', 60, 2),
    entryThreshold: number(
      'Entry threshold',
      'Enter when |z| of the ratio A ÷ B is above this.',
      2,
      {
        exclusiveMinimum: 0,
      },
    ),
    exitThreshold: number('Exit threshold', 'Leave when |z| is at or below this.', 0.5, {
      minimum: 0,
    }),
  },
  { additionalProperties: false },
);

/** Numbers of the two legs. */
function legs(p: Static<typeof parameters>, symbols: readonly string[]): [number, number] {
  const numberOf = (path: string, name: string, other: string | undefined): number => {
    const found = name === '' ? symbols.findIndex((one) => one !== other) : symbols.indexOf(name);
    if (found >= 0 && symbols[found] !== other) return found;
    throw new LabError({
      kind: 'study',
      problem:
        symbols.length < 2
          ? 'A pair needs two symbols, and the dataset has one.'
          : found < 0
            ? 'The dataset has no such symbol.'
            : 'Both legs of the pair are the same symbol.',
      remedy:
        symbols.length < 2
          ? 'Add the bars of another symbol.'
          : `Use two of: ${symbols.slice(0, 20).join(', ')}.`,
      place: { path: `/strategy/parameters/${path}`, value: name },
    });
  };
  const b = p.symbolB === '' ? undefined : p.symbolB;
  const a = numberOf('symbolA', p.symbolA, p.symbolA === '' ? b : undefined);
  return [a, numberOf('symbolB', p.symbolB, symbols[a])];
}

export default defineStrategy({
  id: 'pairs-zscore',
  title: 'Pairs',
  description:
    'Trades two symbols against each other: when the ratio of their closes is far from its mean, it sells the dear one short and buys the cheap one, half of equity each, until the ratio is back.',
  parameters,
  suggested: {
    ...fullyInvested(1),
    exits: ownExits,
  },
  sample: {},
  search: [
    span('/strategy/parameters/window', 20, 120, 6),
    span('/strategy/parameters/entryThreshold', 1, 3, 9),
  ],
  conflict: ({ entryThreshold, exitThreshold }) =>
    exitThreshold < entryThreshold
      ? null
      : {
          path: '/exitThreshold',
          problem: `This must be below the entry threshold, ${entryThreshold}.`,
        },
  plan(p, facts) {
    const [a, b] = legs(p, facts.symbols);
    const z = pairScore(a, b, p.window);
    const range = atr('sma', 14);
    return {
      sql,
      inputs: { z, atr: range, member: membership(facts) },
      values: { entry_threshold: p.entryThreshold, exit_threshold: p.exitThreshold },
      columns: { atr: value(range), z_ratio: value(z) },
      sessions: null,
      chart: {
        column: 'z_ratio',
        label: 'z-score of the ratio to the other leg',
        threshold: p.entryThreshold,
      },
      notes: [
        info(
          `The pair is ${facts.symbols[a] ?? ''} and ${facts.symbols[b] ?? ''}. Each leg is an order of its own: one may fill without the other.`,
        ),
      ],
    };
  },
});
