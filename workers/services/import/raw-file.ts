import type { Note } from '../../../src/domain/note.ts';
import type { Engine } from '../../engines/engine.ts';

/** An opened file: its column names are known, its rows not read yet. */
export interface RawFile {
  readonly columns: readonly string[];
  /** Without one in Arrow files. */
  readonly headerLine?: number;
  /** The symbol of all rows, where the header names it. */
  readonly symbol?: string;
  /** What was taken for granted to open it. */
  readonly notes?: readonly Note[];
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
}
