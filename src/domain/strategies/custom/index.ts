import { span } from '../../search/dimensions.ts';
import { Type } from '@sinclair/typebox';
import { atr, bars } from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import { atrMethod, atrPeriod, fullyInvested, membership, ownExits, value } from '../parameters.ts';
import { type DatasetFacts, defineStrategy } from '../strategy.ts';
import { type Note, warning } from '../../note.ts';
import { checkExpression } from './language/check.ts';
import { type PartName, compile, parts, textsOf } from './compile.ts';
import { explained } from './explain.ts';
import { placeOf } from './fault.ts';
import sql from './signals.sql?raw';

const { text } = schemaTools;

/** A text that the form shows with completion. */
const expression = { language: 'expression' } as const;

const parameters = Type.Object(
  {
    entry: text(
      'Entry',
      'Enter where this is true.',
      'rsi(2) < 10 AND close > sma(200)',
      expression,
    ),
    exit: text(
      'Exit',
      'Positions leave where this is true; empty: only by the study’s exits.',
      'close > sma(5)',
      expression,
    ),
    side: text('Side', 'Above 0 long, below 0 short, 0 nothing.', '1', expression),
    score: text(
      'Score',
      'Ranks entries that meet at one open; higher first.',
      '-rsi(2)',
      expression,
    ),
    sizeFactor: text(
      'Size factor',
      'Multiplies the position’s size; empty is 1, null is no position.',
      '',
      expression,
    ),
    atrMethod,
    atrPeriod,
  },
  { additionalProperties: false },
);

function notesOn(asked: readonly string[], facts: DatasetFacts): Note[] {
  const uses = (pattern: RegExp): boolean => asked.some((call) => pattern.test(call.toLowerCase()));
  return [
    ...(facts.attention === null && uses(/^(attention|zscore ?\( ?attention)/)
      ? [warning('No attention series: attention() is null everywhere.')]
      : []),
    ...(facts.attention === null && uses(/^panic_score/)
      ? [warning('No attention series: panic_score() leaves the attention term out.')]
      : []),
    ...(!facts.hasVolume && uses(/^panic_score/)
      ? [warning('No volume in this dataset: panic_score() leaves the volume term out.')]
      : []),
    ...(facts.macro.length < 3 && uses(/^g_score/)
      ? [warning('Missing macro inputs score 0 in g_score().')]
      : []),
  ];
}

export default defineStrategy({
  id: 'custom',
  title: 'Custom',
  description:
    'Your own rules, written as SQL expressions over bars and features. They see what was known at each close, and nothing later.',
  parameters,
  suggested: { ...fullyInvested(0.25), exits: { ...ownExits, stop: 3, longestHolding: 20 } },
  sample: { size: { fraction: 0.5 } },
  search: [span('/exits/stop', 1, 5, 9), span('/exits/longestHolding', 5, 40, 8)],
  conflict(p) {
    for (const [part, { type }] of Object.entries(parts)) {
      const problem = checkExpression(p[part as PartName], type);
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
  plan(p, facts) {
    const program = compile(textsOf(p), facts);
    const range = atr(p.atrMethod, p.atrPeriod);
    const asked = Object.keys(program.asked);
    const [first] = asked;
    return {
      sql: sql.replace('/* said */', () => program.sql),
      inputs: { ...program.inputs, atr: range, member: membership(facts) },
      values: {},
      columns: {
        atr: value(range),
        close: { feature: bars, column: 'close' },
        ...Object.fromEntries(asked.map((call) => [call, value(program.asked[call] ?? bars)])),
      },
      sessions: null,
      chart: { column: first ?? 'close', label: first ?? 'Close', threshold: null },
      notes: notesOn(asked, facts),
      ...(program.comparesAll && facts.hasUniverse && { comparesAll: membership(facts) }),
      unknown: ['entry', 'exit', 'side', 'score', 'sizeFactor'],
      explain: (error) => explained(error, program.pieces),
    };
  },
});
