import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import { errorData } from '../../../src/wire/errors.ts';
import type { JournalStatus } from '../../../src/wire/journal.ts';
import { journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { largest, mergeJournal } from './merge.ts';
import { isDamaged, openJournal } from './open.ts';
import { countOf, oddity, seenOf, withCount } from './rollback.ts';
import { locked, newKey, notSealed, openSealed, seal, unseal } from './seal.ts';
import { type JournalKey, isReady, isSealed } from './sqlcipher.ts';
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
  /** Of the passphrase, in this memory alone; null where the journal is not encrypted, or is locked. */
  #key: JournalKey | null = null;
  /** The highest count of an encrypted journal that was seen. */
  #count = 0;
  /** What is odd about what was found; null where nothing is. */
  #odd: string | null = null;
  #onChange = (): void => undefined;
  readonly #oneByOne = oneAtATime();

  constructor(
    readonly sqlite: Sqlite,
    private readonly openStorage: () => Promise<JournalStorage>,
  ) {}

  get status(): JournalStatus {
    return {
      kept: this.#reason === null,
      reason: this.#reason,
      encrypted: this.#key !== null,
      odd: this.#odd,
    };
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

  /** Opens what is encrypted. */
  unlock(passphrase: string): Promise<void> {
    return this.#exclusively(() => this.#unlock(passphrase));
  }

  /** Forgets the key and what it opened. Refused where that would lose what could not be stored. */
  lock(everywhere: boolean): Promise<void> {
    return this.#exclusively(async () => {
      if (this.#key === null) return;
      if (this.#unsaved && this.#database !== null) await this.#store(this.#database);
      if (this.#unsaved) throw notLocked();
      this.#forget();
      if (everywhere) this.#storage?.lockOthers();
    });
  }

  /** Gives it another passphrase, or none, at once in all that is stored. The present one is asked for again. */
  protect(present: string | null, next: string | null): Promise<void> {
    return this.#exclusively(async () => {
      if (this.#storage === null) throw notStored(this.#reason);
      if (present !== null) await this.#unlock(present);
      else if (isSealed((await this.#stored())?.bytes ?? new Uint8Array())) throw locked();
      const database = await this.#newest();
      const before = this.#key;
      try {
        this.#key = next === null ? null : await newKey(next);
        if (next === null) database.run(journalSql.forgetSecrets, [{}]);
        await this.#store(this.#key === null ? database : this.#ready(database));
      } catch (error) {
        this.#key = before;
        throw error;
      }
      if (!this.#unsaved) return;
      this.#key = before;
      throw notStored(this.#reason);
    });
  }

  /** The image of another journal, which may be encrypted: under the same key, or under a passphrase that is given. */
  async opened(image: Uint8Array, passphrase: string | null): Promise<Uint8Array> {
    if (!isSealed(image) || image.length > largest) return image; // What is too large is refused at once.
    if (passphrase !== null) return (await openSealed(image, passphrase)).image;
    return unseal(image, this.#key).catch((error: unknown) => {
      throw isLocked(error) ? fileWantsPassphrase() : error;
    });
  }

  /** All of it, as it is stored, encrypted or not; what is stored even if it cannot be opened; null where nothing is. */
  image(): Promise<Uint8Array | null> {
    return this.#exclusively(() => this.#image());
  }

  /** Puts an empty journal in place of all, and returns what there was, opened as far as it can be. One that is too new is refused. */
  clear(): Promise<Uint8Array | null> {
    return this.#exclusively(async () => {
      const stored = await this.#image();
      const before = stored && (await unseal(stored, this.#key).catch(() => stored));
      await this.#newest().catch((error: unknown) => {
        if (!isDamaged(error) && !isLocked(error)) throw error; // A newer journal is kept.
      });
      const empty = openJournal(this.sqlite, null);
      this.#replace(empty);
      await this.#store(empty);
      this.#odd = null;
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
      storage.watch(
        () => this.#onChange(),
        () => void this.lock(false).then(() => this.#onChange(), ignore),
      );
      if (!this.#unsaved) this.#reason = null;
      return storage;
    } catch (error) {
      this.#reason = `This browser keeps no data for this page: ${sentence(error)} ${forNow}`;
      return null;
    }
  }

  async #image(): Promise<Uint8Array | null> {
    const unsaved = this.#unsaved ? await this.#newest().catch(nullIfLocked) : null;
    if (unsaved !== null) return seal(unsaved.image(), this.#key);
    return (await this.#stored())?.bytes ?? null;
  }

  async #stored(): Promise<Stored | null> {
    return (await this.#storage?.read()) ?? null;
  }

  async #unlock(passphrase: string): Promise<void> {
    const stored = await this.#stored();
    if (stored === null) throw notSealed();
    const { key, image } = await openSealed(stored.bytes, passphrase);
    this.#key = key;
    await this.#take(stored, image);
  }

  #forget(): void {
    this.#key = null;
    if (!this.#unsaved) this.#replace(null);
  }

  /** With what another tab has stored meanwhile, and what this one could not store. */
  async #newest(): Promise<SqliteDatabase> {
    const stamp = (await this.#storage?.stamp()) ?? null;
    if (this.#database !== null && stamp === this.#stamp) return this.#database;
    const stored = await this.#stored();
    try {
      return await this.#take(stored, stored && (await unseal(stored.bytes, this.#key)));
    } catch (error) {
      if (isLocked(error)) this.#forget(); // Another tab has changed the passphrase.
      throw error;
    }
  }

  /** What is stored, and its image, as the database from now on. */
  async #take(stored: Stored | null, image: Uint8Array | null): Promise<SqliteDatabase> {
    const database = this.#opened(image);
    try {
      if (this.#unsaved) this.#mergeInto(database);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#replace(database);
    this.#stamp = stored?.stamp ?? null;
    if (stored !== null && image !== null) await this.#compare(stored.bytes, image);
    return database;
  }

  /** With what was stored here last. */
  async #compare(stored: Uint8Array, image: Uint8Array): Promise<void> {
    if (!isSealed(stored)) this.#key = null;
    const last = (await this.#storage?.seen().catch(ignore)) ?? null;
    this.#odd = oddity(last, seenOf(stored, image));
    this.#count = Math.max(countOf(image), last?.count ?? 0);
  }

  /** With the room on each page that encryption needs: a database without it is copied. */
  #ready(database: SqliteDatabase): SqliteDatabase {
    if (isReady(database.image())) return database;
    const copy = openJournal(this.sqlite, null);
    copy.transaction(() => mergeJournal(copy, this.sqlite, database.image()));
    this.#replace(copy);
    return copy;
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
    const image = database.image();
    if (this.#key !== null) withCount(image, this.#count + 1);
    const bytes = await seal(image, this.#key);
    try {
      this.#stamp = await this.#storage.write(bytes);
      this.#unsaved = false;
      this.#reason = null;
      this.#count = countOf(image);
      await this.#storage.remember(seenOf(bytes, image)).catch(ignore); // It is a help, no more.
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

const ignore = (): void => undefined;
const isLocked = (error: unknown): boolean =>
  error instanceof LabError && error.data.code === 'locked';
function nullIfLocked(error: unknown): null {
  if (isLocked(error)) return null;
  throw error;
}

const notLocked = (): LabError =>
  new LabError({
    kind: 'data',
    problem:
      'The history stays open: what was recorded last is not stored yet, and locking would lose it.',
    remedy: 'Make room in the browser’s storage, or export the history, and lock it then.',
  });

const notStored = (reason: string | null): LabError =>
  new LabError({
    kind: 'data',
    problem: `The passphrase is as it was: nothing could be stored. ${reason ?? ''}`.trim(),
    remedy: 'Make room in the browser’s storage, and try again.',
  });

const fileWantsPassphrase = (): LabError =>
  new LabError({
    kind: 'data',
    code: 'sealed-file',
    problem: 'This file is encrypted, or it is no journal.',
    remedy: 'Give the passphrase that it was encrypted with.',
  });

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
