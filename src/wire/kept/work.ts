import { createStore, del, delMany, get, getMany, keys, set } from 'idb-keyval';

/**
 * What tabs had open, in parts that are written one by one: each tab under its own id. A tab that is alive holds a lock
 * of its id; of those that are gone the one that wrote last is kept, for the next visit.
 */
let opened: ReturnType<typeof createStore> | undefined;
const store = () => (opened ??= createStore('outsample-work', 'work'));

const keyOf = (tab: string, part: string): string => `${tab}/${part}`;
const lockOf = (tab: string): string => `outsample-work-${tab}`;
const newest = 'newest';

/** Parts of these names, undefined where there is none. Rejects where the browser keeps nothing. */
export const partsOf = (tab: string, parts: readonly string[]): Promise<readonly unknown[]> =>
  getMany(
    parts.map((part) => keyOf(tab, part)),
    store(),
  );

/** Keeps a part; null takes it away. */
export async function keepPart(tab: string, part: string, value: unknown): Promise<void> {
  if (value === null) {
    await del(keyOf(tab, part), store());
    return;
  }
  await set(keyOf(tab, part), value, store());
  await set(newest, tab, store());
}

/** The tab that wrote last, dead or alive; null where none has. */
export const newestTab = async (): Promise<string | null> =>
  (await get<string>(newest, store())) ?? null;

/** Takes an id for as long as the page lives; false where another tab has it, as that which this one is a copy of. */
export function claimTab(tab: string): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(lockOf(tab), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);
    });
  });
}

/** Takes away what tabs have left that are gone, but for the one that wrote last. */
export async function sweepTabs(): Promise<void> {
  const [all, last, { held = [] }] = await Promise.all([
    keys<string>(store()),
    newestTab(),
    navigator.locks.query(),
  ]);
  const alive = new Set(held.map(({ name }) => name));
  const gone = all.filter((key) => {
    const [tab, part] = key.split('/');
    return part !== undefined && tab !== last && !alive.has(lockOf(tab!));
  });
  await delMany(gone, store());
}

/** Takes away what all tabs have left that are gone. */
export async function forgetWork(): Promise<void> {
  await del(newest, store());
  await sweepTabs();
}
