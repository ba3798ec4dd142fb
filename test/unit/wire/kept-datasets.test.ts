import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { textDigest } from '../../../src/domain/digest.ts';
import {
  type BlobStore,
  type Claims,
  databaseStore,
  folderStore,
} from '../../../src/wire/kept/blob-store.ts';
import { DatasetStore, type KeptDataset } from '../../../src/wire/kept/dataset-store.ts';
import type { Day } from '../../../src/domain/units.ts';

class FileError extends Error {
  constructor(override readonly name: string) {
    super(name);
  }
}

/** What a browser stores in; it fails from the step that is set. */
interface Disk {
  /** As another visit to the page finds it. */
  open(): BlobStore;
  left: number;
}

/** A folder of the browser’s file system: what is written counts once it is closed. */
class Folder implements Disk {
  readonly files = new Map<string, Blob>();
  left = Infinity;

  open(): BlobStore {
    return folderStore(this.handle);
  }

  #step(): void {
    if (this.left-- <= 0) throw new FileError('QuotaExceededError');
  }

  readonly handle = {
    keys: () => this.files.keys(),
    getFileHandle: (name: string, { create = false } = {}) => {
      if (!this.files.has(name)) {
        if (!create) return Promise.reject(new FileError('NotFoundError'));
        this.#step();
        this.files.set(name, new Blob([]));
      }
      return Promise.resolve({
        getFile: () => Promise.resolve(this.files.get(name)),
        createWritable: () => this.#writable(name),
      });
    },
    removeEntry: async (name: string) => {
      this.#step();
      if (!this.files.delete(name)) return Promise.reject(new FileError('NotFoundError'));
    },
  } as unknown as FileSystemDirectoryHandle;

  async #writable(name: string) {
    let written = new Blob([]);
    return Promise.resolve({
      write: async (content: Blob) => {
        this.#step();
        written = new Blob([written, await content.arrayBuffer()]);
      },
      abort: () => Promise.resolve(),
      close: async () => {
        this.#step();
        await Promise.resolve(this.files.set(name, written));
      },
    });
  }
}

type Change = (this: IDBObjectStore, ...given: unknown[]) => IDBRequest;
const changes = (['put', 'delete'] as const).map(
  (name) => [name, Reflect.get(IDBObjectStore.prototype, name) as Change] as const,
);

/** IndexedDB: a step is a change, whose transaction is undone where there is no room. */
class Database implements Disk {
  left = Infinity;

  constructor() {
    vi.stubGlobal('indexedDB', new IDBFactory());
    const hasRoom = (): boolean => this.left-- > 0;
    for (const [name, made] of changes)
      vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
        this: IDBObjectStore,
        ...given: unknown[]
      ) {
        const request = made.apply(this, given);
        if (!hasRoom()) this.transaction.abort();
        return request;
      } as never);
  }

  open(): BlobStore {
    return databaseStore();
  }
}

/** Tabs of one browser, by the rules of its locks. */
function claims(): Claims {
  let holders = 0;
  let sweeping: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  return {
    hold: async () => {
      while (sweeping !== null) await sweeping;
      holders++;
      return async () => {
        await Promise.resolve();
        holders--;
      };
    },
    ifFree: async (work) => {
      if (holders > 0 || sweeping !== null) return;
      sweeping = work().finally(() => (sweeping = null));
      await sweeping;
    },
    inTurn: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function datasetOf(fingerprint: string, texts: readonly string[]): [KeptDataset, Blob[]] {
  const files = texts.map((text, i) => ({
    name: `${i}.csv`,
    decimal: ',' as const,
    bytes: text.length,
    sha256: textDigest(text),
  }));
  const outline = { title: fingerprint, symbols: 1, bars: 2, from: 0 as Day, to: 1 as Day };
  const keptAt = `2026-01-0${fingerprint.length}T00:00:00.000Z`;
  const dataset = { version: 1, fingerprint, ...outline, synthetic: false, keptAt, files } as const;
  return [dataset, texts.map((text) => new Blob([text]))];
}

let disk: Disk;
let store: DatasetStore;
function start(kind: new () => Disk): void {
  disk = new kind();
  store = new DatasetStore(disk.open(), claims());
}
/** Another visit to the page, which sweeps first. */
async function reopened(): Promise<DatasetStore> {
  const next = new DatasetStore(disk.open(), claims());
  await next.sweep();
  return next;
}
const stored = async (): Promise<number> => (await disk.open().names()).length;
const textsOf = async (store: DatasetStore, dataset: KeptDataset): Promise<string[]> =>
  Promise.all((await store.open(dataset)).map(({ content }) => content.text()));
const titles = async (store: DatasetStore): Promise<string[]> =>
  (await store.list()).map(({ title }) => title);

type Act = 'keep' | 'replace' | 'remove' | 'restore';

describe.each([Folder, Database])('kept datasets in a %o', (kind) => {
  beforeEach(() => start(kind));

  it('come back as the files that were brought, read as they were; equal bytes are stored once', async () => {
    const [dataset, contents] = datasetOf('a', ['one', 'two', 'one']);
    await store.keep(dataset, contents);
    const files = await (await reopened()).open(dataset);
    expect(files).toMatchObject([0, 1, 2].map((i) => ({ name: `${i}.csv`, decimal: ',' })));
    expect(await textsOf(store, dataset)).toEqual(['one', 'two', 'one']);
    expect(await stored()).toBe(3); // Two contents and the listing.
  });

  it('of a file that is not read keep the name alone', async () => {
    const [dataset, contents] = datasetOf('a', ['one']);
    const photo = { name: 'photo.jpg', isWithin: true, bytes: 5, sha256: null };
    await store.keep({ ...dataset, files: [...dataset.files, photo] }, [
      ...contents,
      new Blob(['photo']),
    ]);
    const [kept] = await store.list();
    expect(await textsOf(store, kept!)).toEqual(['one', '']);
    expect(await stored()).toBe(2);
  });

  it('are listed newest first, and share files until the last of them is deleted', async () => {
    const [a, b] = [datasetOf('a', ['shared', 'one']), datasetOf('bb', ['shared', 'two'])];
    await store.keep(...a);
    await store.keep(...b);
    expect(await titles(store)).toEqual(['bb', 'a']);
    await store.remove(a[0]);
    await store.settle();
    expect(await textsOf(await reopened(), b[0])).toEqual(['shared', 'two']);
    expect(await disk.open().read(textDigest('one'))).toBeNull();
  });

  it('can be put back after they are deleted, until something else is', async () => {
    const [dataset, contents] = datasetOf('a', ['one']);
    await store.keep(dataset, contents);
    await store.remove(dataset);
    expect(await titles(store)).toEqual([]);
    await store.sweep(); // Another tab's, say.
    await store.restore(dataset);
    expect(await textsOf(await reopened(), dataset)).toEqual(['one']);
    await store.remove(dataset);
    await store.settle();
    expect(await stored()).toBe(0);
  });

  it('say which file the browser has lost', async () => {
    const [dataset, contents] = datasetOf('a', ['one']);
    await store.keep(dataset, contents);
    await disk.open().write(textDigest('one'), new Blob(['on']));
    await expect(store.open(dataset)).rejects.toMatchObject({
      data: { problem: 'The browser no longer has all of this file.', place: { file: '0.csv' } },
    });
  });

  it('of another version are left alone, with every file', async () => {
    await disk.open().write('theirs', new Blob(['bytes']));
    await disk.open().write('theirs.json', new Blob(['{"version":2}']));
    expect(await titles(await reopened())).toEqual([]);
    expect(await stored()).toBe(2);
  });

  it('tell how far they are, and a cancel leaves nothing behind', async () => {
    const [dataset, contents] = datasetOf('a', ['one', 'three', 'seven']);
    const stop = new AbortController();
    const ratios: number[] = [];
    const onRatio = (ratio: number) => {
      ratios.push(ratio);
      if (ratios.length === 2) stop.abort();
    };
    await expect(
      store.keep(dataset, contents, { signal: stop.signal, onRatio }),
    ).rejects.toHaveProperty('name', 'AbortError');
    expect(ratios).toEqual([3 / 13, 8 / 13]);
    expect(await stored()).toBe(0);
    await store.keep(dataset, contents, { onRatio });
    expect(ratios.slice(2)).toEqual([3 / 13, 8 / 13, 1]);
  });

  it('outlast what two tabs do to them at once', async () => {
    const both = claims();
    const [a, b] = [1, 2].map(() => new DatasetStore(disk.open(), both)) as [
      DatasetStore,
      DatasetStore,
    ];
    const [dataset, contents] = datasetOf('a', ['one', 'two']);
    await Promise.all([a.keep(dataset, contents), b.keep(dataset, contents)]);
    expect(await textsOf(a, dataset)).toEqual(['one', 'two']);
    // Only one of them has removed it, and has something to put back.
    const removed = await Promise.all([a.remove(dataset), b.remove(dataset)]);
    expect(removed.toSorted()).toEqual([false, true]);
    const [remover, other] = removed[0] ? [a, b] : [b, a];
    await other.keep(...datasetOf('bb', ['two']));
    await remover.restore(dataset);
    expect(await textsOf(other, dataset)).toEqual(['one', 'two']);
    await a.remove(dataset);
    await Promise.all([a.settle(), b.keep(dataset, contents)]);
    expect(await textsOf(await reopened(), dataset)).toEqual(['one', 'two']);
    expect(await stored()).toBe(4);
  });

  it('whatever step of whatever change is the last, each dataset is as before or as after, and nothing is left over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Act>('keep', 'replace', 'remove', 'restore'),
        fc.nat(12),
        fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (act, steps, texts) => {
          start(kind);
          const [other, old, next] = [
            datasetOf('other', [texts[0]!, 'another']),
            datasetOf('a', [texts[0]!, 'old']),
            datasetOf(act === 'keep' ? 'bb' : 'a', texts),
          ];
          await store.keep(...other);
          await store.keep(...old);
          if (act === 'restore') await store.remove(old[0]);
          disk.left = steps; // And then the browser is killed, or the disk is full.
          const change = {
            keep: () => store.keep(...next),
            replace: () => store.keep(...next),
            remove: () => store.remove(old[0]),
            restore: () => store.restore(old[0]),
          }[act];
          const done = await change().then(
            () => true,
            () => false,
          );
          disk.left = Infinity;

          const later = await reopened();
          const kept = await later.list();
          const found = await Promise.all(
            kept.map(async (one) => [one.fingerprint, await textsOf(later, one)] as const),
          );
          const before = {
            other: [texts[0], 'another'],
            ...(act !== 'restore' && { a: [texts[0], 'old'] }),
          };
          const after = {
            keep: { ...before, bb: texts },
            replace: { ...before, a: texts },
            remove: { other: before.other },
            restore: { ...before, a: [texts[0], 'old'] },
          }[act];
          expect(done ? [after] : [before, after]).toContainEqual(Object.fromEntries(found));
          const used = new Set(kept.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
          expect(await stored()).toBe(used.size + kept.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
