import { describe, expect, it } from 'vitest';
import { type RunFilter, allRuns } from '../../../src/domain/journal.ts';
import { completeStudy } from '../../../src/domain/study/study.ts';
import type { RunRecord } from '../../../src/wire/journal.ts';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';

type Journal = ReturnType<typeof journalOn>;

const marks = { name: '', tags: [] as string[], starred: false };

const studyOf = (id: string, parameters: object, more: object = {}) =>
  JSON.stringify(completeStudy({ strategy: { id, parameters }, ...more }));

const valued = (minute: number, id: string, value: number | null): Partial<RunRecord> => ({
  metrics: [{ id, label: id, unit: 'ratio', value }],
  equity: {
    day: Int32Array.from({ length: 40 }, (_, i) => i),
    equity: Float64Array.from({ length: 40 }, (_, i) => 100 + i + minute),
  },
});

const record = (journal: Journal, minute: number, differs: Partial<RunRecord> = {}) =>
  said(journal.recordRun(runAt(minute, differs)));

const changes = async (journal: Journal) =>
  (await said(journal.runs(20, 0))).runs.map((run) => run.changes);

const found = async (journal: Journal, filter: Partial<RunFilter>) =>
  (await said(journal.runs(20, 0, { ...allRuns, ...filter }))).runs.map(({ name }) => name);

describe('runs are named by what differs', () => {
  it('from the run before of the same strategy; the first from the defaults', async () => {
    const journal = journalOn();
    const harvester = (entryThreshold: number) => ({
      study: studyOf('harvester', { entryThreshold }),
    });
    await record(journal, 1, { study: studyOf('harvester', {}) });
    await record(journal, 2, { study: studyOf('rsi-reversion', { period: 10 }) });
    await record(journal, 3, harvester(2));
    await record(journal, 4, harvester(2.5));
    await record(journal, 5, harvester(2.5));
    await record(journal, 6, { ...harvester(2.5), fingerprint: hex('e') });
    const tested = { validation: { search: { method: 'random' } } };
    await record(journal, 7, {
      study: studyOf('harvester', { entryThreshold: 2.5 }, tested),
      fingerprint: hex('e'),
    });
    expect((await changes(journal)).reverse()).toEqual([
      'Defaults',
      'RSI period 10 bars, default 14 bars',
      'Entry threshold 2, was 3',
      'Entry threshold 2.5, was 2',
      'Same as the run before',
      'Same settings, other data',
      'Same as the run before',
    ]);
  });

  it('of many settings three are said', async () => {
    const journal = journalOn();
    await record(journal, 1, { study: studyOf('harvester', {}) });
    const more = { seed: 7, execution: { fill: 'same-close' } };
    const study = studyOf(
      'harvester',
      { entryThreshold: 2, directionBars: 7, sides: 'long' },
      more,
    );
    await record(journal, 2, { study });
    expect((await changes(journal))[0]).toMatch(/^(.+, was .+; ){3}2 more$/);
  });

  it('even where this version does not know their strategy', async () => {
    const journal = journalOn();
    const study = (seed: number) =>
      JSON.stringify({ name: 'Old', seed, strategy: { id: 'gone', parameters: {} } });
    await record(journal, 1, { study: study(1) });
    await record(journal, 2, { study: study(2) });
    expect(await changes(journal)).toEqual([expect.stringContaining('2, was 1'), 'First run']);
  });
});

describe('what is written on a run', () => {
  it('names, tags and stars it, also where it is pinned', async () => {
    const journal = journalOn();
    const id = await record(journal, 1);
    await said(journal.pin(id));
    await said(journal.mark(id, { name: 'Mine', tags: ['a'], starred: false }));
    await said(journal.mark(id, { name: 'Mine', tags: ['a', 'b'], starred: true }));
    const { runs, pinned } = await said(journal.runs(20, 0));
    expect(runs[0]).toMatchObject({
      name: 'Mine',
      marks: { name: 'Mine', tags: ['a', 'b'], starred: true },
    });
    expect(pinned[0]!.run.name).toBe('Mine');
    expect((await refusal(journal.mark(hex('0'), marks))).problem).toMatch(/no longer/);
  });

  it('is deleted with the run, and comes back with it; the trial stays counted', async () => {
    const journal = journalOn();
    const id = await record(journal, 1);
    await said(journal.mark(id, { name: 'Mine', tags: ['a'], starred: true }));
    const before = await said(journal.runs(20, 0));
    const deleted = await said(journal.deleteRuns([id]));
    expect(await said(journal.ledger(hex('f')))).toMatchObject({ trials: 1 });
    await said(journal.merge(deleted));
    expect(await said(journal.runs(20, 0))).toEqual(before);
  });

  it('is cut to what fits', async () => {
    const journal = journalOn();
    const id = await record(journal, 1);
    const tags = Array.from({ length: 30 }, (_, i) => `${i} ${'x'.repeat(99)}`);
    await said(journal.mark(id, { name: 'n'.repeat(999), tags, starred: false }));
    const [run] = (await said(journal.runs(20, 0))).runs;
    expect(run!.marks.name).toHaveLength(200);
    expect(run!.marks.tags.map(({ length }) => length)).toEqual(new Array(20).fill(40));
  });
});

describe('the list', () => {
  it('is ordered by a number, what has none last, or by the star', async () => {
    const journal = journalOn();
    await record(journal, 1, valued(1, 'sharpe', -0.5));
    const best = await record(journal, 2, valued(2, 'sharpe', 1.5));
    await record(journal, 3, valued(3, 'sharpe', null));
    const few = { metrics: valued(4, 'sharpe', 9).metrics! };
    await record(journal, 4, few); // Three sessions: its Sharpe ratio is not told.
    await said(journal.mark(best, { ...marks, starred: true }));
    expect(await found(journal, { by: 'sharpe' })).toEqual(['Run 2', 'Run 1', 'Run 4', 'Run 3']);
    expect(await found(journal, { by: 'starred' })).toEqual(['Run 2', 'Run 4', 'Run 3', 'Run 1']);
  });

  it('holds what a text or a star lets through, and counts it over all pages', async () => {
    const journal = journalOn();
    const [one] = [await record(journal, 1), await record(journal, 2)];
    await record(journal, 3, { study: studyOf('buy-and-hold', {}), dataset: 'Öl_100%.csv' });
    await said(journal.mark(one, { name: 'Prime', tags: ['Panic 2'], starred: true }));
    expect(await found(journal, { text: 'PRIME' })).toEqual(['Prime']);
    expect(await found(journal, { text: 'panic' })).toEqual(['Prime']);
    expect(await found(journal, { text: 'buy & hold' })).toEqual(['Buy & hold']);
    expect(await found(journal, { text: 'l_100%' })).toEqual(['Buy & hold']);
    expect(await found(journal, { text: 'harvester' })).toEqual(['Run 2', 'Prime']);
    expect(await found(journal, { starred: true })).toEqual(['Prime']);
    expect(await found(journal, { text: "'; DROP TABLE runs" })).toEqual([]);
    const page = await said(journal.runs(1, 1, { ...allRuns, text: 'harvester' }));
    expect(page).toMatchObject({ found: 2, total: 3 });
  });
});
