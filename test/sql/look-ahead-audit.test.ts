/** The look-ahead audit on the real engine: cheats are caught, and the lab's own tables come back. */
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { simulateFills } from '../../src/domain/execution/simulate.ts';
import { defaultStudy, sampleStudy } from '../../src/domain/study/study.ts';
import { planOf as planOfStrategy } from '../../src/domain/strategies/plans.ts';
import { strategies, strategyById } from '../../src/domain/strategies/registry.ts';
import { syntheticMarket } from '../../src/domain/validation/cheats/market.ts';
import { cheats } from '../../src/domain/validation/cheats/registry.ts';
import type { ReplayReport } from '../../src/domain/validation/look-ahead.ts';
import { auditSql } from '../../src/sql/audit.ts';
import { cheatSql } from '../../src/sql/cheats.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import {
  lookAheadDemonstration,
  madeOf,
  subjectOf,
} from '../../workers/services/audit/demonstration.ts';
import { auditLookAhead, auditSubject } from '../../workers/services/audit/look-ahead.ts';
import { signalsCutAt } from '../../workers/services/audit/time-cut.ts';
import { int32 } from '../../workers/services/columns.ts';
import { rows } from './rows.ts';
import { type Dataset, importDataset } from '../../workers/services/dataset.ts';
import { signalSeries } from '../../workers/services/feature-columns.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { computeFeatures, planOf } from '../../workers/services/signals.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const demo = ['bars', 'macro'].map((role) => ({
  name: `${role}.csv`,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
  role: role as 'bars' | 'macro',
}));

const tablesOf = async (engine: Engine): Promise<string[]> =>
  rows<{ name: string }>(
    await engine.query(
      `SELECT database_name || '.' || table_name AS name FROM duckdb_tables()
       UNION ALL SELECT database_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY name`,
    ),
  ).map(({ name }) => name);

describe('the catalogues', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder)
      .map((name) => name.replace('.sql', '').replaceAll('_', ''))
      .sort();
  const names = (catalogue: object): string[] =>
    Object.keys(catalogue)
      .map((name) => name.replaceAll('_', '').toLowerCase())
      .sort();

  it('hold every .sql file of their folders, and no other', () => {
    expect(names(cheatSql)).toEqual(files('src/sql/cheats'));
    expect(names(auditSql)).toEqual(files('src/sql/audit'));
  });
});

describe('demonstrations', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startNodeEngine();
  });

  /** Which column changes first, of which symbol, and when, by each replay that catches a cheat. */
  const expected: Record<string, Partial<Record<ReplayReport['replay'], string>>> = {
    'same-bar-fill': { 'own-bar': 'entry' },
    'seeing-stop': { 'own-bar': 'entry' },
    'centred-attention': { cut: 'centred_attention', noise: 'centred_attention' },
    'full-sample-score': { cut: 'full_sample_score', noise: 'full_sample_score' },
    'future-universe': { cut: 'future_member', noise: 'future_member' },
    'revised-macro': { cut: 'revised_macro', noise: 'revised_macro' },
    'session-close': { cut: 'session_close', noise: 'session_close' },
    'unfinished-bar': { cut: 'four_hours', noise: 'four_hours' },
    'other-place': { cut: 'new_york', noise: 'new_york' },
  };

  it.each(cheats.map((cheat) => [cheat.id, cheat] as const))('%s is caught', async (id, cheat) => {
    const report = await lookAheadDemonstration(id, { engine, ...quiet });
    expect(report.clean).toBe(false);
    for (const replay of cheat.caughtBy) {
      const { found, text } = report.replays.find((one) => one.replay === replay)!;
      expect(found, `${id} by ${replay}`).not.toBeNull();
      const { session, difference, culprit } = found!;
      expect(culprit?.column ?? difference.column).toBe(expected[id]![replay]);
      expect(difference.whole).not.toBe(difference.replay);
      // What changed is dated no later than what was changed; nothing reaches further ahead than it says.
      expect(difference.day).toBeLessThanOrEqual(session);
      if (id === 'centred-attention') expect(session - difference.day).toBeLessThan(7);
      if (id === 'future-universe') {
        // One joins, the other leaves: whichever a sampled session meets first.
        expect(['SYNTH-B', 'SYNTH-C']).toContain(difference.symbol);
        expect(difference).toMatchObject({ kind: 'signal', column: 'side' });
        expect(session - difference.day).toBeLessThan(30);
      }
      if (replay === 'own-bar') expect(difference).toMatchObject({ kind: 'fill', day: session });
      expect(text).toContain('the past changed');
      expect(text).toContain(isoFromDay(difference.day));
    }
    for (const { replay, found } of report.replays)
      if (replay !== 'own-bar' && !cheat.caughtBy.includes(replay)) expect(found).toBeNull();
    expect(report.notes[0]).toContain('synthetic');
    expect(await tablesOf(engine)).toEqual([]);
  });

  it.each(cheats.flatMap((cheat) => (cheat.honest ? [[cheat.id, cheat] as const] : [])))(
    'the honest twin of %s passes, at every step',
    async (_, cheat) => {
      const report = await auditSubject(subjectOf(cheat, cheat.honest), { engine, ...quiet });
      expect(report.replays).toHaveLength(3);
      for (const { text } of report.replays)
        expect(text).toMatch(/ steps tried, nothing in the past changed/);
    },
  );

  it('by steps catch a fill at the open of the bar that gave the signal', async () => {
    const hourly = cheats.find(({ id }) => id === 'session-close')!;
    const early = cheats.find(({ id }) => id === 'same-bar-fill')!;
    const subject = subjectOf({ ...early, market: 'hours' }, hourly.honest);
    const [cut, noise, own] = (await auditSubject(subject, { engine, ...quiet })).replays;
    expect([cut!.found, noise!.found]).toEqual([null, null]);
    expect(own!.text).toMatch(/the past changed. With the bar of 2019-\d\d-\d\d \d\d:00 replaced/);
  });

  it('knows no others', async () => {
    await expect(lookAheadDemonstration('hope', { engine, ...quiet })).rejects.toThrow(
      'Use one of: same-bar-fill, centred-attention',
    );
  });

  it('are no strategies', () => {
    for (const { id } of cheats) expect(strategyById(id)).toBeUndefined();
  });

  it('honest strategies pass on the same market', { timeout: 180_000 }, async () => {
    const { market, facts, ...rest } = syntheticMarket(20_190_101);
    for (const { id } of strategies) {
      const study = defaultStudy(id);
      const report = await auditSubject(
        {
          study,
          plan: planOfStrategy(study.strategy, facts),
          market,
          simulate: simulateFills,
          made: madeOf({ market, facts, ...rest }),
          points: 4,
        },
        { engine, ...quiet },
      );
      expect(report.clean, id).toBe(true);
    }
  });
});

describe('an imported dataset', () => {
  let engine: Engine;
  let dataset: Dataset;
  beforeAll(async () => {
    engine = await startNodeEngine();
    dataset = await importDataset(engine, demo, () => undefined);
  });

  it('passes with Harvester’s sample study, sampled by the seed', async () => {
    const seen: number[] = [];
    const onProgress = (_: string, ratio: number) => seen.push(ratio);
    const context = { engine, dataset, signal: quiet.signal, onProgress };
    const report = await auditLookAhead(sampleStudy(), context, 6);
    expect(report.clean).toBe(true);
    const [cut, noise, own] = report.replays;
    expect(cut).toMatchObject({ replay: 'cut', tried: 6, of: 1257, exhaustive: false });
    expect(noise).toMatchObject({ replay: 'noise', tried: 6, of: 1257 });
    expect(own).toMatchObject({ replay: 'own-bar', tried: 6, of: 1258, notApplicable: null });
    expect(cut!.text).toBe(
      'Future cut off: 6 of 1257 sessions tried, nothing in the past changed.',
    );
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect([seen[0], seen.at(-1)]).toEqual([0, 1]);
  });

  it('leaves own bars alone where fills are at a close, and says so', async () => {
    const study = sampleStudy();
    for (const fill of ['same-close', 'prior-close', 'next-close'] as const) {
      const report = await auditLookAhead(
        { ...study, execution: { ...study.execution, fill } },
        { engine, dataset, ...quiet },
        3,
      );
      expect(report.clean).toBe(true);
      expect(report.replays[2]).toMatchObject({ tried: 0, found: null });
      expect(report.replays[2]!.text).toMatch(/not applicable, fills at (a|the) close/);
    }
  });

  it('is exhaustive where that is cheap, accounts apart, and the range begins late', async () => {
    const study = sampleStudy('zscore-reversion');
    const late = {
      ...study,
      range: { from: '2014-06-02', to: '2014-06-20' },
      risk: { ...study.risk, accounts: 'per-symbol' as const },
    };
    const report = await auditLookAhead(late, { engine, dataset, ...quiet });
    // Fifteen sessions, and the data's first day for the single bar.
    expect(report.replays.map(({ tried, of }) => [tried, of])).toEqual([
      [15, 15],
      [15, 15],
      [16, 16],
    ]);
    expect(report.replays[0]).toMatchObject({ exhaustive: true });
    expect(report.clean).toBe(true);
  });

  it('keeps the lab’s tables as they were, also after a cancel', async () => {
    const study = sampleStudy();
    const plan = planOf(study, dataset);
    const tables = new FeatureTables(engine);
    const context = { engine, tables, signal: quiet.signal };
    await computeFeatures(study, plan, [], context);
    const before = await tablesOf(engine);
    const series = () => signalSeries('SP500', study, plan, dataset, context);
    const drawn = await series();
    const bars = int32(await engine.query('SELECT count(*)::INTEGER AS n FROM imported_bars'), 'n');

    const stop = new AbortController();
    const onProgress = (_: string, ratio: number) => {
      if (ratio > 0.3) stop.abort();
    };
    await expect(
      auditLookAhead(study, { engine, dataset, signal: stop.signal, onProgress }, 10),
    ).rejects.toMatchObject({ data: { kind: 'cancelled' } });
    expect(await tablesOf(engine)).toEqual(before);
    expect(
      int32(await engine.query('SELECT count(*)::INTEGER AS n FROM imported_bars'), 'n'),
    ).toEqual(bars);
    expect(await series()).toEqual(drawn);
  });

  it('draws a signal with the future cut off, and it is the one with all data', async () => {
    const study = sampleStudy();
    const plan = planOf(study, dataset);
    const tables = new FeatureTables(engine);
    const whole = await signalSeries('SP500', study, plan, dataset, {
      engine,
      tables,
      signal: quiet.signal,
    });
    const day = whole.day[700]!;
    const cut = await signalsCutAt('SP500', day, study, { engine, dataset, signal: quiet.signal });
    expect(cut).toMatchObject({ symbol: 'SP500', label: 'Panic Score', threshold: 3 });
    expect(cut.day).toEqual(whole.day.slice(0, 701));
    expect(cut.close).toEqual(whole.close.slice(0, 701));
    expect(cut.value).toEqual(whole.value.slice(0, 701));
    const context = { engine, dataset, signal: quiet.signal };
    expect((await signalsCutAt('SP500', 0, study, context)).day).toHaveLength(0);
    await expect(signalsCutAt('NOPE', day, study, context)).rejects.toThrow('no such symbol');
  });
});
