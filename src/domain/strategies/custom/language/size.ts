import { type Node, partsOf } from './node.ts';
import { refuse } from './problem.ts';

/**
 * What the planner is given. It works without hearing a cancel, and takes the third power of an expression's depth, and
 * double with each prev() inside prev().
 */
const most = { parts: 3000, depth: 200, previous: 16 } as const;

interface Size {
  /** Values and operators, as often as the planner writes them out. */
  readonly parts: number;
  /** Operators inside one another; a chain of AND or of OR is one. */
  readonly depth: number;
  /** The same of prev(). */
  readonly previous: number;
}

/** An expression that the planner has done with in about a second. Throws a Refusal. */
export const judgeSize = (source: string, node: Node): void =>
  judge(source, node, sizeOf(source, node));

function judge(source: string, node: Node, { parts, depth, previous }: Size): void {
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
  if (previous > most.previous)
    refuse(
      source,
      node,
      `More than ${most.previous} prev() stand inside one another.`,
      'Add up the bars: prev(prev(x)) is prev(x, 2).',
    );
}

function sizeOf(source: string, node: Node): Size {
  const below = partsOf(node).map((part) => sizeOf(source, part));
  const of = (read: (size: Size) => number): number => Math.max(0, ...below.map(read));
  const repeated = copies(node) * (below[0]?.parts ?? 0);
  const parts = 1 + below.slice(1).reduce((sum, one) => sum + one.parts, repeated);
  const previous = of((one) => one.previous);
  const isChained = node.kind === 'other' && node.chain !== undefined;
  const depth = isChained
    ? Math.max(...node.parts.map((part, i) => below[i]!.depth + (isSameChain(node, part) ? 0 : 1)))
    : 1 + of((one) => one.depth);
  if (node.kind !== 'call' || node.name !== 'prev') return { parts, depth, previous };
  // What it is of becomes a column of its own, and is judged by itself.
  if (node.args[0] && below[0]) judge(source, node.args[0], below[0]);
  return { parts: 1, depth: 1, previous: previous + 1 };
}

/** How often the planner writes the first part out. */
const copies = (node: Node): number =>
  node.kind === 'other'
    ? (node.copies ?? 1)
    : node.kind === 'call' && node.name === 'nullif'
      ? 2
      : 1;

const isSameChain = (node: Node, part: Node): boolean =>
  node.kind === 'other' && part.kind === 'other' && part.chain === node.chain;
