/** Many studies in one call, and break-even, on the real engine. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService, Progress } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';
import { walks } from './trial-market.ts';

const quiet = (): void => undefined;
const demo = ['bars', 'macro'].map((role) => ({
  name: `${role}.csv`,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
  role: role as 'bars' | 'macro',
}));

/** Statements of the engine, as they come. */
const statements: string[] = [];
let lab: LabService;
beforeAll(async () => {
  const engine = await startNodeEngine();
  const watched: Engine = {
    version: engine.version,
    run: (sql) => {
      statements.push(sql);
      engine.run(sql);
    },
    query: (sql, ...given) => {
      statements.push(sql);
      return engine.query(sql, ...given);
    },
    readOnly: (sql, signal) => engine.readOnly(sql, signal),
    registerFile: (name, bytes) => engine.registerFile(name, bytes),
    dropFile: (name) => engine.dropFile(name),
    insertArrow: (...given) => engine.insertArrow(...given),
  };
  lab = createLab(() => Promise.resolve(watched));
  expect(await lab.sweep([], quiet)).toMatchObject({ error: { remedy: 'Import bars first.' } });
  expect(await lab.breakEven(quiet)).toMatchObject({ error: { remedy: 'Run a study first.' } });
  unwrap(await lab.importFiles(demo, quiet));
});

const study = (zWindow: number, entryThreshold: number, stop: number) => ({
  strategy: { id: 'harvester', parameters: { entryThreshold, panic: { zWindow } } },
  size: { rule: 'atr-risk' },
  exits: { stop },
});
/** A window of 150 reads further back than bars are prepared for by default. */
const studies = [60, 150].flatMap((window) =>
  [2, 3].flatMap((threshold) => [1, 2, 3].map((stop) => study(window, threshold, stop))),
);
/** The same in an order that no cache likes. */
const shuffled = studies.map((_, i) => studies[(i * 5) % studies.length]!);

describe('a sweep', () => {
  it('gives what a run of each study gives, in order', async () => {
    const seen: Progress[] = [];
    const found = unwrap(await lab.sweep(shuffled, (progress) => seen.push(progress)));
    expect(found).toHaveLength(12);
    for (const [i, result] of found.entries()) {
      const { metrics, trades } = unwrap(await lab.run(shuffled[i], quiet));
      const metric = (id: string) => metrics.outsample.find((one) => one.id === id)?.value;
      expect(result).toMatchObject({
        totalReturn: metric('total-return'),
        sharpe: metric('sharpe'),
        maxDrawdown: metric('max-drawdown'),
        trades: trades.length,
      });
    }
    expect(new Set(found.map((result) => result?.totalReturn)).size).toBeGreaterThan(6);
    expect(seen.at(-1)).toEqual({ phase: 'trials', label: 'Trial 12 of 12', ratio: 1 });
    const ratios = seen.filter(({ phase }) => phase === 'trials').map(({ ratio }) => ratio);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  });

  it('gives the curve of one of them, which is that of its run', async () => {
    const curve = unwrap(await lab.trialEquity(studies[4]));
    const { equity, initialCash } = unwrap(await lab.run(studies[4], quiet));
    expect(curve).toEqual({ day: equity.day, equity: equity.equity, initialCash });
  });

  it('computes each feature once, and reads each set of signals once', async () => {
    unwrap(await lab.importFiles(demo, quiet));
    statements.length = 0;
    unwrap(await lab.sweep(shuffled, quiet));
    const made = statements.flatMap((sql) => /TABLE "feature_\d+_(\w+)"/.exec(sql)?.[1] ?? []);
    const count = (name: string) => made.filter((one) => one === name).length;
    // z-scores of ATR and volume, and the score made of them, for each of two windows; all else is shared.
    expect([count('z_score'), count('panic_score')]).toEqual([4, 2]);
    expect([count('true_range'), count('atr_sma'), count('direction')]).toEqual([1, 1, 1]);
    expect(statements.filter((sql) => sql.includes('AS size_factor')).length).toBe(4);
    const rerun = statements.length;
    unwrap(await lab.sweep(shuffled, quiet));
    expect(statements.slice(rerun).some((sql) => sql.includes('CREATE'))).toBe(false);
  });

  it('refuses a study that is not valid before it runs any', async () => {
    expect(await lab.sweep([...studies, study(90, 3, -1)], quiet)).toMatchObject({
      ok: false,
      error: { kind: 'study', place: { path: '/exits/stop' } },
    });
    const never = { ...study(90, 3, 1), range: { from: '2030-01-01' } };
    expect(await lab.sweep([...studies, never], quiet)).toMatchObject({ error: { kind: 'data' } });
  });

  it('keeps finished trials when it is cancelled', async () => {
    const many = Array.from({ length: 60 }, (_, i) => study(60 + (i % 3), 2, 1 + i / 60));
    const found = unwrap(
      await lab.sweep(many, ({ phase, ratio }) => {
        if (phase === 'trials' && ratio > 0.2) lab.cancel();
      }),
    );
    const finished = found.filter((result) => result !== null).length;
    expect(finished).toBeGreaterThanOrEqual(12);
    expect(finished).toBeLessThan(60);
  });
});

describe('break-even', () => {
  it('starts from the run’s own numbers and reports its progress', async () => {
    const run = unwrap(await lab.run(sampleStudy(), quiet));
    const seen: Progress[] = [];
    const { costs, delay } = unwrap(await lab.breakEven((progress) => seen.push(progress)));
    const own = run.metrics.outsample.find(({ id }) => id === 'total-return')?.value;
    expect(delay.totalReturn[0]).toBe(own);
    expect(delay.totalReturn).toHaveLength(21);
    expect(costs.totalReturn[0]).toBeGreaterThan(own!);
    // Slippage of 10 bps; targets pay commission only.
    expect(costs.paid).toBeGreaterThan(5);
    expect(costs.paid).toBeLessThan(15);
    expect(costs.diesAt === null).toBe(costs.reason !== null);
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['trials']));
    expect(Math.max(...seen.map(({ ratio }) => ratio))).toBeLessThanOrEqual(1);
    expect(unwrap(await lab.breakEven(quiet))).toEqual({ costs, delay });
  });

  it('replaces estimated spreads too', async () => {
    unwrap(await lab.run({ ...sampleStudy(), costs: { spread: 'corwin-schultz' } }, quiet));
    const estimated = unwrap(await lab.breakEven(quiet));
    unwrap(await lab.run(sampleStudy(), quiet));
    const fixed = unwrap(await lab.breakEven(quiet));
    expect(estimated.costs.totalReturn).toEqual(fixed.costs.totalReturn);
    expect(estimated.delay.totalReturn).not.toEqual(fixed.delay.totalReturn);
  });

  it('can be cancelled', async () => {
    const { market } = walks(20, 1500);
    const lines = Array.from(market.day, (day, row) =>
      [
        market.symbols[Math.floor(row / 1500)],
        isoFromDay(day),
        ...(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => market[name][row]),
      ].join(),
    );
    const text = ['symbol,date,open,high,low,close,volume', ...lines].join('\n');
    unwrap(await lab.importFiles([{ name: 'walks.csv', content: new Blob([text]) }], quiet));
    unwrap(await lab.run(sampleStudy(), quiet));
    expect(await lab.breakEven(() => lab.cancel())).toMatchObject({
      ok: false,
      error: { kind: 'cancelled' },
    });
  });
});
