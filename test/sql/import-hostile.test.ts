/**
 * Files that mean harm, or look as if: each is read right or refused as data, soon, in words of the import's own, and the
 * next file is read. Plain mistakes are in import-errors.test.ts, containers in import-containers.test.ts.
 */
import { Float64, Table, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError, type LabErrorData } from '../../src/domain/errors.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { createLab } from '../../workers/services/lab.ts';
import { trialsInProcess } from '../../workers/services/trials.ts';
import { type Content, barLines, file, importAll } from '../unit/import/importing.ts';
import { type Bytes, arrow, gz, parquet, utf8, workbook, zip, zst } from './containers.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const header = 'date,open,high,low,close,volume\n';
const good = '2020-01-02,10,12,9,11,1000\n';
const bar = '2020-01-02 10 12 9 11 1000';
const next = (price: string): string => `${header}${good}2020-01-03,${price},${price},1,1,5\n`;
const named = (symbol: string): string => `symbol,${header}${symbol},${good}`;
const long = 'Ä'.repeat(10_000);

/** What no message may hold: texts of the engine and names of what is inside. */
const inside =
  /import_|next_|read_csv|strict_mode|DuckDB|Invalid Input|Conversion Error|Binder|Parser Error|Out of Memory|undefined|NaN|\bat .*\.[jt]s/;

type Outcome = readonly string[] | LabErrorData;

/** The bars or the error, within ten seconds of the processor's time; then a sound file is read. */
async function outcomeOf(given: InputFile): Promise<Outcome> {
  const before = process.cpuUsage();
  const outcome = await importAll(engine, [given]).then(barLines, (error: unknown) => {
    if (error instanceof LabError) return error.data;
    throw error;
  });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(10_000);
  if ('kind' in outcome) {
    const { kind, problem, remedy, place } = outcome;
    expect(kind).toBe('import');
    expect(`${problem} ${remedy ?? ''}`).not.toMatch(inside);
    expect(remedy).toMatch(/\.$/);
    expect(place?.file).toMatch(new RegExp(`^${given.name}`));
  }
  const sound = await importAll(engine, [file('B.csv', header + good)]);
  expect(barLines(sound)).toEqual([`B ${bar}`]);
  return outcome;
}

/** The same prices in Parquet and in Arrow, whose cells have types. */
const typed = (prices: number[]): [string, Bytes][] => {
  const dates = prices.map((_, i) => `2020-01-0${i + 2}`);
  const names = ['open', 'high', 'low', 'close'];
  const vectors = names.map((name) => [name, vectorFromArray(prices, new Float64())] as const);
  const date = vectorFromArray(dates, new Utf8());
  return [
    [
      'A.parquet',
      parquet([
        { name: 'date', data: dates },
        ...names.map((name) => ({ name, data: prices, type: 'DOUBLE' as const })),
      ]),
    ],
    ['A.arrow', arrow(new Table({ date, ...Object.fromEntries(vectors) }))],
  ];
};

describe('what is read as it stands', () => {
  const extra = (name: string): string =>
    `date,open,high,low,close,volume,${name}\n${good.trim()},x\n`;
  it.each<[string, Content, string]>([
    ['a header that is SQL', extra('"a""; DROP TABLE bars;--"'), `A ${bar}`],
    ['the same without its quotes', extra(`a"; drop table t;--`), `A ${bar}`],
    [
      'headers without a name',
      `date,open,high,low,close,volume,,\n${good.trim()},x,\n`,
      `A ${bar}`,
    ],
    ['a name of other columns twice', extra('note,note').replace(',x', ',x,y'), `A ${bar}`],
    ['a formula for a symbol', named('=cmd()'), `=cmd() ${bar}`],
    ['a formula with a bar and quotes', named(`"=cmd|' /C calc'!A0"`), `=cmd|' /C calc'!A0 ${bar}`],
    ['quotes in a symbol', named(`"A""B'C;D"`), `A"B'C;D ${bar}`],
    ['a symbol from right to left', named('سهم'), `سهم ${bar}`],
    ['a symbol of 20 kB', named(long), `${long} ${bar}`],
    [
      'a price that is not a number, in a row without others',
      next('NaN').replaceAll('1,1,5', ',,'),
      `A ${bar}`,
    ],
  ])('%s', async (_, content, line) => {
    expect(await outcomeOf(file('A.csv', content))).toEqual([line]);
  });

  it('rows in any order', async () => {
    const rows = `${header}2020-01-03,11,13,10,12,1\n${good}`;
    expect(await outcomeOf(file('A.csv', rows))).toEqual([
      `A ${bar}`,
      'A 2020-01-03 11 13 10 12 1',
    ]);
  });
});

describe('what is refused where it stands', () => {
  it.each<[string, Content, object]>([
    ['a formula for a price', next('=cmd()'), { line: 3, column: 'open', value: '=cmd()' }],
    ['Infinity', next('Infinity'), { line: 3, column: 'open', value: 'Infinity' }],
    ['1e999', next('1e999'), { line: 3, column: 'open', value: '1e999' }],
    [
      'the year 20024',
      next('1').replace('2020-01-03', '20024-01-03'),
      { line: 3, column: 'date', value: '20024-01-03' },
    ],
    ['a header once more', header + header, { line: 2, column: 'date', value: 'date' }],
    ['one quotation mark', '"', { line: 1, value: '"' }],
    ['separators alone', ';;;;\n;;;;\n', { line: 1, value: ';;;;' }],
    ['a NUL in a symbol', named('A\0B'), {}],
    ...['\u200e', '\u200f', '\u061c', '\u180e'].flatMap((mark): [string, Content, object][] => [
      [`U+${mark.charCodeAt(0).toString(16)} after a symbol`, named(`A${mark}`), { value: 'A�' }],
      [`U+${mark.charCodeAt(0).toString(16)} before it`, named(`${mark}A`), { value: '�A' }],
    ]),
  ])('%s', async (_, content, place) => {
    const outcome = await outcomeOf(file('A.csv', content));
    expect(outcome).toMatchObject({ place: { file: 'A.csv', ...place } });
  });

  it.each(typed([10, Infinity]))('an infinite price in %s', async (name, content) => {
    const outcome = await outcomeOf(file(name, content));
    expect(outcome).toMatchObject({ place: { line: 2, column: 'open' } });
  });

  it.each(typed([10, NaN]))('but NaN in %s is an empty cell', async (name, content) => {
    expect(await outcomeOf(file(name, content))).toHaveLength(1);
  });
});

describe('prices and volumes beyond the exact integers', () => {
  it.each([
    ['1e15', '1000', 'zscore-reversion', 'priceDecimals'],
    ['12345678901234.5678', '1000', 'zscore-reversion', 'priceDecimals'],
    ['1e300', '1000', 'zscore-reversion', 'priceDecimals'],
    ['10', '99999999999999999999', 'harvester', 'larger unit'],
  ] as const)(
    '%s and %s are refused by a run that reads them, at their line',
    async (price, volume, strategy, remedy) => {
      const lab = createLab(startNodeEngine, () => 0, trialsInProcess);
      const quiet = (): void => undefined;
      const row = `2020-01-03,${price},${price},${price},${price},${volume}\n`;
      const found = await lab.importFiles([file('A.csv', header + good + row)], quiet);
      expect(found.ok).toBe(true);
      expect(await lab.run(sampleStudy(strategy), quiet)).toMatchObject({
        ok: false,
        error: {
          kind: 'data',
          remedy: expect.stringContaining(remedy) as string,
          place: { file: 'A.csv', line: 3 },
        },
      });
    },
  );
});

describe('damage anywhere', () => {
  const text = `${header}${good}2020-01-03,11,13,10,12,2000\n`;
  const sheet = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const whole: Record<string, () => Bytes | Promise<Bytes>> = {
    'A.csv': () => utf8(text),
    'A.csv.gz': () => gz(utf8(text)),
    'A.csv.zst': () => zst(utf8(text)),
    'A.zip': () => zip({ 'A.csv': utf8(text) }),
    'A.xlsx': () => workbook({ A: sheet }),
    ...Object.fromEntries(typed([10, 11]).map(([name, bytes]) => [name, () => bytes])),
  };
  const spot = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const damage = fc.record({
    end: fc.option(spot),
    flips: fc.array(fc.tuple(spot, fc.integer({ min: 0, max: 7 })), { maxLength: 4 }),
  });

  it.each(Object.keys(whole))(
    'of %s is read or refused',
    async (name) => {
      const sound = await whole[name]!();
      await fc.assert(
        fc.asyncProperty(damage, async ({ end, flips }) => {
          const bytes = sound.slice(0, end === null ? undefined : Math.ceil(end * sound.length));
          for (const [at, bit] of flips) {
            const i = Math.floor(at * bytes.length);
            if (i < bytes.length) bytes[i]! ^= 1 << bit;
          }
          await outcomeOf(file(name, bytes));
        }),
        { seed: 20240108, numRuns: 15 },
      );
    },
    60_000,
  );
});
