import type { Table } from 'apache-arrow';
import { LabError } from '../../src/domain/errors.ts';

/**
 * DuckDB behind one port: the same WebAssembly binary in a browser's worker and in Node. One connection, one
 * query at a time. All failures are LabErrors of kind 'engine' (with the SQL) or 'cancelled'.
 */
export interface Engine {
  /** 'v1.4.3' */
  readonly version: string;
  /** Whether `query` may call the kernels of src/sql/kernels.sql. */
  readonly hasKernels?: boolean;
  /** Runs statements to their end in one call, without a chance to cancel: for short work only. */
  run(sql: string): void;
  /**
   * Runs one statement, polled, so that other messages are served and `signal` can stop it. Where `rows` says how many rows
   * come, columns of numbers without nulls, they stand in memory once, and not in batches beside.
   */
  query(sql: string, signal?: AbortSignal, rows?: number): Promise<Table>;
  /**
   * Runs one statement of a person's, polled, on a connection of its own that sees the database `console` first and changes
   * nothing: its transaction is read-only, and several statements are refused.
   */
  readOnly(sql: string, signal?: AbortSignal): Promise<Table>;
  /** Makes bytes readable as 'import/NAME' until dropped; nothing else on disk or network can be read. */
  registerFile(name: string, bytes: Uint8Array): void;
  dropFile(name: string): void;
  /** Stores an Arrow IPC stream as a new table, or after the rows of one that there is. */
  insertArrow(table: string, ipcStream: Uint8Array, after?: boolean): void;
}

export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
}
