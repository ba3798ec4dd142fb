import type { Vector } from 'apache-arrow';
import type { Delimiter } from '../../../src/domain/reading.ts';
import type { Note } from '../../../src/domain/note.ts';
import type { Engine } from '../../engines/engine.ts';

/** An opened file: its column names are known, its rows not read yet. */
export interface RawFile {
  readonly columns: readonly string[];
  /** Without one in Arrow files, and where columns have no names. */
  readonly headerLine?: number;
  /** Of delimited text. */
  readonly delimiter?: Delimiter;
  /** Of delimited text whose rows stand in one piece: the line of the first, and how many lines are after the last. */
  readonly rows?: { readonly first: number; readonly after: number };
  /** Of typed files: a column. Throws located errors. */
  readonly vectorAt?: (column: number) => Promise<Vector>;
  /** What was left out or taken for granted to open it. */
  readonly told: readonly Note[];
  /** The symbol of all rows, where the header names it. */
  readonly symbol?: string;
  /**
   * Calls `use` with what to select from: the rows as text, columns record (from 1), c0, c1, …; at least those
   * `wanted`. Failures to read become located errors.
   */
  readonly withRows: (
    engine: Engine,
    wanted: readonly number[],
    use: (from: string) => Promise<void>,
  ) => Promise<void>;
  /** The line (or Arrow row) of a record. */
  readonly lineOf: (record: number) => number;
  /** The lines of several records, where one pass finds all. */
  readonly linesOf?: (records: ReadonlySet<number>) => ReadonlyMap<number, number>;
}

/** The rows of a text that was opened by its ends. */
export interface TextLines {
  readonly file: FileBytes;
  /** Where they begin and end, bytes of the file. */
  readonly start: number;
  readonly end: number;
  /** The line of the first. */
  readonly first: number;
  readonly delimiter: Delimiter;
  /** Lines end with CRLF, not with LF. */
  readonly hasReturns: boolean;
  /** About how many there are. */
  readonly about: number;
  /** Bytes that are read at once. */
  readonly slice: number;
}

export interface FileBytes {
  readonly size: number;
  readonly read: (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** Takes what was read, in the order of the file. */
  readonly took: (bytes: Uint8Array) => void;
  /** Of all bytes, once they were taken. */
  readonly sha256: () => Promise<string>;
}
