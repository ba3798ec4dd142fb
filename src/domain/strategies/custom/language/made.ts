import { isLonger } from './longer.ts';
import { type Call, type Node, type Type, partsOf } from './node.ts';

/** The value that a step of accumulate() goes on from. */
export const isPrior = (node: Node): boolean => node.kind === 'column' && node.name === 'prior';

/** ema(n) and ema(close, n) are the feature, whose sums are exact. */
const isOfClose = ({ args: [x, n] }: Call): boolean =>
  n === undefined || (x?.kind === 'column' && x.name === 'close');

/** A call that makes a column of an expression: what stands in its brackets is an expression of its own. */
export const isMade = (node: Node): node is Call & { readonly over: null } =>
  node.kind === 'call' &&
  (['prev', 'accumulate', 'of'].includes(node.name) || (node.name === 'ema' && !isOfClose(node)));

/** The expressions in the brackets of such a call; its other arguments are numbers and names. */
export function madeOf({ name, args }: Call): readonly Node[] {
  if (name === 'accumulate') return args.slice(0, 2);
  return name === 'of' ? args.slice(1, 2) : args.slice(0, 1);
}

/** How deep such calls stand inside one another: 0 where there is none. Those on longer bars are made beforehand. */
export function madeDepth(node: Node): number {
  if (isLonger(node)) return 0;
  const inner = isMade(node) ? madeOf(node) : partsOf(node);
  const below = inner.reduce((deepest, part) => Math.max(deepest, madeDepth(part)), 0);
  return below + (isMade(node) ? 1 : 0);
}

/**
 * The parts of a step that are known before it is taken, as large as they come: they are columns, and what is left is
 * done bar by bar. Constants stay where they are.
 */
export function knownParts(step: Node): readonly Node[] {
  // WHEN and THEN stand in turn: a stretch of text has only the parts of both.
  const isWhole = step.kind !== 'other' || (step.sign !== 'when' && step.sign !== 'then');
  if (isWhole && priorsIn(step).length === 0) return isRead(step) ? [step] : [];
  return partsOf(step).flatMap(knownParts);
}

/** Where prior stands; that of a step further in is another. */
export const priorsIn = (node: Node): readonly Node[] =>
  isPrior(node) ? [node] : isMade(node) ? [] : partsOf(node).flatMap(priorsIn);

const isRead = (node: Node): boolean =>
  node.kind === 'column' || node.kind === 'call' || partsOf(node).some(isRead);

/** Types that a step can go on with. */
export const isCounted = (type: Type): boolean =>
  type === 'number' || type === 'boolean' || type === 'unknown';
