/** Files of trial returns: what is written is read again, and what cannot be judged is refused where it stands. */
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { tableFormats } from '../../src/domain/table-format.ts';
import { randomStream } from '../../src/domain/random.ts';
import { completeStudy } from '../../src/domain/study/study.ts';
import { trialOf } from '../../src/domain/validation/statistics/returns.ts';
import type { TrialReturns } from '../../src/domain/validation/trial-returns.ts';
import { returnsTable, trialNames } from '../../src/present/tables/returns.ts';
import type { Pieces } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { importDataset } from '../../workers/services/dataset.ts';
import { FeatureTables } from '../../workers/services/features.ts';
import { judgeReturns } from '../../workers/services/returns/judge.ts';
import { noReplayers } from '../../workers/services/audit/replayers.ts';
import { shardOf } from '../../workers/services/shard.ts';
import { readTrialReturns } from '../../workers/services/returns/read.ts';
import { tableFile } from '../../workers/services/tables/write.ts';
import { trialsInProcess } from '../../workers/services/trials.ts';
import { everyReturn, search } from '../../workers/services/validation/search.ts';

async function bytesOf(pieces: Pieces): Promise<Uint8Array<ArrayBuffer>> {
  const parts: (string | Blob)[] = [];
  for await (const piece of pieces) parts.push(piece);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Days from 2024-01-01 on, and small returns that vary. */
function sample(trials: number, sessions: number): TrialReturns {
  const values = Float64Array.from(
    { length: trials * sessions },
    (_, i) => ((i * 7919) % 1000) / 50_000 - 0.01,
  );
  return {
    names: Array.from({ length: trials }, (_, i) => `t${i + 1} a="1;2", b=0.5`),
    day: Int32Array.from({ length: sessions }, (_, i) => 19_723 + i),
    matrix: { sessions, trials, values },
  };
}

describe('a file of trial returns', () => {
  it.each(tableFormats)('gives back every bit as %s', async (format) => {
    const returns = sample(3, 2500);
    const { values } = returns.matrix;
    values.set([1e-300, -0.1 - 0.2, 1 / 3, -1, 5, Number.MIN_VALUE]);
    const bytes = await bytesOf(tableFile('returns', format, returnsTable(returns)).content);
    const { names, day, matrix, leftOut, constant } = await readTrialReturns('x', bytes);
    expect({ names, day, matrix }).toEqual(returns);
    expect({ leftOut, constant }).toEqual({ leftOut: { before: 0, after: 0 }, constant: [] });
  });

  it.each(tableFormats)('is made piece by piece as %s', async (format) => {
    const sizes: number[] = [];
    for await (const piece of tableFile('returns', format, returnsTable(sample(2000, 2500)))
      .content)
      sizes.push(piece instanceof Blob ? piece.size : piece.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(40_000_000);
  });

  it('names each trial by its place and its settings, as --vary writes them', () => {
    const dimension = { values: null, from: 1, to: 2, steps: 2 };
    expect(
      trialNames({
        dimensions: [
          { path: '/strategy/parameters/fast', ...dimension },
          { path: '/exits/stop', ...dimension },
        ],
        candidates: [
          [5, null],
          [10, 2.5],
        ],
      }),
    ).toEqual(['t0001 fast=5 /exits/stop=off', 't0002 fast=10 /exits/stop=2.5']);
  });
});

it('has every trial of a search, also those whose curves it did not keep', async () => {
  const engine = await startNodeEngine();
  const signal = new AbortController().signal;
  const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n').slice(0, 300);
  const file = { name: 'SP500.csv', content: new Blob([bars.join('\n')]) };
  const dataset = await importDataset(engine, [file], () => undefined, signal);
  const tables = new FeatureTables(engine);
  const context = { engine, tables, dataset, signal, onProgress: () => undefined };
  const parameters = ['fast', 'slow'].map((name, i) => ({
    path: `/strategy/parameters/${name}`,
    values: i === 0 ? [3, 5, 7] : [12, 20],
    steps: 2,
  }));
  const study = completeStudy({
    strategy: { id: 'moving-average-cross' },
    validation: { search: { parameters } },
  });
  const trials = trialsInProcess();
  const whole = await search(study, trials, context);
  const all = await everyReturn(whole, trials, context);
  const sampled = await search(study, trials, context, 600);
  expect([whole.kept.length, sampled.kept.length]).toEqual([6, 2]);
  expect(await everyReturn(sampled, trials, context)).toEqual(all);
  expect(all.trials).toBe(6);
  for (let trial = 0; trial < 6; trial++)
    expect(trialOf(all, trial).some((one) => one !== 0)).toBe(true);

  // With every trial in a shard none is simulated: an engine without bars has its search and its returns.
  const work = { part: { shard: 1, of: 1 }, trials: 'with every curve', audit: false } as const;
  const info = { outsample: '', duckdb: '', wasm: '' };
  const helpers = { trials, replayers: noReplayers };
  const shard = await shardOf(study, work, helpers, { ...context, info, now: () => 0 });
  const outcomes = new Map(shard.trials.map((one) => [one.digest, one]));
  const none = (): never => expect.fail('A search asks for trials alone.');
  const known = { trial: (digest: string) => outcomes.get(digest)!, rotation: none, replay: none };
  const bare = await startNodeEngine();
  const merging = { ...context, engine: bare, tables: new FeatureTables(bare), known };
  const merged = await search(study, trials, merging, 600);
  expect(merged).toEqual(sampled);
  expect(await everyReturn(merged, trials, merging)).toEqual(all);
}, 60_000);

const text = (lines: readonly string[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.join('\n'));
const date = (i: number): string => new Date(1.7e12 + i * 86_400_000).toISOString().slice(0, 10);
/** A header, then 30 days of two trials. */
const lines = (): string[] => [
  'day,a,b',
  ...Array.from({ length: 30 }, (_, i) => `${date(i)},${i % 3 ? 0.01 : -0.01},${(i % 5) / 100}`),
];
const withLine = (at: number, line: string): string[] => lines().with(at, line);

describe('what is read', () => {
  const read = (all: readonly string[]) => readTrialReturns('trials.csv', text(all));

  it.each<[string, string[]]>([
    [
      'semicolons and decimal commas',
      lines().map((one) => one.replaceAll(',', ';').replaceAll('.', ',')),
    ],
    ['tabs', lines().map((one) => one.replaceAll(',', '\t'))],
    ['CRLF and a mark of UTF-8', lines().map((one, i) => `${i ? '' : '\ufeff'}${one}\r`)],
    [
      'quotes',
      lines().map((one) =>
        one
          .split(',')
          .map((cell) => `"${cell}"`)
          .join(','),
      ),
    ],
    ['dates with times', lines().map((one, i) => (i ? one.replace(',', ' 16:00:00,') : one))],
    [
      'dates without dashes',
      lines().map((one, i) => (i ? one.replaceAll(/-(?=\d\d[-,])/g, '') : one)),
    ],
    ['blank lines', [...lines(), '', ',,', '']],
  ])('takes %s', async (_, all) => {
    expect(await read(all)).toEqual(await read(lines()));
  });

  it('takes .gz, and CR alone', async () => {
    const plain = await read(lines());
    expect(await readTrialReturns('x', new Uint8Array(gzipSync(text(lines()))))).toEqual(plain);
    expect(await readTrialReturns('x', text([lines().join('\r')]))).toEqual(plain);
  });

  it('leaves out what not every trial has at the ends, and tells of trials that don’t vary', async () => {
    const { day, leftOut, constant } = await read(
      lines().map((one, i) => {
        const [first = '', a = '', b = ''] = one.split(',');
        if (i === 0) return `${first},${a},${b},flat`;
        return [first, i < 3 ? '' : a, i > 29 ? 'NaN' : b, '0'].join(',');
      }),
    );
    expect([day.length, leftOut, constant]).toEqual([27, { before: 2, after: 1 }, ['flat']]);
  });

  it.each<[string, string[], string, object]>([
    [
      'a word',
      withLine(7, `${date(6)},0.01,x%`),
      'This is not a number.',
      { line: 7 + 1, column: 'b', value: 'x%' },
    ],
    [
      'a number in hexadecimal',
      withLine(7, `${date(6)},0x10,0`),
      'This is not a number.',
      { line: 8, column: 'a' },
    ],
    [
      'no date',
      withLine(2, '3,0.01,0'),
      'This is not a date.',
      { line: 3, column: 'day', value: '3' },
    ],
    ['no such date', withLine(2, '2024-02-30,0.01,0'), 'This is not a date.', { line: 3 }],
    [
      'a date twice',
      withLine(5, `${date(3)},0.01,0`),
      `This date is not after the one of the line before, ${date(3)}.`,
      { line: 6, column: 'day', value: date(3) },
    ],
    [
      'a gap',
      withLine(9, `${date(8)},,0`),
      'There is no return here, between others of this trial.',
      { line: 10, column: 'a' },
    ],
    [
      'infinity',
      withLine(9, `${date(8)},inf,0`),
      'This is not finite.',
      { line: 10, column: 'a', value: 'Infinity' },
    ],
    [
      'a short line',
      withLine(9, `${date(8)},0`),
      'This line has 2 columns where the header has 3.',
      { line: 10 },
    ],
    [
      'an open quotation mark',
      withLine(9, `"${date(8)},0,0`),
      'A quotation mark is not closed, or is followed by more text.',
      { line: 10 },
    ],
    [
      'no header',
      lines().slice(1),
      'The first line holds a date where the names of the columns belong.',
      { line: 1 },
    ],
    [
      'two columns of a name',
      lines().with(0, 'day,a,a'),
      'Two columns have this name.',
      { column: 'a' },
    ],
    [
      'dates alone',
      lines().map((one) => one.split(',')[0]!),
      'There are no columns beside the first.',
      { line: 1 },
    ],
    ['too few periods', lines().slice(0, 20), 'There are 19 periods; at least 20 are needed.', {}],
    [
      'trials of other times',
      lines().map((one, i) =>
        i === 0 ? one : `${date(i)},${i < 16 ? i / 100 : ''},${i < 12 ? '' : i / 100}`,
      ),
      'All trials together have returns of 4 of 30 periods; at least 20 are needed.',
      {},
    ],
    [
      'an empty column',
      lines().map((one, i) => (i === 0 ? one : one.replace(/,[^,]*$/, ','))),
      'This column holds no returns.',
      { column: 'b' },
    ],
    [
      'nothing that varies',
      lines().map((one, i) => (i === 0 ? one : `${date(i)},0,0.01`)),
      'The returns of all 2 trials don’t vary, each by itself.',
      {},
    ],
    [
      'prices',
      lines().map((one, i) => (i === 0 ? one : `${date(i)},0.01,${100 + i}`)),
      'These are no simple returns: every one would more than double the capital.',
      { line: 2, column: 'b', value: '101' },
    ],
    ['nothing', [''], 'The file is empty.', {}],
    ['JSON', ['{"a": 1}'], 'This is JSON.', {}],
    [
      'too many trials',
      [`day,${Array.from({ length: 20_001 }, (_, i) => `t${i}`).join(',')}`],
      'There are 20,001 columns of trials; 20,000 is the most that is read.',
      {},
    ],
    [
      'too many returns',
      [
        `day,${Array.from({ length: 15_000 }, (_, i) => `t${i}`).join(',')}`,
        ...Array.from({ length: 5000 }, () => ''),
      ],
      'There are 15,000 trials of 5,000 periods; 200,000 periods and 60,000,000 returns are the most that is read.',
      {},
    ],
  ])('refuses %s, and says where', async (_, all, problem, place) => {
    await expect(read(all)).rejects.toMatchObject({
      data: {
        problem,
        remedy: expect.stringMatching(/\.$/) as string,
        place: { file: 'trials.csv', ...place },
      },
    });
  });

  const days = Array.from({ length: 30 }, (_, i) => date(i));
  const numbers = Float64Array.from(days, (_, i) => (i % 3) / 100);
  it('refuses what Arrow and Parquet hold of other types, and what is cut off', async () => {
    const arrow = new Uint8Array(tableToIPC(tableFromArrays({ day: days, a: numbers, b: days })));
    await expect(readTrialReturns('x.arrow', arrow)).rejects.toMatchObject({
      data: { problem: 'This is not a number.', place: { line: 1, column: 'b', value: date(0) } },
    });
    for (const format of ['arrow', 'parquet'] as const) {
      const whole = await bytesOf(
        tableFile('returns', format, returnsTable(sample(2, 40))).content,
      );
      for (const end of [20, whole.length - 9, whole.length - 1])
        await expect(readTrialReturns('cut', whole.slice(0, end))).rejects.toMatchObject({
          data: { problem: /is damaged, or holds types/ },
        });
    }
  });
});

/** Some bytes of each file, of its end too, are others: a LabError or an answer, and nothing that is never caught. */
it.each(['pandas.parquet', 'polars.parquet', 'polars.arrow', 'pandas.csv'])(
  'a damaged %s is an answer or a LabError',
  async (name) => {
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on('unhandledRejection', note);
    const whole = new Uint8Array(readFileSync(`test/golden/returns/${name}`));
    const stream = randomStream(1, name);
    for (let i = 0; i < 250; i++) {
      const bytes = whole.slice();
      const among = i % 2 === 0 ? 3000 : bytes.length;
      for (let k = stream.below(4); k >= 0; k--)
        bytes[bytes.length - 1 - stream.below(among)] = stream.below(256);
      const answer: unknown = await readTrialReturns(name, bytes).catch((error: unknown) => error);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(LabError);
    }
    await new Promise((done) => setImmediate(done));
    process.off('unhandledRejection', note);
    expect(uncaught).toEqual([]);
  },
);

describe('the judgement', () => {
  const options = { seed: 1, riskFreeRate: 0, samples: 100 };
  const calls = { signal: new AbortController().signal, onProgress: () => undefined };

  it('takes the risk-free rate off, and tells what a year has from the dates', async () => {
    const weekly = lines().map((one, i) => (i === 0 ? one : one.replace(/^[^,]+/, date(7 * i))));
    const read = () => readTrialReturns('x', text(weekly));
    const without = await judgeReturns(await read(), options, calls);
    const above = await judgeReturns(await read(), { ...options, riskFreeRate: 0.52 }, calls);
    expect([without.perYear, without.best.name]).toEqual([52, 'b']);
    if ('reason' in without.sharpe || 'reason' in above.sharpe) throw new Error('none');
    expect(above.sharpe.moments.mean).toBeCloseTo(without.sharpe.moments.mean - 0.01, 12);
    expect(without.pbo).toEqual({ reason: 'There are 30 sessions; the splits need at least 64.' });
  });

  it('has one trial to deflate by, and nothing that was chosen', async () => {
    const alone = lines().map((one) => one.replace(/,[^,]*$/, ''));
    const { deflated, pbo } = await judgeReturns(
      await readTrialReturns('x', text(alone)),
      options,
      calls,
    );
    expect(deflated).toMatchObject({
      trials: 1,
      remark: expect.stringContaining('holds one trial') as string,
    });
    expect(pbo).toEqual({ reason: 'With one trial there was nothing to choose from.' });
  });
});
