import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { journalMigrations } from '../../../src/sql/journal/catalogue.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';
import { openJournal } from '../../../workers/services/journal/open.ts';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';

const folder = 'test/unit/journal/images';
const sqlite = await startSqlite();

/** The image of a journal after some SQL of someone else. */
async function tampered(sql: string, runs = [runAt(1)]): Promise<Uint8Array> {
  const journal = journalOn();
  for (const run of runs) await said(journal.recordRun(run));
  const database = sqlite.open(await said(journal.image()));
  database.script(sql);
  return database.image();
}

async function stored(image: Uint8Array) {
  const storage = memoryStorage();
  await storage.write(image);
  return { storage, journal: journalOn(storage) };
}

describe('versions of the journal', () => {
  it('have an image each, from when they were released', () => {
    const versions = readdirSync(folder).sort();
    expect(versions).toEqual(journalMigrations.map((_, i) => `v${i + 1}.sqlite`));
  });

  it.each(readdirSync(folder))('%s is opened and brought up to date', async (name) => {
    const { journal } = await stored(readFileSync(`${folder}/${name}`));
    const { runs } = await said(journal.runs(10, 0));
    expect(runs.map(({ madeAt }) => madeAt)).toEqual([runAt(2).madeAt, runAt(1).madeAt]);
    await said(journal.mark(runs[1]!.id, { name: 'First', tags: [], starred: true }));
    expect(await said(journal.ledger(hex('f')))).toMatchObject({ trials: 2, withSharpe: 2 });
    await said(journal.recordRun(runAt(3)));
    expect(await said(journalOn().merge(await said(journal.image())))).toEqual({
      runs: 3,
      trials: 3,
    });
  });

  it('before whole curves and pins are as they were', async () => {
    const { journal } = await stored(readFileSync(`${folder}/v1.sqlite`));
    const { runs, pinned } = await said(journal.runs(10, 0));
    expect(pinned).toEqual([]);
    const ids = runs.map(({ id }) => id);
    expect(await said(journal.curves(ids))).toEqual([null, null]);
    await said(journal.pin(ids[1]!));
    expect((await said(journal.runs(10, 0))).pinned).toMatchObject([
      { place: 1, run: { id: runs[1]!.id } },
    ]);
  });

  it('with whole curves and pins keep them', async () => {
    const { journal } = await stored(readFileSync(`${folder}/v2.sqlite`));
    const { runs, pinned } = await said(journal.runs(10, 0));
    expect(pinned).toMatchObject([{ place: 1, run: { id: runs[1]!.id } }]);
    expect(await said(journal.curves([runs[0]!.id]))).toEqual([runAt(1).equity]);
  });

  it('before marks have none', async () => {
    const { journal } = await stored(readFileSync(`${folder}/v2.sqlite`));
    const { runs } = await said(journal.runs(10, 0));
    const none = { name: '', tags: [], starred: false };
    expect(runs.map(({ marks }) => marks)).toEqual([none, none]);
  });

  it('with what was told keep it', async () => {
    const { journal } = await stored(readFileSync(`${folder}/v4.sqlite`));
    const told = { through: 18_000, red: ['costs'], failed: false };
    expect(await said(journal.told('Harvester'))).toEqual(told);
    expect(await said(journal.told('Another'))).toBeNull();
    await said(journal.tell('Harvester', { ...told, through: 18_001, failed: true }));
    expect(await said(journal.told('Harvester'))).toMatchObject({ through: 18_001, failed: true });
  });

  it('with marks keep them', async () => {
    const { journal } = await stored(readFileSync(`${folder}/v3.sqlite`));
    const marks = { name: 'The one', tags: ['panic', 'daily'], starred: true };
    expect((await said(journal.runs(10, 0))).runs[0]).toMatchObject({ name: 'The one', marks });
  });

  it('follow one another, each in one transaction', () => {
    const next = [...journalMigrations, 'ALTER TABLE runs ADD COLUMN note TEXT'];
    const old = openJournal(sqlite, null).image();
    const columns = (image: Uint8Array) =>
      openJournal(sqlite, image, next).rows({ text: `SELECT note FROM runs` }, {});
    expect(columns(old)).toEqual([]);
    expect(() => openJournal(sqlite, old, [...next, 'CREATE TABLE x (y); nonsense'])).toThrow(
      /nonsense/,
    );
  });

  it('newer than this one are refused and kept', async () => {
    const image = await tampered(`PRAGMA user_version = ${journalMigrations.length + 1}`);
    const { journal, storage } = await stored(image);
    for (const call of [
      () => journal.open(),
      () => journal.recordRun(runAt(2)),
      () => journal.clear(),
    ]) {
      const error = await refusal(call());
      expect(error.problem).toContain('newer Outsample');
      expect(error.remedy).toContain('Reload');
    }
    expect((await storage.read())?.bytes).toEqual(image);
    expect((await refusal(journalOn().merge(image))).problem).toContain('newer Outsample');
  });
});

describe('a journal that is damaged', () => {
  it('says so, can be exported as it is, and cleared', async () => {
    const image = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
    const { journal } = await stored(image);
    expect(await refusal(journal.open())).toMatchObject({
      problem: 'The history that this browser kept cannot be read.',
      remedy: expect.stringContaining('Export'),
    });
    expect(await said(journal.image())).toEqual(image);
    expect(await said(journal.clear())).toEqual(image);
    expect((await said(journal.runs(10, 0))).total).toBe(0);
  });

  it.each([
    ['metrics that are no list', `metrics = '{}'`],
    ['labels that are no JSON', `labels = '['`],
    ['a curve that is cut off', `curve_equity = x'00'`],
    ['a time that is none', `made_at = 'yesterday'`],
    ['a digest that is none', `equity_digest = 'NaN'`],
    ['a study that is not there', `study = '${hex('9')}'`],
  ])('says so of a row with %s, and keeps it', async (_, change) => {
    const ignored = 'PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF';
    const image = await tampered(`${ignored}; UPDATE runs SET ${change}`);
    const { journal } = await stored(image);
    expect(await refusal(journal.runs(10, 0))).toMatchObject({
      kind: 'data',
      problem: 'The history that this browser kept cannot be read.',
    });
    expect(await said(journal.image())).toEqual(image);
  });
});

describe('an import', () => {
  it('adds what is not there, and keeps what is', async () => {
    const [mine, theirs] = [journalOn(), journalOn()];
    for (const minute of [1, 2]) await said(mine.recordRun(runAt(minute)));
    for (const minute of [2, 3]) await said(theirs.recordRun(runAt(minute)));
    const image = await said(theirs.image());
    expect(await said(mine.merge(image))).toEqual({ runs: 1, trials: 1 });
    expect(await said(mine.merge(image))).toEqual({ runs: 0, trials: 0 });
    expect((await said(mine.runs(10, 0))).runs.map(({ name }) => name)).toEqual([
      'Run 3',
      'Run 2',
      'Run 1',
    ]);
  });

  it('undoes a clear', async () => {
    const journal = journalOn();
    await said(journal.recordRun(runAt(1)));
    const before = await said(journal.clear());
    expect((await said(journal.ledger(hex('f')))).trials).toBe(0);
    await said(journal.merge(before));
    expect((await said(journal.ledger(hex('f')))).trials).toBe(1);
    expect((await said(journal.runs(10, 0))).total).toBe(1);
  });

  const text = new TextEncoder().encode('name,study\n');
  const cut = async () => (await tampered('SELECT 1')).slice(0, 9000);
  const other = () => Promise.resolve(sqlite.open(null).image());
  it.each([
    ['text', () => Promise.resolve(text)],
    ['nothing', () => Promise.resolve(new Uint8Array())],
    ['a file cut short', cut],
    ['another database', other],
    [
      'a journal with a trigger',
      () => tampered('CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END'),
    ],
    [
      'a study that is not what its digest says',
      () => tampered(`UPDATE studies SET study = json_set(study, '$.seed', 9)`),
    ],
    ['numbers of no shape', () => tampered(`UPDATE runs SET metrics = '[1]'`)],
    ['a curve that is none', () => tampered(`UPDATE curves SET packed = x'ffff'`)],
    [
      'a pin of no run',
      () => tampered(`PRAGMA foreign_keys = OFF; INSERT INTO pins VALUES (2, '${hex('0')}')`),
    ],
    [
      'tags that are no texts',
      () => tampered(`INSERT INTO marks SELECT id, '', '[1]', 0 FROM runs`),
    ],
    ['a date that is none', () => tampered(`UPDATE runs SET made_at = '2026-13-45T00:00:00.000Z'`)],
  ])('of %s is refused, and adds nothing', async (_, image) => {
    const journal = journalOn();
    await said(journal.recordRun(runAt(5)));
    expect(await refusal(journal.merge(await image()))).toMatchObject({
      kind: 'data',
      problem: 'This is no journal of Outsample, or it is damaged.',
      remedy: expect.stringContaining('exported'),
    });
    expect((await said(journal.runs(10, 0))).total).toBe(1);
  });
});
