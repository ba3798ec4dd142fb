import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { errorData } from '../../src/wire/errors.ts';
import { LabClient } from '../../src/wire/lab-client.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { LabWorker } from '../../src/wire/spawn.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';
import { roomIn, withRoom, withRoomFor } from '../../workers/services/room.ts';
import { syntheticBars } from '../e2e/synthetic.ts';
import { startSmallEngine } from './small-engine.ts';

/** Bars of so many symbols, 2,000 each. */
const file = (symbols: number): InputFile => {
  const { name, text } = syntheticBars(symbols, 2000);
  return { name, content: new Blob([text]) };
};
const cross = { strategy: { id: 'moving-average-cross', parameters: { fast: 20, slow: 50 } } };

describe('where memory ends', () => {
  /** As on the page: an engine that is spent is followed by another. */
  const client = new LabClient(() => {
    const service = createLab(() => startSmallEngine('24MB')) as unknown as LabWorker['service'];
    return { service, died: new Promise<never>(() => undefined), terminate: () => undefined };
  });
  let trades = '';
  const tradesOf = async (study: object) => (await client.call('run', [study])).digests.trades;

  beforeAll(async () => {
    await client.call('importFiles', [[file(40)]]);
    trades = await tradesOf(cross);
  });
  afterEach(async () => {
    expect(await tradesOf(cross)).toBe(trades);
    expect(await client.call('symbolSeries', ['SYN001'])).toMatchObject({ symbol: 'SYN001' });
  });

  it('an import says in which file; the dataset before can be used as before', async () => {
    await expect(client.call('importFiles', [[file(100)]])).rejects.toMatchObject({
      data: {
        problem:
          'Memory ended in “synthetic-bars.csv”: its rows need more than the engine has for its tables, 23.9 MB.',
        remedy: expect.stringMatching(/fewer symbols or fewer years.* of before/) as string,
      },
    });
  });

  it('a study says at which feature, and how many bars have room; others can be run as before', async () => {
    const means = Array.from({ length: 40 }, (_, i) => `close > sma(${i + 5})`);
    const study = { strategy: { id: 'custom', parameters: { entry: means.join(' AND ') } } };
    const failure = client.call('run', [study]);
    await expect(failure).rejects.toMatchObject({
      data: {
        problem: expect.stringMatching(
          /^Memory ended at the feature “sma”: 80,000 bars with \d+ features need more than/,
        ) as string,
        remedy: expect.stringMatching(
          /^A bar takes (about )?[\d,]+ bytes with \d+ of them made, so about [\d,]+ bars have room with all\./,
        ) as string,
      },
    });
  });
});

it('rows of an import that were in tell how many more have room', async () => {
  const engine = await startNodeEngine();
  const before = await roomIn(engine);
  engine.run(
    'CREATE TABLE next_bars AS SELECT i AS row, random() AS close FROM range(100_000) AS rows(i)',
  );
  const full = new LabError({ kind: 'data', code: 'full', problem: 'The engine is full.' });
  const bound = { ...before, inUse: before.inUse - 1e9 };
  const told = await withRoomFor(full, engine, 'Memory ended in “a.csv”', bound);
  expect(told).toMatchObject({
    data: {
      code: 'full',
      problem: expect.stringMatching(
        /^Memory ended in “a.csv”: its rows need more than .* 3\.\d GB\.$/,
      ) as string,
      remedy: expect.stringMatching(
        /^100,000 of them were in, of 10,0\d\d bytes each: what checks/,
      ) as string,
    },
  });
});

it('other failures stay as they are', async () => {
  const other = new LabError({ kind: 'engine', problem: 'Broken.' });
  const engine = {} as Engine;
  expect(await withRoom(other, engine, { before: null, done: 0, of: 3, name: 'sma' })).toBe(other);
});

it('where the engine no longer answers, another one takes its place', async () => {
  const full = new LabError({ kind: 'data', code: 'full', problem: 'The engine is full.' });
  const engine = {
    query: () => Promise.reject(new Error('memory access out of bounds')),
  } as unknown as Engine;
  expect(
    await withRoom(full, engine, { before: null, done: 1, of: 3, name: 'true_range' }),
  ).toMatchObject({
    data: {
      code: 'spent',
      problem: 'Memory ended at the feature “true range”: The engine is full.',
      remedy: expect.stringContaining('a fresh engine') as string,
    },
  });
});

it('arrays that find no room are no fault of ours', () => {
  expect(errorData(new RangeError('Array buffer allocation failed'))).toMatchObject({
    kind: 'data',
    code: 'full',
  });
  expect(errorData(new RangeError('Invalid array length'))).toMatchObject({ kind: 'engine' });
});
