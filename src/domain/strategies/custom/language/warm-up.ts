import { innerOf, isLonger } from './longer.ts';
import { isMade, madeOf } from './made.ts';
import { type Call, type Node, isDate } from './node.ts';

/** What an expression may not know because it looks back: beyond both, nothing excuses it. */
export interface WarmUp {
  /** How many of a symbol's first bars. */
  readonly bars: number;
  /** How many after the warm-up of each call that is read on longer bars. */
  readonly after: ReadonlyMap<Call, number>;
}

/** How many of a symbol's bars a feature cannot know, by its whole numbers. */
const ofFeatures: Readonly<Record<string, (n: number, m: number) => number>> = {
  sma: (n) => n - 1,
  ema: (n) => n - 1,
  atr: (n) => n - 1,
  rsi: (n) => n,
  highest: (n) => n - 1,
  lowest: (n) => n - 1,
  return: (n) => n,
  momentum: (n) => n,
  // ATR over 14 bars, and the least of 30 values that its z-scores ask for.
  panic_score: () => 13 + 29,
};

export function warmUp(source: string, node: Node): WarmUp {
  const longest = (nodes: readonly Node[], more = 0): WarmUp => {
    const all = nodes.map((inner) => warmUp(source, inner));
    const after = new Map<Call, number>();
    for (const [call, bars] of all.flatMap((one) => [...one.after]))
      after.set(call, Math.max(after.get(call) ?? 0, bars + more));
    return { bars: Math.max(0, ...all.map(({ bars }) => bars)) + more, after };
  };
  if (node.kind === 'other') return longest(node.parts);
  if (node.kind !== 'call') return longest([]);
  const { name, args, over } = node;
  const number = (i: number): number => {
    const arg = args[i];
    return arg ? Number(source.slice(arg.at, arg.end)) : 1;
  };
  if (isLonger(node)) return { bars: 0, after: new Map([[node, 0]]) };
  if (isMade(node))
    return longest(madeOf(node), name === 'prev' ? number(1) : name === 'ema' ? number(1) - 1 : 0);
  if (name === 'zscore') {
    const [series] = args;
    return longest(
      [],
      number(1) - 1 + (series?.kind === 'column' && series.name === 'atr' ? 13 : 0),
    );
  }
  const own = ofFeatures[name];
  if (own) return longest([], own(number(name === 'ema' ? args.length - 1 : 0), number(1)));
  if (over === null) return longest(args);
  const parts = [...args, ...over.partition, ...over.order.map(({ key }) => key)];
  if (over.partition.some(isDate)) return longest(parts);
  return longest(parts, name === 'lag' ? number(1) : (over.rows ?? 1));
}

/** How many of its longer bars a call that is read on them may not know. */
export const longerWarmUp = (source: string, call: Call): number =>
  warmUp(source, innerOf(call)).bars;
