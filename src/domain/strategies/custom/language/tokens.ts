import { Refusal, type Span, problemAt } from './problem.ts';

/** `text` keeps its quotation marks; the last token is the end. */
export interface Token extends Span {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** A name in lower case, for SQL does not mind. */
  readonly word: string;
}

const patterns: readonly [Exclude<Token['kind'], 'end'>, RegExp][] = [
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /::|<=|>=|<>|!=|==|\|\||\/\/|[-+*/%<>=(),]/y],
];

const comment = /--|\/\*/y;

/** What is understood and not wanted, by the text that begins it. */
const refused: readonly [RegExp, string, string][] = [
  [comment, 'Comments cannot stand in an expression.', 'Leave it out.'],
  [/;/y, 'An expression is one value: no semicolon.', 'Leave it out.'],
  [/"[^"]*"?/y, 'Quoted names are not used here.', 'Write columns bare and text in single quotes.'],
  [/'/y, 'This text has no closing quotation mark.', 'Add the closing ’.'],
  [/[[\]{}]/y, 'Lists and structures are not used here.', 'Use plain columns and functions.'],
  [/[^]/uy, 'This character means nothing here.', 'Leave it out.'],
];

/** The tokens of an expression, an end token last. Throws a Refusal at what SQL may know and this does not. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const space = /\s*/y;
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(source)?.[0].length ?? 0;
    if (at >= source.length) break;
    const token = readAt(source, at);
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: 'end', text: '', word: '', at: source.length, end: source.length }];
}

function readAt(source: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    const end = match(pattern, source, at);
    if (end === null) continue;
    if (kind === 'sign' && match(comment, source, at) !== null) break;
    const text = source.slice(at, end);
    return { kind, text, word: kind === 'text' ? text : text.toLowerCase(), at, end };
  }
  for (const [pattern, problem, remedy] of refused) {
    const end = match(pattern, source, at);
    if (end !== null) throw new Refusal(problemAt(source, { at, end }, problem, remedy));
  }
  throw new Error('unreachable: the last pattern matches everything.');
}

function match(pattern: RegExp, source: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : null;
}
