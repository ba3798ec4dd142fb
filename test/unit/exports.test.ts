/** Files of a run on the real engine: made in pieces, so that no dataset is too large for a string. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sampleStudy } from '../../src/domain/study/study.ts';
import type { Progress } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { importDataset } from '../../workers/services/dataset.ts';
import { exportFile } from '../../workers/services/exports.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { runStudy } from '../../workers/services/run.ts';
import { asBlob } from '../../workers/services/tables/write.ts';
import { textOf } from '../pieces.ts';

const files = ['bars.csv', 'macro.csv'].map((name) => ({
  name,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${name}`)]),
}));
const said: Progress[] = [];
const stop = new AbortController();

async function ran() {
  const engine = await startNodeEngine();
  const context = {
    engine,
    tables: new FeatureTables(engine),
    dataset: await importDataset(engine, files, () => undefined),
    info: { outsample: '', duckdb: '', wasm: '' },
    signal: stop.signal,
    onProgress: (at: Progress) => said.push(at),
    now: () => 0,
  };
  return { ...context, run: await runStudy(sampleStudy(), context) };
}
const context = ran();

it('features.csv is the same, however few rows are read at once', async () => {
  const whole = await textOf(exportFile('features.csv', await context).content);
  said.length = 0;
  const parts = await textOf(exportFile('features.csv', await context, 1).content);
  expect(said.filter(({ phase }) => phase === 'results').map(({ ratio }) => ratio)).toEqual([
    0, 0.5,
  ]);
  expect(parts === whole).toBe(true);
  expect(whole.split('\r\n')).toHaveLength(1 + 2 * 1258 + 1);
});

it('features that searches have dropped since are there again', async () => {
  const { tables, ...rest } = await context;
  const before = await textOf(exportFile('features.csv', { tables, ...rest }).content);
  tables.clear();
  expect((await textOf(exportFile('features.csv', { tables, ...rest }).content)) === before).toBe(
    true,
  );
});

it('across threads a file is one Blob of the same bytes', async () => {
  const file = exportFile('trades.csv', await context);
  const { content } = await asBlob(exportFile('trades.csv', await context));
  expect(content).toEqual([expect.any(Blob)]);
  expect(await textOf(content)).toBe(await textOf(file.content));
});

it('a cancel stops it between two pieces', async () => {
  const { content } = exportFile('features.csv', await context);
  const take = async () => {
    for await (const _ of content) stop.abort();
  };
  await expect(take()).rejects.toMatchObject({ data: { kind: 'cancelled' } });
});
