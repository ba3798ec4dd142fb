import { createStore, del, get, keys, set } from 'idb-keyval';

/**
 * Named blobs, none of them empty. A write that fails or is cut off leaves what was there before under its name, or an
 * empty blob, which counts as none.
 */
export interface BlobStore {
  names(): Promise<readonly string[]>;
  /** Null where there is none of that name. */
  read(name: string): Promise<Blob | null>;
  write(name: string, content: Blob): Promise<void>;
  /** Of a name that is not there, too. */
  remove(name: string): Promise<void>;
}

/** Keeps others from taking away what is not listed yet, or may be listed again. */
export interface Claims {
  /** No `ifFree` runs, in any tab, until the function that it answers is called. */
  hold(): Promise<() => void>;
  /** Does nothing while someone holds. */
  ifFree(work: () => Promise<void>): Promise<void>;
}

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
    write: async (name, content) => {
      const file = await folder.getFileHandle(name, { create: true });
      const writable = await file.createWritable();
      try {
        await writable.write(content);
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
function databaseStore(): BlobStore {
  const store = createStore(name, 'kept');
  return {
    names: () => keys<string>(store),
    read: async (name) => (await get<Blob>(name, store)) ?? null,
    write: (name, content) => set(name, content, store),
    remove: (name) => del(name, store),
  };
}

/**
 * The browser's own file system where files of it can be replaced as a whole, else IndexedDB; that too where it was used
 * before the browser could do better. Throws where the browser keeps nothing.
 */
export async function openBlobStore(): Promise<BlobStore> {
  const isWritable =
    'FileSystemFileHandle' in globalThis && 'createWritable' in FileSystemFileHandle.prototype;
  if (!isWritable) {
    const database = databaseStore();
    await database.names(); // A private window may refuse here.
    return database;
  }
  const database = databaseStore();
  const isUsed = await database.names().then(
    ({ length }) => length > 0,
    () => false,
  );
  if (isUsed) return database;
  const root = await navigator.storage.getDirectory();
  return folderStore(await root.getDirectoryHandle('datasets', { create: true }));
}

/** A lock of all tabs: held together, or by one that sweeps. */
export const browserClaims: Claims = {
  hold: () =>
    new Promise((held, reject) => {
      navigator.locks
        .request(name, { mode: 'shared' }, () => new Promise<void>((release) => held(release)))
        .catch(reject);
    }),
  ifFree: (work) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await work();
    }),
};

function orIfMissing<T>(error: unknown, missing: T): T {
  if (error instanceof Error && error.name === 'NotFoundError') return missing;
  throw error;
}
