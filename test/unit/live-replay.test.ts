/** What the page shows of a study on paper, against the backtest that it is of, on the real engine. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { isMissing } from '../../src/domain/validation/statistics/found.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
let lab: LabService;

beforeAll(async () => {
  lab = createLab(startNodeEngine);
  const files = (['bars', 'macro'] as const).map((role) => ({
    name: `${role}.csv`,
    content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${role}.csv`)]),
    role,
  }));
  unwrap(await lab.importFiles(files, quiet));
});

it('is the backtest’s run, with what the strategy saw at each signal', async () => {
  const run = unwrap(await lab.run(sampleStudy(), quiet));
  const replay = unwrap(await lab.liveReplay(quiet));
  expect(replay.trades).toEqual(run.trades);
  expect(replay.fills).toEqual(run.fills);
  expect(replay.equity.equity).toEqual(run.equity.equity);
  expect(replay.alerts).toEqual(run.alerts);

  const series = unwrap(await lab.symbolSeries('SP500'));
  const { seen, trades, entries, waiting } = replay;
  expect(seen.label).toBe(series.label);
  expect(seen.parts.map(({ label }) => label)).toEqual(series.parts.map(({ label }) => label));
  const symbol = run.symbols.indexOf('SP500');
  let compared = 0;
  trades.symbol.forEach((one, i) => {
    if (one !== symbol) return;
    compared++;
    const bar = trades.signalRow[i]! - series.firstRow;
    expect(seen.value[i]).toBe(series.value[bar]);
    seen.parts.forEach(({ value }, p) => expect(value[i]).toBe(series.parts[p]!.value[bar]));
  });
  expect(compared).toBeGreaterThan(20);
  // An entry waits because the score at its bar was above the threshold.
  expect(entries.length).toBeGreaterThan(80);
  for (const value of waiting.value) expect(value).toBeGreaterThan(seen.threshold!);

  const fan = unwrap(await lab.outcomeFan(1000));
  if (isMissing(fan)) throw new Error(fan.reason);
  expect(fan.bands.map((band) => band[0])).toEqual(Array(5).fill(run.equity.equity[1000]));
});

it('sees what was seen before a delay, and is refused where no market could fill', async () => {
  const delayed = { ...sampleStudy(), execution: { delay: 2 } };
  unwrap(await lab.run(delayed, quiet));
  const { seen } = unwrap(await lab.liveReplay(quiet));
  expect(seen.value.length).toBeGreaterThan(20);
  for (const value of seen.value) expect(value).toBeGreaterThan(seen.threshold!);

  unwrap(await lab.run({ ...sampleStudy(), execution: { fill: 'same-close' } }, quiet));
  const refused = await lab.liveReplay(quiet);
  expect(refused).toMatchObject({
    ok: false,
    error: { kind: 'study', place: { path: '/execution/fill', value: 'same-close' } },
  });
});

it('has what is to be shown of a study of target weights, and of one that draws nothing', async () => {
  unwrap(await lab.run({ strategy: { id: 'constant-weights' } }, quiet));
  const { positions, equity, seen, trades } = unwrap(await lab.liveReplay(quiet));
  expect(positions.start).toHaveLength(equity.day.length + 1);
  expect(positions.start.at(-1)! - positions.start.at(-2)!).toBe(equity.positions.at(-1));
  expect(seen.value).toHaveLength(trades.length);
});
