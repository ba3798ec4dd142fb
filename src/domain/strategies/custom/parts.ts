import type { Type } from './language/node.ts';

/** What a custom strategy is asked to say, the type of each, and what stands where nothing is said. */
export const parts = {
  entry: { type: 'boolean', empty: 'false' },
  exit: { type: 'boolean', empty: 'false' },
  side: { type: 'number', empty: '1' },
  score: { type: 'number', empty: '0' },
  sizeFactor: { type: 'number', empty: '1' },
  weight: { type: 'number', empty: '0' },
  rebalance: { type: 'boolean', empty: 'false' },
} as const satisfies Record<string, { type: Type; empty: string }>;

export type PartName = keyof typeof parts;
export type Texts = Readonly<Partial<Record<PartName, string>>>;

/** What says a strategy of entries, and what one of weights. */
export const entryParts = ['entry', 'exit', 'side', 'score', 'sizeFactor'] as const;
export const weightParts = ['weight', 'score', 'rebalance'] as const;

/** Whether a custom study's parameters give weights in place of entries. */
export const isWeighted = (parameters: Readonly<Record<string, unknown>>): boolean =>
  ((parameters['weight'] as string | undefined) ?? '').trim() !== '';

/** The expressions of a custom study that have an effect. */
export const textsOf = (parameters: Readonly<Record<string, unknown>>): Texts =>
  Object.fromEntries(
    (isWeighted(parameters) ? weightParts : entryParts).map((part) => [
      part,
      (parameters[part] as string | undefined) ?? '',
    ]),
  );
