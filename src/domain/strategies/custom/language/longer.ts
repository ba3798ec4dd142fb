import type { MadeLength } from '../../../study/bar-length.ts';
import { barLengths } from '../../../study/session.ts';
import { named } from './arguments.ts';
import { type Call, type Node, isDate, partsOf } from './node.ts';
import { refuse } from './problem.ts';

/** Calls whose brackets are read on longer bars than the study’s own. */

const lengths: Readonly<Record<string, MadeLength>> = {
  daily: 'session',
  weekly: 'week',
  monthly: 'month',
};

/** What every() takes. */
export const madeLengths = barLengths.filter((every) => every !== 'given');

export const isLonger = (node: Node): node is Call & { readonly over: null } =>
  node.kind === 'call' && (node.name === 'every' || Object.hasOwn(lengths, node.name));

/** The expression in the brackets. */
export const innerOf = ({ args }: Call): Node => args.at(-1)!;

/** The length of the bars on which a checked call is read. */
export const lengthOf = (source: string, { name, args }: Call): MadeLength =>
  lengths[name] ?? (named(source, args[0]!) as MadeLength);

/** Such a call has a length and one expression, of one symbol and of one length. Throws a Refusal. */
export function judgeLonger(source: string, call: Call): void {
  const { name, args, over } = call;
  if (over !== null) refuse(source, over, `${name}() takes no window.`, 'Leave OVER out.');
  const [first, ...others] = args;
  if (name !== 'every') {
    if (first === undefined || others.length > 0)
      refuse(source, call, `${name}() takes one expression.`, `Write ${name}(rsi(14)), say.`);
  } else {
    const said = first?.kind === 'text' ? named(source, first) : null;
    if (said === null || others.length !== 1) {
      const problem = 'every() takes a length, in single quotes, and an expression.';
      refuse(source, first ?? call, problem, "Write every('4h', rsi(14)), say.");
    }
    if (!(madeLengths as readonly string[]).includes(said))
      refuse(source, first!, 'There is no such length.', `Use one of ${madeLengths.join(', ')}.`);
  }
  judgeWithin(source, name, innerOf(call));
}

/** Longer bars are a symbol's own: they have no dates in common with others. */
function judgeWithin(source: string, name: string, node: Node): void {
  if (isLonger(node)) {
    const problem = `${node.name}() stands inside ${name}(): lengths do not nest.`;
    refuse(source, node, problem, 'Write each by itself: daily(close) > weekly(sma(10)), say.');
  }
  if (node.kind === 'call' && node.name === 'of') {
    const problem = `${name}() is of one symbol, of() of another.`;
    refuse(source, node, problem, `Turn them round: of('SPY', ${name}(close)), say.`);
  }
  if (node.kind === 'call' && node.over?.partition.some(isDate) === true) {
    const problem = `${name}() is of one symbol: its bars are not compared with those of others.`;
    const remedy = 'Compare outside: rank() OVER (PARTITION BY date ORDER BY weekly(return(4))).';
    refuse(source, node.over, problem, remedy);
  }
  partsOf(node).forEach((part) => judgeWithin(source, name, part));
}
