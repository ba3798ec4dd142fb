import { judgeFeature, judgeMade, judgeSteps } from './arguments.ts';
import { innerOf, isLonger, judgeLonger } from './longer.ts';
import { isCounted, isMade, isPrior, knownParts, madeOf } from './made.ts';
import { type Call, type Node, type Type, partsOf } from './node.ts';
import { parse } from './parse.ts';
import { type Problem, Refusal, type Span, nearest, refuse } from './problem.ts';
import { judgeSize } from './size.ts';
import {
  columnWords,
  features,
  forbidden,
  functions,
  passedOn,
  priorWord,
  windows,
} from './vocabulary.ts';
import { judgeWindow } from './windows.ts';

const named = (words: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(words.map(({ name }) => name));
const columnNames = named(columnWords);
export const featureNames = named(features);
const functionNames = named(functions);
const windowNames = named(windows);
const callable = [...features, ...functions, ...windows];
const typeByName = new Map(
  [...columnWords, priorWord, ...callable].map(({ name, type }) => [name, type]),
);

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
  judge(source, node, 'prior stands in the step of accumulate(seed, step), and nowhere else.');
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
    case 'call': {
      if (isLonger(node)) return typeOf(innerOf(node));
      const [of] = isMade(node) && passedOn.has(node.name) ? madeOf(node) : [];
      return of ? typeOf(of) : (typeByName.get(node.name) ?? 'unknown');
    }
    case 'other':
      return node.type;
    default:
      return node.kind;
  }
}

/** `noPrior` says why prior cannot stand here; null where it can. */
function judge(source: string, node: Node, noPrior: string | null): void {
  if (node.kind === 'call') judgeCall(source, node, noPrior);
  else if (node.kind === 'other') node.parts.forEach((part) => judge(source, part, noPrior));
  else if (isPrior(node)) {
    if (noPrior !== null) refuse(source, node, noPrior, `Write ${priorWord.example}, say.`);
  } else if (node.kind === 'column' && !columnNames.has(node.name))
    refuseName(source, node, node.name, 'column', [...columnNames]);
}

function judgeCall(source: string, call: Call, noPrior: string | null): void {
  const { name, nameSpan, args, over } = call;
  if (isMade(call)) {
    judgeMade(source, call);
    judgeInner(source, call);
    return;
  }
  if (isLonger(call)) {
    judgeLonger(source, call);
    judge(source, innerOf(call), `prior is of the study’s own bars, ${name}() of longer ones.`);
    return;
  }
  if (featureNames.has(name)) {
    judgeFeature(source, call);
    return;
  }
  const isWindow = windowNames.has(name);
  if (!isWindow && !functionNames.has(name)) {
    const known = callable.map((one) => one.name);
    refuseName(source, nameSpan, name, 'function', known);
  }
  const within = isWindow ? (noPrior ?? notWithin(name)) : noPrior;
  args.forEach((arg) => judge(source, arg, within));
  if (over !== null && !isWindow)
    refuse(source, over, `${name}() takes no window.`, 'Leave OVER out.');
  if (name === 'lag') judgeSteps(source, call);
  if (!isWindow) return;
  over?.partition.forEach((key) => judge(source, key, within));
  over?.order.forEach(({ key }) => judge(source, key, within));
  judgeWindow(source, call);
}

const notWithin = (name: string): string =>
  `prior is the value of one bar: ${name}() cannot look along it.`;

/** The expressions of a call that makes a column of them. */
function judgeInner(source: string, call: Call): void {
  const { name } = call;
  const [first, step] = madeOf(call);
  if (name !== 'accumulate') {
    if (first) judge(source, first, notWithin(name));
    if (name === 'ema' && first) judgeNumber(source, first, 'ema() is of a number');
    return;
  }
  if (first === undefined || step === undefined) return;
  judge(source, first, 'Before the seed there is no value.');
  judge(source, step, null);
  judgeNumber(source, first, 'A seed is a number');
  judgeNumber(source, step, 'A step yields a number');
  for (const part of knownParts(step)) {
    if (isCounted(typeOfPart(part))) continue;
    const remedy = "Write the comparison out: CASE WHEN symbol = 'A' THEN … END.";
    refuse(
      source,
      part,
      `A step goes on with numbers and conditions; this is a ${typeOfPart(part)}.`,
      remedy,
    );
  }
}

/** The same, also where it is what one of several yields. */
export function typeOfPart(node: Node): Type {
  if (isLonger(node)) return typeOfPart(innerOf(node));
  const among =
    node.kind === 'call' && passedOn.has(node.name)
      ? node.args
      : node.kind === 'other' && node.sign === 'case'
        ? node.parts.slice(-1).flatMap(partsOf)
        : [];
  const own = typeOf(node);
  return own === 'unknown'
    ? (among.map(typeOfPart).find((type) => type !== 'unknown') ?? own)
    : own;
}

function judgeNumber(source: string, node: Node, says: string): void {
  const type = typeOf(node);
  if (type === 'number' || type === 'unknown') return;
  refuse(source, node, `${says}; this is a ${type}.`, 'Use CASE WHEN … THEN 1 ELSE 0 END.');
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
