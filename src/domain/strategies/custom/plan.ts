import type { Static } from '@sinclair/typebox';
import { atr, bars } from '../../features.ts';
import { type Note, warning } from '../../note.ts';
import { membership, value } from '../parameters.ts';
import type { DatasetFacts, SignalPlan } from '../strategy.ts';
import { compile } from './compile.ts';
import { explained } from './explain.ts';
import type { parameters } from './index.ts';
import { entryParts, isWeighted, textsOf, weightParts } from './parts.ts';
import sql from './signals.sql?raw';
import weightsSql from './weights.sql?raw';

function notesOn(asked: readonly string[], facts: DatasetFacts): Note[] {
  const uses = (pattern: RegExp): boolean => asked.some((call) => pattern.test(call.toLowerCase()));
  return [
    ...(facts.attention === null && uses(/\battention\b/)
      ? [warning('No attention series: attention() is null everywhere.')]
      : []),
    ...(facts.attention === null && uses(/\bpanic_score\b/)
      ? [warning('No attention series: panic_score() leaves the attention term out.')]
      : []),
    ...(!facts.hasVolume && uses(/\bpanic_score\b/)
      ? [warning('No volume in this dataset: panic_score() leaves the volume term out.')]
      : []),
    ...(facts.macro.length < 3 && uses(/\bg_score\b/)
      ? [warning('Missing macro inputs score 0 in g_score().')]
      : []),
  ];
}

/** From the expressions to one query. It stands apart from the strategy, because only the engine needs its compiler. */
export default function plan(p: Static<typeof parameters>, facts: DatasetFacts): SignalPlan {
  const program = compile(textsOf(p), facts);
  const range = atr(p.atrMethod, p.atrPeriod);
  const asked = Object.keys(program.asked);
  const [first] = asked;
  const weighted = isWeighted(p);
  return {
    sql: (weighted ? weightsSql : sql).replace('/* said */', () => program.sql),
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
    unknown: weighted ? weightParts : entryParts,
    ...(weighted && { weights: (p.rebalance ?? '').trim() === '' ? 'scheduled' : 'asking' }),
    explain: (error) => explained(error, program.pieces),
  };
}
