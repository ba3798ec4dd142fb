import type { Span } from './problem.ts';

/** What an expression yields, as far as reading it tells; the engine judges the rest. */
export type Type = 'number' | 'boolean' | 'text' | 'date' | 'unknown';

export interface Over extends Span {
  readonly partition: readonly Node[];
  readonly order: readonly { readonly key: Node; readonly descending: boolean }[];
  /** How many rows before the current one the window reaches; null where nothing bounds it. */
  readonly rows: number | null;
}

export interface Call extends Span {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Node[];
  readonly over: Over | null;
}

/**
 * An expression, read. Operators keep what they are made of, and the sign or the word that makes them (`case`, `cast`):
 * their text goes to the engine as written.
 */
export type Node =
  | Call
  | (Span & { readonly kind: 'number' | 'text' })
  | (Span & { readonly kind: 'column'; readonly name: string })
  | Other;

export interface Other extends Span {
  readonly kind: 'other';
  readonly type: Type;
  readonly sign: string;
  readonly parts: readonly Node[];
  /** How often the engine writes the first part out; once where it is left out. */
  readonly copies?: number;
}

/** The date itself: a window partitioned by it runs over the symbols of one close. */
export const isDate = (node: Node): boolean => node.kind === 'column' && node.name === 'date';

/** What it is made of. */
export function partsOf(node: Node): readonly Node[] {
  if (node.kind === 'other') return node.parts;
  if (node.kind !== 'call') return [];
  const { args, over } = node;
  return [...args, ...(over?.partition ?? []), ...(over?.order ?? []).map(({ key }) => key)];
}
