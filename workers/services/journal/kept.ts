import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import { errorData } from '../../../src/wire/errors.ts';
import type { JournalStatus } from '../../../src/wire/journal.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { mergeJournal } from './merge.ts';
import { isDamaged, openJournal } from './open.ts';
import { seal, unseal } from './seal.ts';
import { type JournalStorage, type Stamp, type Stored, oneAtATime } from './storage.ts';

const forNow = 'The history lasts until this page is closed.';

/**
 * The journal as a database in memory that is always as new as what is stored. Where storing fails, what is in memory
 * waits, and is stored with the next change or call of `settle` that finds the storage willing again.
 */
export class KeptDatabase {
  #database: SqliteDatabase | null = null;
  /** Of what was stored when it was last read or written. */
  #stamp: Stamp | null = null;
  #storage: JournalStorage | null = null;
  /** Why the journal does not outlast this visit; null where it does. */
  #reason: string | null = null;
  /** The database holds more than what is stored. */
  #unsaved = false;
  #onChange = (): void => undefined;
  readonly #oneByOne = oneAtATime();

  constructor(
    readonly sqlite: Sqlite,
    private readonly openStorage: () => Promise<JournalStorage>,
  ) {}

  get status(): JournalStatus {
    return { kept: this.#reason === null, reason: this.#reason };
  }

  watch(onChange: () => void): void {
    this.#onChange = onChange;
  }

  read<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.#exclusively(async () => {
      const database = await this.#newest();
      return readable(() => work(database));
    });
  }

  /** Does all of `work` or nothing, and stores it if it can. */
  change<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.#exclusively(async () => {
      const database = await this.#newest();
      const value = readable(() => database.transaction(() => work(database)));
      await this.#store(database);
      return value;
    });
  }

  /** Stores what could not be stored before, if it can now. */
  settle(): Promise<JournalStatus> {
    return this.#exclusively(async () => {
      const database = await this.#newest();
      if (this.#unsaved) await this.#store(database);
      return this.status;
    });
  }

  /** All of it; what is stored even if it cannot be opened; null where nothing is. */
  image(): Promise<Uint8Array | null> {
    return this.#exclusively(() => this.#image());
  }

  /** Puts an empty journal in place of all, and returns what there was. One that is too new is refused. */
  clear(): Promise<Uint8Array | null> {
    return this.#exclusively(async () => {
      const before = await this.#image();
      await this.#newest().catch((error: unknown) => {
        if (!isDamaged(error)) throw error; // A newer journal is kept.
      });
      const empty = openJournal(this.sqlite, null);
      this.#replace(empty);
      await this.#store(empty);
      return before;
    });
  }

  /** Alone among all who share the storage; one that could not be opened is tried again. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#oneByOne(async () => {
      this.#storage ??= await this.#opening();
      return this.#storage === null ? work() : this.#storage.exclusively(work);
    });
  }

  async #opening(): Promise<JournalStorage | null> {
    try {
      const storage = await this.openStorage();
      storage.watch(() => this.#onChange());
      if (!this.#unsaved) this.#reason = null;
      return storage;
    } catch (error) {
      this.#reason = `This browser keeps no data for this page: ${sentence(error)} ${forNow}`;
      return null;
    }
  }

  async #image(): Promise<Uint8Array | null> {
    if (this.#unsaved) return (await this.#newest()).image();
    const stored = await this.#stored();
    return stored === null ? null : unseal(stored.bytes);
  }

  async #stored(): Promise<Stored | null> {
    return (await this.#storage?.read()) ?? null;
  }

  /** With what another tab has stored meanwhile, and what this one could not store. */
  async #newest(): Promise<SqliteDatabase> {
    const stamp = (await this.#storage?.stamp()) ?? null;
    if (this.#database !== null && stamp === this.#stamp) return this.#database;
    const stored = await this.#stored();
    const database = this.#opened(stored === null ? null : await unseal(stored.bytes));
    try {
      if (this.#unsaved) this.#mergeInto(database);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#replace(database);
    this.#stamp = stored?.stamp ?? null;
    return database;
  }

  #mergeInto(database: SqliteDatabase): void {
    const mine = this.#database?.image();
    if (mine !== undefined) database.transaction(() => mergeJournal(database, this.sqlite, mine));
  }

  #opened(image: Uint8Array | null): SqliteDatabase {
    try {
      return openJournal(this.sqlite, image);
    } catch (error) {
      throw isDamaged(error) ? unreadable(error.data) : error;
    }
  }

  #replace(database: SqliteDatabase | null): void {
    this.#database?.close();
    this.#database = database;
  }

  /**
   * Where the storage refuses (it is full, say), the database waits in memory. Where it refuses with a LabError, the
   * change is not done.
   */
  async #store(database: SqliteDatabase): Promise<void> {
    this.#unsaved = true;
    if (this.#storage === null) return;
    const bytes = await seal(database.image());
    try {
      this.#stamp = await this.#storage.write(bytes);
      this.#unsaved = false;
      this.#reason = null;
    } catch (error) {
      if (error instanceof LabError) {
        this.#unsaved = false;
        this.#replace(null);
        throw error;
      }
      this.#reason = `This browser refused to keep more: ${sentence(error)} ${forNow}`;
    }
  }
}

/** What SQLite or JSON says of a damaged page or row; not what a table says of a row that is to be added. */
function readable<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const data = errorData(error);
    const isTold = error instanceof LabError && data.kind !== 'engine';
    throw isTold || data.cause?.includes('constraint failed') ? error : unreadable(data);
  }
}

const unreadable = (data: LabErrorData): LabError =>
  new LabError({
    cause: data.problem,
    ...data,
    kind: 'data',
    problem: 'The history that this browser kept cannot be read.',
    remedy: 'Export it if you want to keep the file, then clear the history to begin again.',
  });

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
