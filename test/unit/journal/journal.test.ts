import { describe, expect, it } from 'vitest';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';

const ids = async (journal: ReturnType<typeof journalOn>) =>
  (await said(journal.runs(100, 0))).runs.map(({ id }) => id);

describe('runs', () => {
  it('are listed newest first, page by page, as they were recorded', async () => {
    const journal = journalOn();
    for (const minute of [2, 1, 3]) await said(journal.recordRun(runAt(minute)));
    const first = await said(journal.runs(2, 0));
    const second = await said(journal.runs(2, 2));
    expect(first.total).toBe(3);
    expect([...first.runs, ...second.runs].map(({ name }) => name)).toEqual([
      'Run 3',
      'Run 2',
      'Run 1',
    ]);
    const { madeAt, dataset, engine, digests, metrics, labels, fingerprint } = runAt(3);
    expect(first.runs[0]).toMatchObject({
      ...{ madeAt, dataset, engine, digests, metrics, labels, fingerprint },
      strategy: 'harvester',
      curve: { day: Int32Array.of(1, 2, 3), equity: Float32Array.of(100, 101, 99) },
    });
  });

  it('made at the same instant from the same study are one', async () => {
    const journal = journalOn();
    await said(journal.recordRun(runAt(1)));
    await said(journal.recordRun(runAt(1)));
    expect((await said(journal.runs(10, 0))).total).toBe(1);
  });

  it('give back their studies in the order that was asked for', async () => {
    const journal = journalOn();
    for (const minute of [1, 2]) await said(journal.recordRun(runAt(minute)));
    const [second, first] = await ids(journal);
    expect(await said(journal.studies([first!, second!]))).toEqual(
      [1, 2].map((minute) => JSON.parse(runAt(minute).study) as unknown),
    );
    expect((await refusal(journal.studies([hex('0')]))).problem).toMatch(/no longer/);
  });

  it('that are deleted come back whole, and their trials stay counted', async () => {
    const journal = journalOn();
    for (const minute of [1, 2, 3]) await said(journal.recordRun(runAt(minute)));
    const before = await said(journal.runs(10, 0));
    const [, second, first] = before.runs;
    const deleted = await said(journal.deleteRuns([first!.id, second!.id, hex('0')]));
    expect(await ids(journal)).toEqual([before.runs[0]!.id]);
    expect((await said(journal.ledger(hex('f')))).trials).toBe(3);
    expect(await said(journal.merge(deleted))).toEqual({ runs: 2, trials: 0 });
    expect(await said(journal.runs(10, 0))).toEqual(before);
  });

  it('that share a study lose it only with the last of them', async () => {
    const journal = journalOn();
    const { study } = runAt(1);
    for (const minute of [1, 2]) await said(journal.recordRun(runAt(minute, { study })));
    const [second, first] = await ids(journal);
    await said(journal.deleteRuns([first!]));
    expect(await said(journal.studies([second!]))).toHaveLength(1);
  });

  it('that cannot stand are refused whole', async () => {
    const journal = journalOn();
    const error = await refusal(journal.recordRun(runAt(1, { fingerprint: 'short' })));
    expect(error).toMatchObject({ kind: 'engine', sql: expect.stringContaining('INSERT') });
    expect((await said(journal.runs(10, 0))).total).toBe(0);
  });
});

describe('the trial ledger', () => {
  it('counts each trial once per dataset, from when it was first seen', async () => {
    const journal = journalOn();
    const trial = { digest: hex('a'), sharpe: 0.1, sessions: 500 };
    const again = [trial, { ...trial, digest: hex('b') }];
    await said(journal.recordTrials(hex('f'), [trial, trial], '2026-01-01T00:00:00.000Z'));
    await said(journal.recordTrials(hex('f'), again, '2026-01-02T00:00:00.000Z'));
    await said(journal.recordTrials(hex('e'), [trial], '2026-01-02T00:00:00.000Z'));
    expect((await said(journal.ledger(hex('f')))).trials).toBe(2);
    expect((await said(journal.ledger(hex('e')))).trials).toBe(1);
    expect(await said(journal.ledger(hex('d')))).toEqual({
      trials: 0,
      withSharpe: 0,
      variance: null,
    });
  });

  it('gives the sample variance of the Sharpe ratios there are', async () => {
    const journal = journalOn();
    const sharpes = [0.02, null, 0.05, -0.01];
    const trials = sharpes.map((sharpe, i) => ({ digest: hex(String(i)), sharpe, sessions: 9 }));
    await said(journal.recordTrials(hex('f'), trials, '2026-01-01T00:00:00.000Z'));
    const { variance, ...counts } = await said(journal.ledger(hex('f')));
    expect(counts).toEqual({ trials: 4, withSharpe: 3 });
    expect(variance).toBeCloseTo(0.0009, 12); // Mean 0.02; (0 + 0.03² + 0.03²) ÷ 2.
  });

  it('does not depend on the order in which trials came', async () => {
    const trials = Array.from({ length: 300 }, (_, i) => ({
      digest: i.toString(16).padStart(64, '0'),
      sharpe: (i * 7919) % 101 === 0 ? null : ((i * 7919) % 1000) / 7000,
      sessions: 250,
    }));
    const [one, other] = [journalOn(), journalOn()];
    const at = '2026-01-01T00:00:00.000Z';
    await said(one.recordTrials(hex('f'), trials, at));
    for (const part of [trials.slice(150).reverse(), trials.slice(0, 150)])
      await said(other.recordTrials(hex('f'), part, at));
    expect(await said(one.ledger(hex('f')))).toEqual(await said(other.ledger(hex('f'))));
  });

  it('fills in a Sharpe ratio that was missing, and keeps one that is there', async () => {
    const journal = journalOn();
    const seen = async (sharpe: number | null) => {
      const trials = [{ digest: hex('a'), sharpe, sessions: 9 }];
      await said(journal.recordTrials(hex('f'), trials, '2026-01-01T00:00:00.000Z'));
      return said(journal.ledger(hex('f')));
    };
    expect((await seen(null)).withSharpe).toBe(0);
    expect((await seen(0.5)).withSharpe).toBe(1);
    expect((await seen(null)).withSharpe).toBe(1);
  });

  it('keeps the longer of two samples: a search may try a set on a part of the data', async () => {
    const journal = journalOn();
    const variance = async (sharpe: number | null, sessions: number) => {
      const other = { digest: hex('b'), sharpe: 0, sessions: 900 };
      const trials = [{ digest: hex('a'), sharpe, sessions }, other];
      await said(journal.recordTrials(hex('f'), trials, '2026-01-01T00:00:00.000Z'));
      return (await said(journal.ledger(hex('f')))).variance;
    };
    expect(await variance(0.2, 100)).toBeCloseTo(0.02, 12);
    expect(await variance(0.4, 900)).toBeCloseTo(0.08, 12);
    expect(await variance(0.2, 100)).toBeCloseTo(0.08, 12);
    expect(await variance(null, 1000)).toBeCloseTo(0.08, 12);
  });

  it('takes ten thousand trials in one go', async () => {
    const journal = journalOn();
    const trials = Array.from({ length: 10_000 }, (_, i) => ({
      digest: (i * 2_654_435_761).toString(16).padStart(64, '0'),
      sharpe: i / 1e6,
      sessions: 2500,
    }));
    await said(journal.open());
    const start = performance.now();
    await said(journal.recordTrials(hex('f'), trials, '2026-01-01T00:00:00.000Z'));
    expect(performance.now() - start).toBeLessThan(5000); // 0.15 s here.
    expect((await said(journal.ledger(hex('f')))).trials).toBe(10_000);
  });
});

describe('two tabs on one storage', () => {
  it('see what the other has written, and lose nothing of it', async () => {
    const storage = memoryStorage();
    const [one, other] = [journalOn(storage), journalOn(storage)];
    await Promise.all([said(one.open()), said(other.open())]);
    await Promise.all(
      [1, 2, 3, 4].map((minute) => said((minute % 2 ? one : other).recordRun(runAt(minute)))),
    );
    expect(await ids(one)).toHaveLength(4);
    expect(await ids(other)).toEqual(await ids(one));
  });
});
