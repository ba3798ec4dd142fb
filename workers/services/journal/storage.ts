import type { Seen } from './rollback.ts';

/** Changes with every write; equal stamps mean equal bytes. */
export type Stamp = string;

export interface Stored {
  readonly bytes: Uint8Array;
  readonly stamp: Stamp;
}

/**
 * Where the bytes of a journal are kept: one value, replaced as a whole. A write that fails or is cut off leaves what
 * was there before. Failures of the place itself are plain errors where the journal may go on without it, LabErrors where
 * it may not.
 */
export interface JournalStorage {
  /** Runs one `work` at a time among all who share the storage; again, where another has got in between. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** null where nothing is stored. */
  stamp(): Promise<Stamp | null>;
  read(): Promise<Stored | null>;
  write(bytes: Uint8Array): Promise<Stamp>;
  /** Calls back after each write by someone else, and where someone asks all to lock. */
  watch(onChange: () => void, onLock: () => void): void;
  /** Asks all others who share it to forget their keys. */
  lockOthers(): void;
  /** What was remembered last. It is kept apart, so that what replaces the bytes does not replace it. */
  seen(): Promise<Seen | null>;
  remember(seen: Seen | null): Promise<void>;
}

/** Holds the bytes for as long as the process lives. */
export function memoryStorage(): JournalStorage {
  const exclusively = oneAtATime();
  let stored: Stored | null = null;
  let writes = 0;
  let seen: Seen | null = null;
  return {
    exclusively,
    stamp: () => Promise.resolve(stored?.stamp ?? null),
    read: () => Promise.resolve(stored),
    write: (bytes) => {
      stored = { bytes, stamp: String(++writes) };
      return Promise.resolve(stored.stamp);
    },
    watch: () => undefined,
    lockOthers: () => undefined,
    seen: () => Promise.resolve(seen),
    remember: (found) => {
      seen = found;
      return Promise.resolve();
    },
  };
}

/** A queue of its own: each work begins when the one before has ended. */
export function oneAtATime(): JournalStorage['exclusively'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
