import type { DuckDBBindings } from '@duckdb/duckdb-wasm/blocking';
import type { Table } from 'apache-arrow';
import { LabError } from '../../src/domain/errors.ts';
import { checkEndedStream } from '../services/import/arrow-messages.ts';
import { type Engine, stopIfAborted } from './engine.ts';
import { Kernels } from './kernels.ts';
import { nextMessage } from './next-message.ts';
import { Batches, NumberColumns } from './results.ts';

/** The database of the lab's own tables: in memory, and packed, in which bars take a sixth of the room. */
const labDatabase = 'lab';
/** The database that a person's queries see. */
const consoleDatabase = 'console';

/**
 * The start-up settings. Parquet, JSON and ICU are not built in, and DuckDB would ask the network for them;
 * after these statements no SQL can reach a URL or a file outside import/, nor undo the settings.
 * A floating-point window must give the same bits whatever stands beside it: each is summed by itself.
 * An as-of join sorts: how many bars a view of them has the engine takes for few, and few are joined by a loop over all.
 * A person's queries have a database of their own (readOnly): names lead to the tables that are documented, not to the lab's.
 */
const lockDown = `
  PRAGMA debug_window_mode = 'separate';
  SET asof_loop_join_threshold = 0;
  ATTACH ':memory:' AS ${labDatabase} (COMPRESS);
  USE ${labDatabase};
  ATTACH ':memory:' AS ${consoleDatabase};
  SET autoinstall_known_extensions = false;
  SET autoload_known_extensions = false;
  SET allowed_directories = ['import/'];
  SET enable_external_access = false;
  SET lock_configuration = true;
`;

/** Milliseconds that one poll may keep the worker busy before messages are served again. */
const pollingInterval = 10;

/** Opens a database on instantiated bindings and locks it down. */
export function openEngine(bindings: DuckDBBindings): Engine {
  bindings.open({ query: { queryPollingInterval: pollingInterval } });
  const connection = bindings.connect();
  return connection.useUnsafe((_, id) => new DuckDBEngine(bindings, id));
}

/** As many of 2,048 rows take about as long. */
const batchesBetweenMessages = 64;

const nothing = (): void => undefined;

class DuckDBEngine implements Engine {
  readonly version: string;
  readonly hasKernels = true;
  readonly #kernels: Kernels;
  /** One query at a time: a poll that yields must not let another query in. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly bindings: DuckDBBindings,
    private readonly connection: number,
  ) {
    this.version = bindings.getVersion();
    this.run(lockDown);
    this.#kernels = new Kernels(bindings, connection);
  }

  run(sql: string): void {
    attempt(sql, () => this.bindings.runQuery(this.connection, sql));
  }

  query(sql: string, signal?: AbortSignal, rows?: number): Promise<Table> {
    return this.#inTurn(() => {
      this.#kernels.begin(true);
      return this.#poll(this.connection, sql, signal, rows);
    });
  }

  readOnly(sql: string, signal?: AbortSignal): Promise<Table> {
    return this.#inTurn(() => {
      this.#kernels.begin(false);
      return this.#isolated(sql, signal);
    });
  }

  #inTurn(work: () => Promise<Table>): Promise<Table> {
    const result = this.#last.then(work);
    this.#last = result.then(nothing, nothing); // A promise of the table would keep it.
    return result;
  }

  /** Variables, seeds and transactions are the connection's, and end with it. */
  async #isolated(sql: string, signal: AbortSignal | undefined): Promise<Table> {
    const { bindings } = this;
    const connection = bindings.connect().useUnsafe((_, id) => id);
    try {
      return await this.#onlyStatement(connection, sql, signal);
    } finally {
      // After a trap of WebAssembly nothing can be closed: the failure itself is to be told.
      try {
        bindings.disconnect(connection);
      } catch {
        // The engine is spent; its client begins another.
      }
    }
  }

  #onlyStatement(connection: number, sql: string, signal: AbortSignal | undefined): Promise<Table> {
    const { bindings } = this;
    attempt(sql, () => {
      bindings.runQuery(connection, `USE ${consoleDatabase}`);
      bindings.runQuery(connection, 'BEGIN TRANSACTION READ ONLY');
      // Several statements cannot be prepared; pending, they would run one after the other.
      bindings.closePrepared(connection, bindings.createPrepared(connection, sql));
    });
    return this.#poll(connection, sql, signal);
  }

  async #poll(
    connection: number,
    sql: string,
    signal: AbortSignal | undefined,
    rows?: number,
  ): Promise<Table> {
    stopIfAborted(signal);
    const { bindings } = this;
    const serve = async (): Promise<void> => {
      await nextMessage();
      if (!signal?.aborted) return;
      bindings.cancelPendingQuery(connection);
      // The next query releases what the cancelled one held: a file being read could not be dropped.
      this.run('SELECT 1');
      stopIfAborted(signal);
    };
    // Its rows are made as they are fetched, and never stand in the engine all at once.
    let header = attempt(sql, () => bindings.startPendingQuery(connection, sql, true));
    while (header === null) {
      await serve();
      header = attempt(sql, () => bindings.pollPendingQuery(connection));
    }
    const result = rows === undefined ? new Batches(header) : new NumberColumns(header, rows);
    for (let fetched = 1; ; fetched++) {
      const batch = attempt(sql, () => bindings.fetchQueryResults(connection));
      if (batch?.length === 0) return result.table();
      if (batch !== null) result.take(batch);
      if (fetched % batchesBetweenMessages === 0) await serve();
    }
  }

  registerFile(name: string, bytes: Uint8Array): void {
    this.bindings.registerFileBuffer(`import/${name}`, bytes);
  }

  dropFile(name: string): void {
    this.bindings.dropFile(`import/${name}`);
  }

  insertArrow(table: string, ipcStream: Uint8Array, after = false): void {
    attempt(`insert into ${table}`, () => {
      // Arrow’s writer joins columns that are views of the same bytes, and of a stream that is cut short DuckDB makes no table.
      checkEndedStream(ipcStream);
      // A connection would go on with a stream that failed, in place of the next: each has one of its own.
      const own = this.bindings.connect();
      try {
        own.useUnsafe((bindings, id) => bindings.runQuery(id, `USE ${labDatabase}`));
        own.insertArrowFromIPCStream(ipcStream, { name: table, create: !after });
      } finally {
        own.close();
      }
    });
  }
}

function attempt<T>(sql: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const cause = messageOf(error);
    if (isOutOfMemory(cause)) throw outOfMemory(isFatal(cause));
    throw new LabError({
      kind: 'engine',
      problem: `DuckDB refused a query: ${cause}`,
      remedy: 'Please report it with the file or study that led here.',
      sql,
      cause,
    });
  }
}

/** DuckDB's own words, WebAssembly's and JavaScript's; what DuckDB advises then are settings of its own. */
const isOutOfMemory = (cause: string): boolean =>
  /out of memory|memory access out of bounds|bad_alloc|(?:allocat|pin|enlarge|grow)\w* .*(?:memory|block|buffer)|buffer allocation|memory limit/i.test(
    cause,
  );

/** After a trap of WebAssembly, or where packing tables found no room, it answers nothing more. */
const isFatal = (cause: string): boolean => /out of bounds|^FATAL|invalidated/.test(cause);

const outOfMemory = (isSpent: boolean): LabError =>
  new LabError({
    kind: 'data',
    code: isSpent ? 'spent' : 'full',
    problem:
      'The data need more memory than the engine has: at most 4 GB, in the browser and in the command.',
    remedy:
      'Bring fewer symbols or fewer years, leave out columns that are not used, or give the study a shorter range; then load the data again.',
  });

/** DuckDB wraps some messages in JSON: {"exception_type": …, "exception_message": …}. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const wrapped = /"exception_message":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return wrapped === undefined ? text : String(JSON.parse(wrapped));
}
