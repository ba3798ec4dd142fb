import type { LabErrorData } from '../../errors.ts';
import type { Piece } from './compile.ts';
import { faultOf, parameter } from './fault.ts';
import { problemAt } from './language/problem.ts';

/**
 * What the engine has against an expression, as a fault of the study. The engine names a line, and every line of a piece
 * is one of the expression's tokens. Without a line there (a root of a negative number, a text in place of a side) the
 * place is the expressions: the SQL around them is ours, and asks nothing amiss.
 */
export function explained(error: LabErrorData, all: readonly Piece[]): LabErrorData {
  const cause = error.cause ?? '';
  const { sql } = error;
  if (error.kind !== 'engine' || sql === undefined) return error;
  // Those of other queries are not meant, and a feature's own has none.
  const pieces = all.filter(({ marker }) => sql.includes(marker));
  if (pieces.length === 0) return error;
  const lines = [...cause.matchAll(/^LINE (\d+):/gm)];
  const line = Number(lines.at(-1)?.[1] ?? Number.NaN);
  for (const { part, source, marker, lines: spans } of pieces) {
    const at = sql.indexOf(marker);
    const first = sql.slice(0, at).split('\n').length + 1;
    const span = spans[line - first];
    if (span === undefined) continue;
    const problem = problemAt(source, span, inOurWords(cause), 'Correct the expression.');
    return { ...faultOf(part, problem), sql, cause };
  }
  if (ends.test(cause)) return error;
  const about = pieces.filter(({ part }, i) => i === pieces.findIndex((one) => one.part === part));
  const [only, another] = about;
  return {
    kind: 'study',
    problem: inOurWords(cause),
    remedy: misfits.test(cause) ? fitting : guarded,
    place: { path: only && !another ? parameter(only.part) : '/strategy/parameters' },
    sql,
    cause,
  };
}

/** The engine's own ends, whatever it computes. */
const ends = /^(out of memory|internal|fatal|io|interrupt)\b/i;
const misfits = /^binder|incorrect number|could not convert string/i;
const fitting =
  'Entry and exit take a condition, the others a number, and each function the arguments that its completion shows.';
const guarded = 'Guard the expression: CASE WHEN … THEN … END.';

/** The engine's first sentence, without the advice that only SQL can follow. */
function inOurWords(cause: string): string {
  const [first = ''] = cause.split('\n');
  const sentence = first
    .replace(/^(?:\w+ )*Error: /, '')
    .replace(/ You might need to add explicit type casts\.$/, '')
    .replace(/[.!]$/, '');
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}
