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
  | (Span & { readonly kind: 'other'; readonly type: Type; readonly parts: readonly Node[] });
