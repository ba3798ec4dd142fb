import { innerOf, isLonger } from './longer.ts';
import { isMade, madeOf } from './made.ts';
import { type Node, type Other, partsOf } from './node.ts';
import { refuse } from './problem.ts';

/**
 * What the planner is given. It works without hearing a cancel, and takes the third power of an expression's depth, and
 * double with each prev() inside prev(), and so with what else makes columns.
 */
const most = { parts: 3000, depth: 200, made: 16 } as const;

interface Size {
  /** Values and operators, as often as the planner writes them out. */
  readonly parts: number;
  /** Operators inside one another; a chain of AND or of OR is one. */
  readonly depth: number;
  /** The same of prev() and what else makes columns. */
  readonly made: number;
}

/** An expression that the planner has done with in about a second. Throws a Refusal. */
export const judgeSize = (source: string, node: Node): void =>
  judge(source, node, sizeOf(source, node));

function judge(source: string, node: Node, { parts, depth, made }: Size): void {
  if (depth > most.depth)
    refuse(
      source,
      node,
      `More than ${most.depth} operators stand inside one another.`,
      'Group a long chain with brackets: (a + b) + (c + d).',
    );
  if (parts > most.parts)
    refuse(
      source,
      node,
      `Written out, this has more than ${most.parts} parts: BETWEEN, nullif() and CASE x WHEN repeat what they compare.`,
      'Do not nest them in what they compare.',
    );
  if (made > most.made)
    refuse(
      source,
      node,
      `More than ${most.made} prev(), ema(), accumulate() or of() stand inside one another.`,
      'Add up the bars: prev(prev(x)) is prev(x, 2).',
    );
}

function sizeOf(source: string, node: Node): Size {
  if (isLonger(node)) {
    judgeSize(source, innerOf(node));
    return { parts: 1, depth: 1, made: 0 };
  }
  const below = partsOf(node).map((part) => sizeOf(source, part));
  const of = (read: (size: Size) => number): number => Math.max(0, ...below.map(read));
  const repeated = copies(node) * (below[0]?.parts ?? 0);
  const parts = 1 + below.slice(1).reduce((sum, one) => sum + one.parts, repeated);
  const made = of((one) => one.made);
  const isChained = isChain(node);
  const depth = isChained
    ? Math.max(...node.parts.map((part, i) => below[i]!.depth + (isSameChain(node, part) ? 0 : 1)))
    : 1 + of((one) => one.depth);
  if (!isMade(node)) return { parts, depth, made };
  // What it is of becomes a column of its own, and is judged by itself.
  for (const inner of madeOf(node)) judge(source, inner, sizeOf(source, inner));
  return { parts: 1, depth: 1, made: made + 1 };
}

/** How often the planner writes the first part out. */
const copies = (node: Node): number =>
  node.kind === 'other'
    ? (node.copies ?? 1)
    : node.kind === 'call' && node.name === 'nullif'
      ? 2
      : 1;

/** AND or OR, of which the engine makes one list. */
const isChain = (node: Node): node is Other =>
  node.kind === 'other' && (node.sign === 'and' || node.sign === 'or');

const isSameChain = (node: Other, part: Node): boolean =>
  part.kind === 'other' && part.sign === node.sign;
