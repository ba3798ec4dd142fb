import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { later } from '../../study/later.ts';
import { schemaTools } from '../../study/schema.ts';
import { atrMethod, atrPeriod, fullyInvested, held, ownExits } from '../parameters.ts';
import { defineStrategy } from '../strategy.ts';
import { checkExpression } from './language/check.ts';
import { type PartName, isWeighted, parts } from './parts.ts';
import { placeOf } from './fault.ts';

const { text } = schemaTools;

/** A text that the form shows with completion. */
const expression = { language: 'expression' } as const;
/** One that has no effect where weights are given. */
const ofEntries = { ...expression, when: { weight: [''] } } as const;

export const parameters = Type.Object(
  {
    entry: text(
      'Entry',
      'Enter where this is true.',
      'rsi(2) < 10 AND close > sma(200)',
      ofEntries,
    ),
    exit: text(
      'Exit',
      'Positions leave where this is true; empty: only by the study’s exits.',
      'close > sma(5)',
      ofEntries,
    ),
    side: text('Side', 'Above 0 long, below 0 short, 0 nothing.', '1', ofEntries),
    score: text(
      'Score',
      'Ranks entries that meet at one open, and targets where fewer may be held; higher first.',
      '-rsi(2)',
      expression,
    ),
    sizeFactor: text(
      'Size factor',
      'Multiplies the position’s size; empty is 1, null is no position.',
      '',
      ofEntries,
    ),
    weight: later(
      text(
        'Weight',
        'Share of equity to hold, below zero short: 0.5, or close > sma(200). Where it is given, it takes the place of entry, exit, side and size factor, and the portfolio’s settings say when it is traded. Null says nothing.',
        '',
        expression,
      ),
    ),
    rebalance: later(
      text(
        'Rebalance',
        'With weights that are traded on a signal: trade to them where this is true of any symbol; empty: whenever a weight changes.',
        '',
        { ...expression, unless: { weight: [''] } },
      ),
    ),
    atrMethod,
    atrPeriod,
  },
  { additionalProperties: false },
);

export default defineStrategy({
  id: 'custom',
  title: 'Custom',
  description:
    'Your own rules, written as SQL expressions over bars and features. They see what was known at each close, and nothing later.',
  parameters,
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, stop: 3, longestHolding: 20 } },
  suggestedWithWeights: held('given'),
  examples: {
    'portfolio/trend-weights': {
      name: 'Above the 200-day average, equally weighted',
      parameters: { weight: 'CASE WHEN close > sma(200) THEN 1 ELSE 0 END', score: '' },
      portfolio: { share: 'equal', rebalance: 'month' },
    },
  },
  givesWeights: isWeighted,
  sample: { size: { fraction: 0.5 } },
  search: [span('/exits/stop', 1, 5, 9), span('/exits/longestHolding', 5, 40, 8)],
  conflict(p) {
    for (const [part, { type }] of Object.entries(parts)) {
      const problem = checkExpression(p[part as PartName] ?? '', type);
      if (problem !== null) {
        return {
          path: `/${part}`,
          problem: problem.problem,
          remedy: problem.remedy,
          place: placeOf(problem),
        };
      }
    }
    return null;
  },
});
