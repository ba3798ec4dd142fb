import { createStore, del, get, keys, promisifyRequest } from 'idb-keyval';

export interface Writing {
  /** Ends it as a failure does; rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How many of the bytes are written. */
  readonly onBytes?: (written: number) => void;
}

/**
 * Named blobs, none of them empty. A write that fails or is cut off leaves what was there before under its name, or an
 * empty blob, which counts as none.
 */
export interface BlobStore {
  names(): Promise<readonly string[]>;
  /** Null where there is none of that name. */
  read(name: string): Promise<Blob | null>;
  write(name: string, content: Blob, writing?: Writing): Promise<void>;
  /** Of a name that is not there, too. */
  remove(name: string): Promise<void>;
}

/** Keeps others from taking away what is not listed yet, or may be listed again. */
export interface Claims {
  /** No `ifFree` runs, in any tab, until the function that it answers has done its work. */
  hold(): Promise<() => Promise<void>>;
  /** Does nothing while someone holds. */
  ifFree(work: () => Promise<void>): Promise<void>;
  /** One after another, in all tabs. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** Bytes after which a write can be stopped. */
const partBytes = 8_000_000;

/** A folder of the browser's own file system. The browser writes beside a file, and puts it in place when it is whole. */
export function folderStore(folder: FileSystemDirectoryHandle): BlobStore {
  return {
    names: async () => {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
    read: async (name) => {
      try {
        const file = await (await folder.getFileHandle(name)).getFile();
        return file.size > 0 ? file : null;
      } catch (error) {
        return orIfMissing(error, null);
      }
    },
    write: async (name, content, { signal, onBytes } = {}) => {
      const file = await folder.getFileHandle(name, { create: true });
      const writable = await file.createWritable();
      try {
        for (let from = 0; from < content.size; from += partBytes) {
          const to = Math.min(from + partBytes, content.size);
          signal?.throwIfAborted();
          await writable.write(content.slice(from, to));
          onBytes?.(to);
        }
      } catch (error) {
        await writable.abort().catch(() => undefined); // The first error is the one to tell.
        throw error;
      }
      await writable.close();
    },
    remove: async (name) => {
      await folder.removeEntry(name).catch((error: unknown) => orIfMissing(error, undefined));
    },
  };
}

const name = 'outsample-datasets';

/** IndexedDB, each write a transaction. */
export function databaseStore(): BlobStore {
  const store = createStore(name, 'kept');
  return {
    names: () => keys<string>(store),
    read: async (name) => (await get<Blob>(name, store)) ?? null,
    write: (name, content, { signal, onBytes } = {}) =>
      store('readwrite', async (blobs) => {
        signal?.throwIfAborted();
        const { transaction } = blobs;
        const stop = () => transaction.abort();
        signal?.addEventListener('abort', stop);
        try {
          blobs.put(content, name);
          await promisifyRequest(transaction);
        } catch (error) {
          signal?.throwIfAborted();
          throw error instanceof Error
            ? error
            : new DOMException('It gave no reason.', 'AbortError');
        } finally {
          signal?.removeEventListener('abort', stop);
        }
        onBytes?.(content.size);
      }),
    remove: (name) => del(name, store),
  };
}

/**
 * The browser's own file system where files of it can be replaced as a whole, else IndexedDB; that too where it was used
 * before the browser could do better. Throws where the browser keeps nothing.
 */
export async function openBlobStore(): Promise<BlobStore> {
  if (!('storage' in navigator && 'locks' in navigator))
    throw new Error('Only a page that came by https, or from this machine, may keep any.');
  const database = databaseStore();
  const isWritable =
    'getDirectory' in navigator.storage &&
    'FileSystemFileHandle' in globalThis &&
    'createWritable' in FileSystemFileHandle.prototype;
  if (!isWritable) {
    await database.names(); // A private window may refuse here.
    return database;
  }
  const isUsed = await database.names().then(
    ({ length }) => length > 0,
    () => false,
  );
  if (isUsed) return database;
  const root = await navigator.storage.getDirectory();
  return folderStore(await root.getDirectoryHandle('datasets', { create: true }));
}

/** Locks of all tabs; one is held together, or by one that sweeps. A tab that is closed lets go. */
export const browserClaims: Claims = {
  hold: () =>
    new Promise((held, reject) => {
      const released = navigator.locks.request(
        name,
        { mode: 'shared' },
        () =>
          new Promise<void>((release) =>
            held(() => {
              release();
              return released; // The browser takes it back only then.
            }),
          ),
      );
      released.catch(reject);
    }),
  ifFree: (work) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await work();
    }),
  inTurn: (work) => navigator.locks.request(`${name}-turn`, work),
};

function orIfMissing<T>(error: unknown, missing: T): T {
  if (error instanceof Error && error.name === 'NotFoundError') return missing;
  throw error;
}
