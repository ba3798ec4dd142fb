import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { journalMigrations } from '../../../src/sql/journal/catalogue.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';
import { openJournal } from '../../../workers/services/journal/open.ts';
import { newKey, openSealed } from '../../../workers/services/journal/seal.ts';
import { decrypt, encrypt, isSealed } from '../../../workers/services/journal/sqlcipher.ts';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';
import { inOracle } from './oracle.ts';

const page = 4096;
const sqlite = await startSqlite();

/** A journal of two runs under this passphrase, as it is stored. */
async function sealed(passphrase = 'correct horse') {
  const storage = memoryStorage();
  const journal = journalOn(storage);
  for (const minute of [1, 2]) await said(journal.recordRun(runAt(minute)));
  await said(journal.protect(null, passphrase));
  return { storage, journal, file: (await storage.read())!.bytes };
}

/** What a tab that opens this file is told of the passphrase. */
async function refusedOf(file: Uint8Array, passphrase = 'correct horse') {
  const storage = memoryStorage();
  await storage.write(file);
  return refusal(journalOn(storage).unlock(passphrase));
}

const changed = (file: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = file.slice();
  change(copy);
  return copy;
};

describe('an encrypted journal', () => {
  it('is a file of SQLCipher 4: another program opens it and writes it', async () => {
    const { file } = await sealed();
    const sql = 'SELECT count(*) FROM runs';
    expect(inOracle(file, 'correct horse', sql).rows).toEqual([[2]]);
    expect(inOracle(file, 'correct horse', 'PRAGMA integrity_check').rows).toEqual([['ok']]);
    expect(() => inOracle(file, 'wrong', sql)).toThrow(/not a database/);

    const written = inOracle(
      file,
      'correct horse',
      `UPDATE runs SET dataset = 'theirs.csv'; VACUUM`,
    );
    const storage = memoryStorage();
    await storage.write(written.file);
    const journal = journalOn(storage);
    await said(journal.unlock('correct horse'));
    const { runs } = await said(journal.runs(10, 0));
    expect(runs.map(({ dataset }) => dataset)).toEqual(['theirs.csv', 'theirs.csv']);
  });

  it('that another program has made from nothing is imported', async () => {
    const image = openJournal(sqlite, null).image();
    const schema = sqlite
      .open(image)
      .rows({ text: 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid' }, {})
      .map((row) => String(row['sql']));
    const theirs = inOracle(
      null,
      'theirs',
      `${schema.join(';')}; PRAGMA application_id = 0x4F555453; PRAGMA user_version = ${journalMigrations.length};
       INSERT INTO trials VALUES (x'${hex('a')}', x'${hex('b')}', 0.5, 20, '2026-01-31T12:00:00.000Z')`,
    );
    const journal = journalOn();
    expect(await refusal(journal.merge(theirs.file))).toMatchObject({ code: 'sealed-file' });
    expect(await said(journal.merge(theirs.file, 'theirs'))).toEqual({ runs: 0, trials: 1 });
  });

  it.each([
    ['a space', ' '],
    ['quotes', `it's "so"; --`],
    ['emoji', '🦆🔑'],
    ['accents', 'Å\u0301 crème'],
    ['10,000 bytes', 'ß'.repeat(5000)],
  ])('opens with a passphrase of %s, here and elsewhere', async (_, passphrase) => {
    const { file, journal } = await sealed(passphrase);
    await said(journal.lock(false));
    await said(journal.unlock(passphrase.normalize('NFD')));
    const { rows } = inOracle(file, passphrase.normalize('NFC'), 'SELECT count(*) FROM runs');
    expect(rows).toEqual([[2]]);
  });

  it.each([
    ['', 'is empty'],
    ['ß'.repeat(5001), 'is longer than 10000 bytes'],
    ['a\0b', 'holds a NUL'],
    [`x'${hex('0')}'`, 'has the form of a raw key'],
  ])('takes no passphrase that other programs read otherwise', async (passphrase, why) => {
    const journal = journalOn();
    expect((await refusal(journal.protect(null, passphrase))).problem).toContain(why);
    expect((await said(journal.open())).encrypted).toBe(false);
  });

  it.each(['v1', 'v2', 'v3'])('was made of a plain one of %s, all of its rows', async (version) => {
    const storage = memoryStorage();
    await storage.write(readFileSync(`test/unit/journal/images/${version}.sqlite`));
    const journal = journalOn(storage);
    const before = await said(journal.runs(10, 0));
    await said(journal.protect(null, 'p'));
    expect(isSealed((await storage.read())!.bytes)).toBe(true);
    const again = journalOn(storage);
    await said(again.unlock('p'));
    expect(await said(again.runs(10, 0))).toEqual(before);
    expect(await said(again.ledger(hex('f')))).toMatchObject({ trials: 2 });

    await said(again.protect('p', null));
    expect(await said(journalOn(storage).runs(10, 0))).toEqual(before);
  });

  it('never has equal pages twice, and each write has other bytes', async () => {
    const key = await newKey('p');
    const image = openJournal(sqlite, null).image();
    const [one, two] = [await encrypt(image, key), await encrypt(image, key)];
    expect(await decrypt(one, key)).toEqual(await decrypt(two, key));
    expect(one.slice(16)).not.toEqual(two.slice(16));
    expect(key.cipher.extractable || key.mac.extractable).toBe(false);
  });
});

describe('what does not open', async () => {
  const { file } = await sealed();
  const pages = file.length / page;
  const swapped = changed(file, (copy) => {
    copy.copyWithin(page, 2 * page, 3 * page);
    copy.set(file.subarray(page, 2 * page), 2 * page);
  });
  const dropped = new Uint8Array([...file.subarray(0, page), ...file.subarray(2 * page)]);
  const version3 = inOracle(null, 'correct horse', 'CREATE TABLE t (x)', 3).file;
  const plain = openJournal(sqlite, null).image();
  const cases: [string, Uint8Array, string, string?][] = [
    ['a wrong passphrase', file, 'This passphrase does not open the journal.', 'wrong'],
    [
      'a bit of the first page',
      changed(file, (copy) => (copy[99]! ^= 1)),
      'This passphrase does not open the journal.',
    ],
    [
      'a bit of a later page',
      changed(file, (copy) => (copy[2 * page + 5]! ^= 1)),
      'page 3 is damaged',
    ],
    ['swapped pages', swapped, 'page 3 stands in the place of page 2'],
    ['a dropped page', dropped, `the file has ${pages - 1} pages where ${pages} belong to it`],
    ['a dropped last page', file.slice(0, -page), `the file has ${pages - 1} pages where ${pages}`],
    ['a truncated page', file.slice(0, -100), 'cut off inside a page'],
    ['a file of SQLCipher 3', version3, 'this file is of SQLCipher 3'],
    ['a plain file', plain, 'This journal is not encrypted'],
  ];
  it.each(cases)('says so of %s, with a remedy', async (_, bytes, problem, passphrase) => {
    const error = await refusedOf(bytes, passphrase);
    expect(error).toMatchObject({
      kind: 'data',
      problem: expect.stringContaining(problem) as string,
    });
    expect(error.remedy).toMatch(/\w.*\.$/);
    expect(JSON.stringify(error)).not.toContain('correct horse');
  });

  it('is refused without a passphrase, kept, exported as it is, and given up for a new one', async () => {
    const storage = memoryStorage();
    await storage.write(file);
    const journal = journalOn(storage);
    for (const call of [journal.open(), journal.recordRun(runAt(3)), journal.protect(null, 'x')])
      expect(await refusal(call)).toMatchObject({ code: 'locked' });
    expect(await said(journal.image())).toEqual(file);
    expect(await said(journal.clear())).toEqual(file);
    expect(await said(journal.open())).toMatchObject({ kept: true, encrypted: false });
    expect((await said(journal.runs(10, 0))).total).toBe(0);
  });

  it('never is more than an error: 300 files at random', async () => {
    const key = await newKey('p');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5 }),
        fc.uint8Array({ maxLength: 300 }),
        fc.infiniteStream(fc.nat(255)),
        async (whole, rest, noise) => {
          const bytes = Uint8Array.from([
            ...Array.from({ length: 1024 * whole }, () => Number(noise.next().value)),
            ...rest,
          ]);
          await expect(decrypt(bytes, key)).rejects.toBeInstanceOf(LabError);
        },
      ),
      { numRuns: 290, seed: 9 },
    );
    for (const length of [0, 1, 4095, 4096, 5000, 8192])
      await expect(openSealed(new Uint8Array(length), 'p')).rejects.toBeInstanceOf(LabError);
  });
});

describe('tabs that share an encrypted journal', () => {
  it('ask for the passphrase where another one has changed it, and lose nothing', async () => {
    const { storage, journal } = await sealed('one');
    let full = true;
    const other = journalOn({
      ...storage,
      write: (bytes) => (full ? Promise.reject(new Error('Quota exceeded')) : storage.write(bytes)),
    });
    await said(other.unlock('one'));
    await said(other.recordRun(runAt(3))); // It waits in memory.
    await said(journal.protect('one', 'two'));
    expect(await refusal(other.runs(10, 0))).toMatchObject({ code: 'locked' });
    full = false;
    await said(other.unlock('two'));
    expect((await said(other.runs(10, 0))).total).toBe(3);
    await said(other.open());
    expect((await said(journal.runs(10, 0))).total).toBe(3);
  });

  it('lock together, but not where that would lose what is not stored', async () => {
    const { storage } = await sealed('one');
    let tell = (): void => undefined;
    let full = false;
    const journal = journalOn({
      ...storage,
      watch: (_, onLock) => (tell = onLock),
      write: (bytes) => (full ? Promise.reject(new Error('Quota exceeded')) : storage.write(bytes)),
    });
    const other = journalOn({ ...storage, lockOthers: () => tell() });
    await said(journal.unlock('one'));
    await said(other.unlock('one'));
    full = true;
    await said(journal.recordRun(runAt(3)));
    expect((await refusal(journal.lock(false))).problem).toContain('stays open');
    full = false;
    await said(other.lock(true));
    expect(await refusal(other.open())).toMatchObject({ code: 'locked' });
    await expect.poll(async () => (await journal.open()).ok).toBe(false);
    await said(other.unlock('one'));
    expect((await said(other.runs(10, 0))).total).toBe(3);
  });

  it('see a passphrase that is removed', async () => {
    const { storage, journal } = await sealed('one');
    const other = journalOn(storage);
    await said(other.unlock('one'));
    await said(journal.protect('one', null));
    expect(await said(other.open())).toMatchObject({ encrypted: false, odd: null });
    await said(other.recordRun(runAt(3)));
    expect(isSealed((await storage.read())!.bytes)).toBe(false);
  });

  it('keep the old passphrase where the new one cannot be stored', async () => {
    const { storage } = await sealed('one');
    const journal = journalOn({
      ...storage,
      write: () => Promise.reject(new Error('Quota exceeded')),
    });
    expect((await refusal(journal.protect('one', 'two'))).problem).toContain('Quota exceeded');
    expect((await said(journal.runs(10, 0))).total).toBe(2);
    await said(journalOn(storage).unlock('one'));
  });
});

describe('an older copy in the place of the journal', () => {
  it('is told, not refused, until the next write', async () => {
    const { storage, journal, file } = await sealed('one');
    await said(journal.recordRun(runAt(3)));
    await storage.write(file);
    const again = journalOn(storage);
    await said(again.unlock('one'));
    expect((await said(again.open())).odd).toContain('older than what was stored here last');
    expect((await said(again.runs(10, 0))).total).toBe(2);
    await said(again.recordRun(runAt(4)));
    const next = journalOn(storage);
    await said(next.unlock('one'));
    expect((await said(next.open())).odd).toBeNull();
  });

  it('of another passphrase, or plain, is told too', async () => {
    const { storage, journal, file } = await sealed('one');
    await said(journal.protect('one', 'two'));
    await storage.write(file);
    const again = journalOn(storage);
    await said(again.unlock('one'));
    expect((await said(again.open())).odd).toContain('has another passphrase');
    await storage.write(openJournal(sqlite, null).image());
    expect((await said(again.open())).odd).toContain('was encrypted');
  });
});
