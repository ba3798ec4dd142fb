import { LabError } from '../../../src/domain/errors.ts';
import type { JournalStatus } from '../../../src/wire/journal.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { isDamaged, openJournal } from './open.ts';
import { seal, unseal } from './seal.ts';
import { type JournalStorage, type Stamp, memoryStorage } from './storage.ts';

const forNow = 'The history lasts until this page is closed.';

/** The journal as a database in memory that is always as new as what is stored. */
export class KeptDatabase {
  #database: SqliteDatabase | null = null;
  #stamp: Stamp | null = null;

  private constructor(
    readonly sqlite: Sqlite,
    private storage: JournalStorage,
    /** Why the journal does not outlast this visit; null where it does. */
    private reason: string | null,
  ) {}

  /** Without a storage it holds the journal in memory, and says so. */
  static async open(
    sqlite: Sqlite,
    openStorage: () => Promise<JournalStorage>,
  ): Promise<KeptDatabase> {
    try {
      return new KeptDatabase(sqlite, await openStorage(), null);
    } catch (error) {
      const reason = `This browser keeps no data for this page: ${sentence(error)} ${forNow}`;
      return new KeptDatabase(sqlite, memoryStorage(), reason);
    }
  }

  get status(): JournalStatus {
    return { kept: this.reason === null, reason: this.reason };
  }

  watch(onChange: () => void): void {
    this.storage.watch(onChange);
  }

  read<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.storage.exclusively(async () => work(await this.#newest()));
  }

  /** Does all of `work` and stores it, or nothing. */
  change<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.storage.exclusively(async () => {
      const database = await this.#newest();
      const value = database.transaction(() => work(database));
      await this.#store(database.image());
      return value;
    });
  }

  /** What is stored, as it is, even if it cannot be opened; null where nothing is. */
  image(): Promise<Uint8Array | null> {
    return this.storage.exclusively(() => this.#image());
  }

  /** Puts an empty journal in place of what is stored, and returns that. One that is too new is refused. */
  clear(): Promise<Uint8Array | null> {
    return this.storage.exclusively(async () => {
      const before = await this.#image();
      await this.#newest().catch((error: unknown) => {
        if (!isDamaged(error)) throw error; // A newer journal is kept.
      });
      const empty = openJournal(this.sqlite, null);
      await this.#store(empty.image());
      this.#replace(empty);
      return before;
    });
  }

  async #image(): Promise<Uint8Array | null> {
    const stored = await this.storage.read();
    return stored === null ? null : unseal(stored.bytes);
  }

  async #newest(): Promise<SqliteDatabase> {
    const stamp = await this.storage.stamp();
    if (this.#database !== null && stamp === this.#stamp) return this.#database;
    const stored = await this.storage.read();
    const database = this.#opened(stored === null ? null : await unseal(stored.bytes));
    this.#replace(database);
    this.#stamp = stored?.stamp ?? null;
    return database;
  }

  #opened(image: Uint8Array | null): SqliteDatabase {
    try {
      return openJournal(this.sqlite, image);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      throw new LabError({
        ...error.data,
        problem: 'The history that this browser kept cannot be read.',
        remedy: 'Export it if you want to keep the file, then clear the history to begin again.',
      });
    }
  }

  #replace(database: SqliteDatabase | null): void {
    this.#database?.close();
    this.#database = database;
  }

  /**
   * A storage that refuses (it is full, say) is given up: what is in memory stays for this visit. One that refuses with a
   * LabError is not, and the change is not done.
   */
  async #store(image: Uint8Array): Promise<void> {
    const bytes = await seal(image);
    try {
      this.#stamp = await this.storage.write(bytes);
    } catch (error) {
      if (error instanceof LabError) {
        this.#replace(null);
        throw error;
      }
      this.reason = `This browser refused to keep more: ${sentence(error)} ${forNow}`;
      this.storage = memoryStorage();
      this.#stamp = await this.storage.write(bytes);
    }
  }
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
