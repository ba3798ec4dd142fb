import { type UseStore, createStore, del, get, getMany, set, setMany } from 'idb-keyval';
import wasmUrl from 'sql.js/dist/sql-wasm-browser.wasm?url';
import { LabError } from '../../src/domain/errors.ts';
import type { Seen } from '../services/journal/rollback.ts';
import type { JournalStorage } from '../services/journal/storage.ts';
import { type Sqlite, startSqlite } from './sqlite.ts';
import { checkWasm } from './wasm.ts';

/** Boots sql.js in this worker: 0.65 MB of wasm, fetched from the page's own folder. */
export async function startBrowserSqlite(): Promise<Sqlite> {
  const wasm = await fetchWasm();
  await checkWasm('sqlite', new Uint8Array(wasm));
  return startSqlite(wasm);
}

/** Fetched here, since sql.js would never try again after a failure. */
async function fetchWasm(): Promise<ArrayBuffer> {
  try {
    const response = await fetch(new URL(wasmUrl, import.meta.url));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    throw new LabError({
      kind: 'engine',
      problem: 'The history’s database could not be fetched.',
      remedy: 'Check the connection and try again.',
      cause: String(error),
    });
  }
}

const name = 'outsample-journal';
const kept = 'kept';
/** What one tab tells the others to have them lock; any other word tells of a write. */
const lock = 'lock';
/** Two keys of one store, written and read in one transaction: the count of writes tells whether the image is new. */
const keys = ['image', 'stamp'];

/**
 * IndexedDB, which replaces both keys or neither; a lock between the tabs; and a channel on which one tells the others.
 * Throws where the browser refuses any of them.
 */
export async function openBrowserStorage(): Promise<JournalStorage> {
  if (!('locks' in navigator)) throw new Error('It needs an address with https.');
  const store = createStore(name, kept);
  /** What is written is on the disk before it counts as stored; without being asked, Chromium does not wait for that. */
  const durable: UseStore = (mode, use) =>
    store(mode, ({ transaction: { db } }) =>
      use(db.transaction(kept, mode, { durability: 'strict' }).objectStore(kept)),
    );
  const stamp = async () => (await get<string>('stamp', store)) ?? null;
  await stamp(); // A private window may refuse here.
  const channel = new BroadcastChannel(name);
  const apart = createStore(`${name}-seen`, kept);
  return {
    exclusively: (work) => navigator.locks.request(name, work),
    stamp,
    read: async () => {
      const [bytes, stamp] = (await getMany(keys, store)) as [Uint8Array?, string?];
      return bytes === undefined || stamp === undefined ? null : { bytes, stamp };
    },
    write: async (bytes) => {
      const next = String(Number((await stamp()) ?? 0) + 1);
      await setMany(
        [
          ['image', bytes],
          ['stamp', next],
        ],
        durable,
      );
      channel.postMessage(null);
      return next;
    },
    // Without the event: it cannot cross to the page.
    watch: (onChange, onLock) =>
      channel.addEventListener('message', ({ data }) => (data === lock ? onLock() : onChange())),
    lockOthers: () => channel.postMessage(lock),
    seen: async () => (await get<Seen>('seen', apart)) ?? null,
    remember: (seen) => (seen === null ? del('seen', apart) : set('seen', seen, apart)),
  };
}
