import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';

type Journal = ReturnType<typeof journalOn>;

async function record(journal: Journal, minutes: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const minute of minutes) ids.push(await said(journal.recordRun(runAt(minute))));
  return ids;
}

/** “A Run 2”, by place. */
const pinned = async (journal: Journal) =>
  (await said(journal.runs(1, 0))).pinned.map(
    ({ place, run }) => `${'ABCD'[place - 1]} ${run.name}`,
  );

describe('pins', () => {
  it('keep their places; a new one takes the first that is free', async () => {
    const journal = journalOn();
    const [one, two, three] = await record(journal, [1, 2, 3]);
    for (const id of [two!, one!, two!]) await said(journal.pin(id));
    expect(await pinned(journal)).toEqual(['A Run 2', 'B Run 1']);
    await said(journal.unpin([two!]));
    expect(await pinned(journal)).toEqual(['B Run 1']);
    await said(journal.pin(three!));
    expect(await pinned(journal)).toEqual(['A Run 3', 'B Run 1']);
    await said(journal.unpin([one!, three!]));
    expect(await pinned(journal)).toEqual([]);
  });

  it('are four at most, of runs that are there', async () => {
    const journal = journalOn();
    const ids = await record(journal, [1, 2, 3, 4, 5]);
    for (const id of ids.slice(0, 4)) await said(journal.pin(id));
    expect(await refusal(journal.pin(ids[4]!))).toMatchObject({
      problem: '4 runs are pinned already.',
      remedy: 'Unpin one of them first.',
    });
    await said(journal.pin(ids[0]!)); // It has its place.
    expect((await refusal(journal.pin(hex('0')))).problem).toMatch(/no longer/);
    expect(await pinned(journal)).toHaveLength(4);
  });

  it('outlast the visit, and another tab sees them', async () => {
    const storage = memoryStorage();
    const [mine, theirs] = [journalOn(storage), journalOn(storage)];
    const [one] = await record(mine, [1]);
    await said(theirs.open());
    await said(mine.pin(one!));
    expect(await pinned(theirs)).toEqual(['A Run 1']);
    expect(await pinned(journalOn(storage))).toEqual(['A Run 1']);
  });

  it('go with their run, and come back with it to a place that is still free', async () => {
    const journal = journalOn();
    const [one, two, three] = await record(journal, [1, 2, 3]);
    for (const id of [one!, two!]) await said(journal.pin(id));
    const deleted = await said(journal.deleteRuns([one!, two!]));
    expect(await pinned(journal)).toEqual([]);
    await said(journal.pin(three!));
    await said(journal.merge(deleted));
    expect(await pinned(journal)).toEqual(['A Run 3', 'B Run 2']);
    expect((await said(journal.curves([one!])))[0]).not.toBeNull();
  });
});

describe('whole curves', () => {
  it('are kept to the bit beside the small ones', async () => {
    const journal = journalOn();
    const [one] = await record(journal, [1]);
    expect(await said(journal.curves([one!, hex('0')]))).toEqual([runAt(1).equity, null]);
  });

  it('are kept of the 200 newest runs and of pinned ones', async () => {
    const journal = journalOn();
    const madeAt = (i: number) => new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
    const ids: string[] = [];
    for (let i = 0; i < 203; i++) {
      ids.push(await said(journal.recordRun(runAt(1, { madeAt: madeAt(i) }))));
      if (i === 1) await said(journal.pin(ids[1]!));
    }
    const curves = await said(journal.curves(ids));
    const gone = ids.flatMap((_, i) => (curves[i] === null ? [i] : []));
    expect(gone).toEqual([0, 2]);
  });

  it('are none of a run without sessions', async () => {
    const journal = journalOn();
    const nothing = { day: new Int32Array(), equity: new Float64Array() };
    const id = await said(journal.recordRun(runAt(1, { equity: nothing })));
    expect(await said(journal.curves([id]))).toEqual([null]);
  });

  it('of a full journal are written in little time', async () => {
    const storage = memoryStorage();
    const journal = journalOn(storage);
    const day = Int32Array.from({ length: 5000 }, (_, i) => i);
    const equity = day.reduce((values, i) => {
      values[i] = (values[i - 1] ?? 100_000) * (1 + ((i * 7919) % 101) / 5e4 - 0.001);
      return values;
    }, new Float64Array(5000));
    const madeAt = (i: number) => new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
    for (let i = 0; i < 201; i++)
      await said(journal.recordRun(runAt(1, { madeAt: madeAt(i), equity: { day, equity } })));
    const start = performance.now();
    await said(journal.recordRun(runAt(1, { madeAt: madeAt(300), equity: { day, equity } })));
    const took = performance.now() - start;
    const size = (await storage.read())!.bytes.length;
    expect(size).toBeLessThan(9e6); // 6.4 MB here, of 12 MB.
    expect(took).toBeLessThan(2000); // 20 ms here.
  });
});
