import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileStorage } from '../../../workers/engines/sqlite-node.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';
import { createJournal } from '../../../workers/services/journal/journal.ts';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { journalOn, refusal, runAt, said } from './journals.ts';

const stored = { kept: true, reason: null, encrypted: false, odd: null };

describe('a journal in a file', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'journal-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is a plain SQLite file, replaced whole and found again', async () => {
    const path = join(folder, 'ledger.sqlite');
    const journal = journalOn(fileStorage(path));
    expect(await said(journal.open())).toEqual(stored);
    expect(await readdir(folder)).toEqual([]); // Nothing to keep yet.
    await said(journal.recordRun(runAt(1)));
    expect((await readFile(path)).toString('latin1', 0, 15)).toBe('SQLite format 3');
    expect(await readdir(folder)).toEqual(['ledger.sqlite']);

    const another = journalOn(fileStorage(path));
    await said(another.recordRun(runAt(2)));
    expect((await said(journal.runs(10, 0))).total).toBe(2);
  });

  it('is refused where it cannot be written, and not held in memory in its place', async () => {
    const path = join(folder, 'missing', 'ledger.sqlite');
    const problem = 'This file cannot be written (ENOENT). Its folder is not there.';
    const refused = { kind: 'usage', problem, place: { file: path } };
    const journal = journalOn(fileStorage(path));
    expect(await refusal(journal.recordRun(runAt(1)))).toMatchObject(refused);
    expect(await refusal(journal.open())).toMatchObject(refused);
    await expect(fileStorage(path).check()).rejects.toMatchObject({ data: refused });
  });

  it('loses no change of many who share it, and leaves no lock', async () => {
    const path = join(folder, 'ledger.sqlite');
    const journals = [1, 2, 3, 4].map(() => journalOn(fileStorage(path)));
    await Promise.all(
      journals.flatMap((journal, j) =>
        [1, 2, 3].map((i) => said(journal.recordRun(runAt(10 * j + i)))),
      ),
    );
    expect((await said(journals[0]!.runs(20, 0))).total).toBe(12);
    expect(await readdir(folder)).toEqual(['ledger.sqlite']);
  });

  it('loses no change of two who share it encrypted, and notices an older copy', async () => {
    const path = join(folder, 'ledger.sqlite');
    const file = (): ReturnType<typeof fileStorage> => fileStorage(path, join(folder, 'state'));
    const journals = [journalOn(file()), journalOn(file())];
    await said(journals[0]!.protect(null, 'passphrase'));
    await said(journals[1]!.unlock('passphrase'));
    const older = await readFile(path);
    await Promise.all(
      journals.flatMap((journal, j) =>
        [1, 2, 3].map((i) => said(journal.recordRun(runAt(10 * j + i)))),
      ),
    );
    expect((await said(journals[0]!.runs(20, 0))).total).toBe(6);

    await writeFile(path, older);
    expect((await said(journals[1]!.open())).odd).toContain('older');
    await said(journals[1]!.protect('passphrase', null));
    expect(await readdir(join(folder, 'state'))).toEqual([]);
  });

  it('takes over the lock of a process that was killed', async () => {
    const path = join(folder, 'ledger.sqlite');
    await mkdir(`${path}.lock`);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${path}.lock`, longAgo, longAgo);
    await said(journalOn(fileStorage(path)).recordRun(runAt(1)));
    expect(await readdir(folder)).toEqual(['ledger.sqlite']);
  });

  it('does a change anew where another got in between', async () => {
    const path = join(folder, 'ledger.sqlite');
    const [mine, other] = [fileStorage(path), fileStorage(path)];
    let between = 1;
    const journal = journalOn({
      ...mine,
      write: async (bytes) => {
        if (between-- > 0) await rm(`${path}.lock`, { recursive: true });
        if (between === 0) await said(journalOn(other).recordRun(runAt(2)));
        return mine.write(bytes);
      },
    });
    await said(journal.recordRun(runAt(1)));
    expect((await said(journal.runs(10, 0))).total).toBe(2);
  });
});

it('a change by another tab is passed on', async () => {
  let announce = (): void => undefined;
  const journal = journalOn({ ...memoryStorage(), watch: (onChange) => (announce = onChange) });
  let changes = 0;
  journal.watch(() => changes++);
  await said(journal.open());
  announce();
  expect(changes).toBe(1);
});

describe('a storage that is refused', () => {
  it('leaves a history for this visit, and says why', async () => {
    const journal = createJournal(startSqlite, () => Promise.reject(new Error('Private window')));
    const { kept, reason } = await said(journal.open());
    expect(kept).toBe(false);
    expect(reason).toBe(
      'This browser keeps no data for this page: Private window. The history lasts until this page is closed.',
    );
    await said(journal.recordRun(runAt(1)));
    expect((await said(journal.runs(10, 0))).total).toBe(1);
  });

  it('stores all of it as soon as it can again, beside what another tab has stored', async () => {
    const storage = memoryStorage();
    let full = true;
    const journal = journalOn({
      ...storage,
      write: (bytes) => (full ? Promise.reject(new Error('Quota exceeded')) : storage.write(bytes)),
    });
    await said(journal.recordRun(runAt(1)));
    expect((await said(journal.open())).kept).toBe(false);
    const other = journalOn(storage);
    await said(other.recordRun(runAt(2)));
    expect((await said(journal.runs(10, 0))).total).toBe(2);
    full = false;
    expect((await said(other.runs(10, 0))).total).toBe(1);
    expect(await said(journal.open())).toEqual(stored);
    expect((await said(other.runs(10, 0))).total).toBe(2);

    full = true;
    await said(journal.recordRun(runAt(3)));
    const copy = journalOn();
    expect((await said(copy.merge(await said(journal.image())))).runs).toBe(3); // The unsaved one too.
    full = false;
    await said(journal.recordRun(runAt(4)));
    expect((await said(other.runs(10, 0))).total).toBe(4);
  });

  it('is tried again, and then keeps what this visit has recorded', async () => {
    const storage = memoryStorage();
    await said(journalOn(storage).recordRun(runAt(1)));
    let refused = true;
    const journal = createJournal(startSqlite, () =>
      refused ? Promise.reject(new Error('Private window')) : Promise.resolve(storage),
    );
    await said(journal.recordRun(runAt(2)));
    refused = false;
    expect((await said(journal.open())).kept).toBe(true);
    expect((await said(journalOn(storage).runs(10, 0))).total).toBe(2);
  });

  it('in the middle keeps what was recorded before and after', async () => {
    const storage = memoryStorage();
    let room = 1;
    const journal = journalOn({
      ...storage,
      write: (bytes) =>
        room-- > 0 ? storage.write(bytes) : Promise.reject(new Error('Quota exceeded')),
    });
    for (const minute of [1, 2, 3]) await said(journal.recordRun(runAt(minute)));
    expect((await said(journal.runs(10, 0))).total).toBe(3);
    expect((await said(journal.open())).kept).toBe(false);
    expect((await said(journalOn(storage).runs(10, 0))).total).toBe(1);
  });

  it('does not hide that SQLite could not be loaded, and the next call tries again', async () => {
    let fails = true;
    const journal = createJournal(
      () => (fails ? Promise.reject(new Error('offline')) : startSqlite()),
      () => Promise.resolve(memoryStorage()),
    );
    expect((await refusal(journal.open())).problem).toContain('offline');
    fails = false;
    expect((await said(journal.open())).kept).toBe(true);
  });
});
