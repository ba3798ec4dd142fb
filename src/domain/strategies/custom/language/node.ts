import type { Span } from './problem.ts';

/** What an expression yields, as far as reading it tells; the engine judges the rest. */
export type Type = 'number' | 'boolean' | 'text' | 'date' | 'unknown';

export interface Over extends Span {
  readonly partition: readonly Node[];
  readonly order: readonly { readonly key: Node; readonly descending: boolean }[];
  readonly frame: boolean;
}

export interface Call extends Span {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Node[];
  readonly over: Over | null;
}

/** An expression, read. Operators keep only what they are made of: their text goes to the engine as written. */
export type Node =
  | Call
  | (Span & { readonly kind: 'number' | 'text' })
  | (Span & { readonly kind: 'column'; readonly name: string })
  | (Span & {
      readonly kind: 'other';
      readonly type: Type;
      readonly parts: readonly Node[];
      /** How often the engine writes the first part out; once where it is left out. */
      readonly copies?: number;
      /** AND or OR, of which the engine makes one list. */
      readonly chain?: string;
    });

/** What it is made of. */
export function partsOf(node: Node): readonly Node[] {
  if (node.kind === 'other') return node.parts;
  if (node.kind !== 'call') return [];
  const { args, over } = node;
  return [...args, ...(over?.partition ?? []), ...(over?.order ?? []).map(({ key }) => key)];
}

/** How deep prev() stands inside prev(): 0 where there is none. */
export function previousDepth(node: Node): number {
  const below = partsOf(node).reduce((deepest, part) => Math.max(deepest, previousDepth(part)), 0);
  return below + (node.kind === 'call' && node.name === 'prev' ? 1 : 0);
}
