import type { Span } from './language/problem.ts';
import { tokensOf } from './language/tokens.ts';
import type { Ranked } from './language/undefined.ts';

/** An expression as lines of SQL, a token a line, with what is put in place of stretches of it and around them. */

/** A line of SQL, and what of the expression it says. */
export interface Line extends Span {
  readonly text: string;
}

/** What stands in place of a stretch of an expression, and around stretches, by where they begin and end. */
export interface Edits {
  readonly replaced: Map<number, Line>;
  readonly before: Map<number, Line[]>;
  readonly after: Map<number, Line[]>;
}

/** Null where what stands between is NaN or infinite: said of a list, so that it stands there, and is computed, once. */
export const finite = [['list_filter(['], ['], lambda x: isfinite(x))[1]']] as const;

/** The same without a list, which takes long where it is done value by value; what stands between is written twice. */
export const finiteOfTwo = (lines: readonly Line[]): Around => [
  ['CASE WHEN isfinite(', ...lines, ') THEN'],
  ['END'],
];

type Around = readonly (readonly (string | Line)[])[];

/** Puts lines before and after a stretch, inside those that are there. */
export function around(
  { before, after }: Edits,
  span: Span,
  [opening = [], closing = []]: Around,
): void {
  const { at, end } = span;
  const lines = (texts: readonly (string | Line)[]): Line[] =>
    texts.map((line) => (typeof line === 'string' ? { at, end, text: line } : line));
  before.set(at, [...(before.get(at) ?? []), ...lines(opening)]);
  after.set(end, [...lines(closing), ...(after.get(end) ?? [])]);
}

/** Among the symbols of a date, one that is ordered by something unknown has no place. */
export function orderKnown(source: string, { call, keys }: Ranked, edits: Edits): void {
  const areKnown = keys.flatMap((key, i) => [
    i === 0 ? '(' : 'AND (',
    ...linesOf(source, key, edits),
    ') IS NOT NULL',
  ]);
  around(edits, call, [['CASE WHEN', ...areKnown, 'THEN'], ['END']]);
}

/** An expression's words, however they are spaced and written. */
export const wordsOf = (source: string, { at, end }: Span): string =>
  tokensOf(source)
    .filter((token) => token.at >= at && token.end <= end)
    .map(({ word }) => word)
    .join(' ');

export function linesOf(
  source: string,
  { at, end }: Span,
  { replaced, before, after }: Edits,
): Line[] {
  const lines: Line[] = [];
  let skipTo = at;
  for (const token of tokensOf(source)) {
    if (token.at < skipTo || token.at >= end) continue;
    const own = { ...token, text: token.kind === 'text' ? quoted(token.text) : token.text };
    const line = replaced.get(token.at) ?? own;
    skipTo = line.end;
    lines.push(...(before.get(token.at) ?? []), line, ...(after.get(line.end) ?? []));
  }
  return lines;
}

/** Text on one line and without braces, which mean identifiers to the queries' own placeholders. */
export function quoted(text: string): string {
  if (!/[{\n\r]/.test(text)) return text;
  const escaped = text.replaceAll(/[{\n\r]/g, (sign) => `' || chr(${sign.charCodeAt(0)}) || '`);
  return `(${escaped})`;
}
