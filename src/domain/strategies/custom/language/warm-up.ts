import { isMade, madeOf } from './made.ts';
import { type Node, isDate } from './node.ts';

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

/**
 * How many of a symbol's first bars an expression may not know because it looks back: beyond them nothing excuses it.
 */
export function warmUp(source: string, node: Node): number {
  const of = (inner: Node): number => warmUp(source, inner);
  const longest = (nodes: readonly Node[]): number => Math.max(0, ...nodes.map(of));
  if (node.kind === 'other') return longest(node.parts);
  if (node.kind !== 'call') return 0;
  const { name, args, over } = node;
  const number = (i: number): number => {
    const arg = args[i];
    return arg ? Number(source.slice(arg.at, arg.end)) : 1;
  };
  if (isMade(node)) {
    const more = name === 'prev' ? number(1) : name === 'ema' ? number(1) - 1 : 0;
    return longest(madeOf(node)) + more;
  }
  if (name === 'zscore') {
    const [series] = args;
    return number(1) - 1 + (series?.kind === 'column' && series.name === 'atr' ? 13 : 0);
  }
  const own = ofFeatures[name];
  if (own) return own(number(name === 'ema' ? args.length - 1 : 0), number(1));
  if (over === null) return longest(args);
  const within = longest([...args, ...over.partition, ...over.order.map(({ key }) => key)]);
  if (over.partition.some(isDate)) return within;
  return within + (name === 'lag' ? number(1) : (over.rows ?? 1));
}
