// The synthetic sample shows what it was made for, from its files to a run.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unwrap } from '../../src/wire/errors.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { importDataset } from '../../workers/services/dataset.ts';
import { createLab } from '../../workers/services/lab.ts';

const files: InputFile[] = ['bars', 'attention', 'macro', 'universe'].map((role) => ({
  name: `${role}.csv.gz`,
  content: new Blob([readFileSync(`datasets/synthetic-2014-2023/${role}.csv.gz`)]),
}));

it('splits TE07, finds the three splits, and lists twelve delistings and the first TE07’s', async () => {
  const { market, summary } = await importDataset(await startNodeEngine(), files, () => undefined);
  expect(summary.symbols).toHaveLength(61);
  expect(summary.facts).toMatchObject({ hasVolume: true, attention: 'daily', hasUniverse: true });
  expect(summary.notes.map(({ text }) => text.slice(0, 37))).toEqual([
    'TE07 is split into TE07#1 and TE07#2,',
    '3 jumps look like unadjusted splits: ',
  ]);
  const { delistedOn, groups } = market.listings!;
  expect(delistedOn.filter((day) => day !== 2_147_483_647)).toHaveLength(13);
  expect(groups).toHaveLength(6);
});

it('gives Harvester’s defaults some hundreds of trades', async () => {
  const lab = createLab(() => startNodeEngine());
  unwrap(await lab.importFiles(files, () => undefined));
  const { trades } = unwrap(await lab.run({ strategy: { id: 'harvester' } }, () => undefined));
  expect(trades.length).toBeGreaterThan(100);
  expect(trades.length).toBeLessThan(500);
}, 60_000);
