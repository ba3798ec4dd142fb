import type { Call, Node } from './node.ts';
import { type Span, refuse } from './problem.ts';
import { features } from './vocabulary.ts';

/** What zscore() may be of. */
export const series = ['close', 'volume', 'attention', 'atr'] as const;

/** The least of each whole number that a feature takes. */
const lengths: Readonly<Record<string, readonly number[]>> = {
  sma: [1],
  ema: [1],
  atr: [1],
  rsi: [2],
  highest: [1],
  lowest: [1],
  return: [1],
  momentum: [1, 0],
};
const longest = 5000;

/** A feature's arguments are whole numbers, known before anything is computed. Throws a Refusal. */
export function judgeFeature(source: string, call: Call): void {
  const { name, args, over } = call;
  if (over !== null) refuse(source, over, `${name}() takes no window.`, 'Leave OVER out.');
  if (name === 'zscore') {
    judgeZscore(source, call);
    return;
  }
  const least = lengths[name] ?? [];
  // ema(close, n) is ema(n).
  const numbers = name === 'ema' ? args.slice(-1) : args;
  if (numbers.length !== least.length) {
    const { signature } = features.find((one) => one.name === name) ?? { signature: name };
    const count = `${least.length || 'no'} argument${least.length === 1 ? '' : 's'}`;
    refuse(source, call, `${name}() takes ${count}.`, `Write ${signature}.`);
  }
  const [n = 0, skip = 0] = numbers.map((arg, i) => whole(source, arg, name, least[i] ?? 0));
  if (name === 'momentum' && skip >= n) {
    const problem = 'momentum() skips fewer bars than it looks back.';
    refuse(source, call, problem, 'Write momentum(252, 21), say.');
  }
}

function judgeZscore(source: string, call: Call): void {
  const [of, n, third] = call.args;
  const remedy = 'Write zscore(close, 20), say.';
  const known = of?.kind === 'column' && (series as readonly string[]).includes(of.name);
  if (!known) refuse(source, of ?? call, `zscore() is of one of ${series.join(', ')}.`, remedy);
  if (n === undefined || third !== undefined)
    return refuse(source, call, 'zscore() takes a series and a number of bars.', remedy);
  whole(source, n, 'zscore', 2);
}

/** What stands beside the expressions of a call that makes a column of them. Throws a Refusal. */
export function judgeMade(source: string, call: Call): void {
  const { name, args, over } = call;
  if (over !== null) refuse(source, over, `${name}() takes no window.`, 'Leave OVER out.');
  if (name === 'prev') {
    judgeSteps(source, call);
    return;
  }
  if (args.length !== 2) {
    const { signature, example } = features.find((one) => one.name === name)!;
    const problem = `${name}() takes two arguments: ${signature}.`;
    refuse(source, call, problem, `Write ${example}, say.`);
  }
  const [first, second] = args as [Node, Node];
  if (name === 'ema') whole(source, second, name, 1);
  if (name === 'of' && first.kind !== 'text') {
    const problem = 'of() takes the name of a symbol first, in single quotes.';
    refuse(source, first, problem, "Write of('SPY', close), say.");
  }
}

/** The name that a text says. */
export const named = (source: string, { at, end }: Span): string =>
  source
    .slice(at, end)
    .replaceAll(/^[(\s]*'|'[)\s]*$/g, '')
    .replaceAll("''", "'");

/** prev(x, n) and lag(x, n): n is written out, or it could be negative and reach bars to come. */
export function judgeSteps(source: string, call: Call): void {
  const { name, args } = call;
  const most = name === 'prev' ? 2 : 3;
  if (args.length < 1 || args.length > most) {
    const problem = `${name}() takes a value and a number of bars.`;
    refuse(source, call, problem, `Write ${name}(close, 1), say.`);
  }
  if (args[1]) whole(source, args[1], name, name === 'prev' ? 1 : 0);
}

function whole(source: string, node: Node, name: string, least: number): number {
  const text = textAt(source, node);
  const value = node.kind === 'number' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= longest) return value;
  const problem = `${name}() takes a whole number from ${least} to ${longest} here.`;
  return refuse(source, node, problem, 'Write the number itself, not an expression.');
}

const textAt = (source: string, { at, end }: Span): string => source.slice(at, end);
