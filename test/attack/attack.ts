import type { RandomStream } from '../../src/domain/random.ts';

/** What a case is given: its own random numbers, its number, and an empty folder where it needs one. */
export interface Given {
  readonly stream: RandomStream;
  readonly place: number;
  readonly folder: () => string;
}

/** What became of a case: refused clearly, accepted with a sound result, or neither. */
export type Outcome =
  { readonly verdict: 'refused' | 'right' } | { readonly verdict: 'failed'; readonly why: string };

/** What a case did, in words that find it again, and what became of it. */
export interface Attempt {
  readonly tried: string;
  readonly outcome: Outcome;
}

export type Try = (given: Given) => Attempt | Promise<Attempt>;

/** One class of bad things to do to Outsample. A case follows from the seed, the class and its number alone. */
export interface Attack {
  readonly name: string;
  /** What is done, as docs/ROBUSTNESS.md says it. */
  readonly what: string;
  /** How many cases the whole attack has. */
  readonly cases: number;
  /** How many of the first ones are a sample. */
  readonly sample: number;
  /** Of a core that a case may take, where it is more than most do. */
  readonly seconds?: number;
  /** Tried only where it is asked for. */
  readonly optional?: true;
  /** Boots what all cases share. */
  readonly begin: () => Promise<Try>;
}

/** A case that was tried, by its number. */
export interface Tried extends Attempt {
  readonly place: number;
}

/** What the process says in which cases are tried, one after another. */
export type Said = { readonly begins: number } | Tried;
