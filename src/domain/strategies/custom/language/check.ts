import { judgeFeature, judgeSteps } from './arguments.ts';
import type { Call, Node, Type } from './node.ts';
import { parse } from './parse.ts';
import { type Problem, Refusal, type Span, nearest, refuse } from './problem.ts';
import { judgeSize } from './size.ts';
import { columnWords, features, forbidden, functions, windows } from './vocabulary.ts';
import { judgeWindow } from './windows.ts';

const named = (words: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(words.map(({ name }) => name));
const columnNames = named(columnWords);
export const featureNames = named(features);
const functionNames = named(functions);
const windowNames = named(windows);
const callable = [...features, ...functions, ...windows];
const typeByName = new Map([...columnWords, ...callable].map(({ name, type }) => [name, type]));

/** Why an expression cannot stand, or null. Empty text is nothing said, and fine. */
export function checkExpression(text: string, wanted: Type = 'unknown'): Problem | null {
  if (text.trim() === '') return null;
  try {
    read(text, wanted);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

/** The expression, read and judged: it looks back only, and yields `wanted`. Throws a Refusal. */
export function read(source: string, wanted: Type): Node {
  const node = parse(source);
  judge(source, node);
  judgeSize(source, node);
  const type = typeOf(node);
  if (wanted !== 'unknown' && type !== 'unknown' && type !== wanted) {
    refuse(
      source,
      node,
      `This must yield ${wanted === 'boolean' ? 'true or false' : `a ${wanted}`}; it yields a ${type}.`,
      wanted === 'boolean'
        ? 'Compare it with something: > 0, say.'
        : 'Use CASE WHEN … THEN 1 ELSE 0 END.',
    );
  }
  return node;
}

/** What it yields, where its words tell. */
function typeOf(node: Node): Type {
  switch (node.kind) {
    case 'column':
      return typeByName.get(node.name) ?? 'unknown';
    case 'call':
      return node.name === 'prev' && node.args[0]
        ? typeOf(node.args[0])
        : (typeByName.get(node.name) ?? 'unknown');
    case 'other':
      return node.type;
    default:
      return node.kind;
  }
}

function judge(source: string, node: Node): void {
  if (node.kind === 'call') judgeCall(source, node);
  else if (node.kind === 'other') node.parts.forEach((part) => judge(source, part));
  else if (node.kind === 'column' && !columnNames.has(node.name))
    refuseName(source, node, node.name, 'column', [...columnNames]);
}

function judgeCall(source: string, call: Call): void {
  const { name, nameSpan, args, over } = call;
  if (featureNames.has(name) && name !== 'prev') {
    judgeFeature(source, call);
    return;
  }
  const isWindow = windowNames.has(name);
  if (!isWindow && name !== 'prev' && !functionNames.has(name)) {
    const known = callable.map((one) => one.name);
    refuseName(source, nameSpan, name, 'function', known);
  }
  args.forEach((arg) => judge(source, arg));
  if (over !== null && !isWindow)
    refuse(source, over, `${name}() takes no window.`, 'Leave OVER out.');
  if (name === 'prev' || name === 'lag') judgeSteps(source, call);
  if (!isWindow) return;
  over?.partition.forEach((key) => judge(source, key));
  over?.order.forEach(({ key }) => judge(source, key));
  judgeWindow(source, call);
}

function refuseName(
  source: string,
  span: Span,
  name: string,
  what: 'column' | 'function',
  known: readonly string[],
): never {
  const reason = Object.hasOwn(forbidden, name) ? forbidden[name] : undefined;
  if (reason !== undefined) refuse(source, span, reason, 'Use what was known at the bar’s close.');
  const call = callable.find((one) => one.name === name);
  const meant = nearest(name, known);
  const remedy = call
    ? `Write ${call.signature}.`
    : meant !== undefined
      ? `Did you mean ${meant}?`
      : what === 'column'
        ? `Use one of ${known.join(', ')}; text stands in single quotes.`
        : 'Use one of the listed functions.';
  refuse(source, span, `There is no ${what} “${name}”.`, remedy);
}
