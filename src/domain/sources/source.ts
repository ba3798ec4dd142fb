import type { Day } from '../units.ts';

/**
 * A place on the net that gives daily bars, attention or macro values: how it is asked and how its answers are read, as
 * data and pure functions. Who calls, keeps its pace and writes the file is workers/services/remote/collect.ts.
 */
export interface Source {
  /** As the command takes it. */
  readonly id: string;
  readonly title: string;
  readonly role: 'bars' | 'attention' | 'macro';
  /** What is called: https://host. A mirror or a proxy may stand in for it. */
  readonly origin: string;
  /** What its symbols are, and one of them. */
  readonly symbols: { readonly label: string; readonly example: string };
  /** What else is asked; each has a default. */
  readonly options: readonly SourceOption[];
  /** Secrets that it wants, by the environment variable that holds each in the command. */
  readonly keys: readonly { readonly variable: string; readonly label: string }[];
  /** So many calls in so many seconds, as documented or below it. */
  readonly pace: { readonly calls: number; readonly seconds: number };
  /** Symbols at once, where a day’s calls are few. */
  readonly most?: number;
  /** Whether a page may call it (CORS): known to be so, known not to be, or not known before it is tried. */
  readonly pages: 'open' | 'closed' | 'unknown';
  /** Licence or terms in a few words, and where they stand. */
  readonly terms: { readonly text: string; readonly address: string };
  /** What a reader of its figures must know. */
  readonly note?: string;
  /** What the file calls a symbol that nobody has given another name; the source’s own name, if not told. */
  nameOf?(asked: Pick<Asked, 'name' | 'options'>): string;
  call(asked: Asked): Call;
  /** Throws a SourceFault where the answer is none. */
  read(text: string, asked: Asked): Page;
}

export interface SourceOption {
  readonly name: string;
  readonly label: string;
  readonly standard: string;
  /** The only values; any text without. */
  readonly choices?: readonly string[];
}

/** One call’s worth of a query. */
export interface Asked {
  /** What the source calls the symbol. */
  readonly name: string;
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
  readonly options: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
  /** Where the page before said that the next begins. */
  readonly cursor: string | null;
}

export interface Call {
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Values as the source writes them: open, high, low, close, volume, or one value. */
export interface Row {
  readonly day: Day;
  readonly values: readonly string[];
}

/** What a person asks of a source. */
export interface Query {
  readonly source: string;
  /** Each symbol’s name in the file, and at the source. */
  readonly symbols: readonly { readonly symbol: string | null; readonly name: string }[];
  readonly from: Day;
  readonly to: Day;
  readonly options: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
  /** Called in place of the source’s own origin. */
  readonly origin?: string | undefined;
}

/** Where a file is from: beside it, as NAME.provenance.json. */
export interface Provenance {
  readonly source: string;
  /** What was called: addresses without queries. */
  readonly addresses: readonly string[];
  readonly query: {
    readonly symbols: Readonly<Record<string, string>>;
    readonly from: string;
    readonly to: string;
    readonly options: Readonly<Record<string, string>>;
  } | null;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  readonly terms: string;
  readonly note?: string | undefined;
  readonly sha256: string;
  readonly bytes: number;
  /** Null where the file was not looked into. */
  readonly rows: number | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** A file of rows, and where they are from. */
export interface Collected {
  readonly name: string;
  readonly csv: string;
  readonly provenance: Provenance;
  /** What was left out, and why. */
  readonly told: readonly string[];
}

/** An answer that is none: what it says of itself, for whoever called. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}
