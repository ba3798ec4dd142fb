/** What is undefined or beyond every number is unknown: null at its source, and no condition that it could decide is met. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/domain/strategies/custom/compile.ts';
import {
  columnWords,
  features,
  functions,
  windows,
} from '../../src/domain/strategies/custom/language/vocabulary.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import type { FeatureTables } from '../../workers/services/features.ts';
import { type BarRow, factsOf, loadAttention, loadBars, scales } from './lab.ts';
import { rows } from './rows.ts';

const time = 'OVER (PARTITION BY symbol ORDER BY date ROWS 4 PRECEDING)';
const date = 'OVER (PARTITION BY date)';

/** Two symbols, eight bars each, closes 10 … 17; volume is constant but for a 0 on bars 5 and 6. */
const bars: BarRow[] = [0, 1].flatMap((sym) =>
  Array.from({ length: 8 }, (_, i) => {
    const close = 10 + i + sym / 2;
    const volume = i === 5 || i === 6 ? 0 : 100;
    return { sym, day: 18_000 + i, open: close, high: close, low: close, close, volume };
  }),
);

let engine: Engine;
let tables: FeatureTables;
beforeAll(async () => {
  engine = await startNodeEngine();
  loadAttention(engine, []);
  engine.run(
    'CREATE TABLE macro (series VARCHAR, day INTEGER, available_day INTEGER, value DOUBLE)',
  );
  tables = loadBars(engine, bars);
});

/** What the expressions yield at the bars of the first symbol. */
async function valuesOf(expressions: readonly string[]): Promise<unknown[][]> {
  const programs = expressions.map((score) => compile({ score }, factsOf(['A', 'B'])));
  const answers: unknown[][] = [];
  for (const { sql, inputs } of programs) {
    await tables.compute(Object.values(inputs), scales);
    const text = tables.bind(
      `WITH ${sql} SELECT score AS x FROM said ORDER BY row LIMIT 8`,
      inputs,
    );
    answers.push(rows<{ x: unknown }>(await engine.query(text)).map(({ x }) => x));
  }
  return answers;
}
const values = async (expression: string): Promise<unknown[]> =>
  (await valuesOf([expression]))[0] ?? [];

const all = <T>(value: T): T[] => Array.from({ length: 8 }, () => value);
/** 1 where a condition is met, 0 where it is not, null where it is unknown. */
const truth = (condition: string): string =>
  `CASE (${condition}) WHEN true THEN 1 WHEN false THEN 0 END`;

/** Undefined at every bar. */
const undefinedAlways = [
  '0 / 0',
  '1 / 0',
  '-close / 0',
  '(close - close) / (close - close)',
  'close / (close - close)',
  'close % 0.0',
  'close % (close - close)',
  'close // 0',
  'bar % 0',
  '1e308 * close',
  '-(1e308 * close)',
  '1e308 + 1e308 * 1.5',
  '1 / (1 / (close - close))',
  'close - 1e308 * 10 + 1e308 * 10',
  '1e308 // 0.001',
  '1e999',
  '-1e999',
  'exp(1000)',
  '1 / exp(1000)',
  'power(0, -1)',
  'power(-8, 0.5)',
  'power(1e308, 2)',
  "CAST('NaN' AS double)",
  "'-inf'::double",
  "' Infinity '::double",
  "'1e999'::double",
  "CASE WHEN bar < 0 THEN 1e0 ELSE 'nan' END",
  'least(1 / 0, 0 / 0)',
  'greatest(1 / 0, 0 / 0)',
  'coalesce(0 / 0, 1 / 0)',
  'nullif(1 / 0, 5)',
  'abs(0 / 0)',
  'sign(0 / 0)',
  'floor(1 / 0)',
  'ceil(1 / 0)',
  'round(1 / 0, 2)',
  'sqrt(1 / 0)',
  'ln(1 / 0)',
  'log10(1 / 0)',
  'prev(close / 0)',
  'ema(close / 0, 2)',
  'accumulate(0, prior / 0)',
  'accumulate(0, prior + 1e308 * 10)',
  'accumulate(0 / 0, prior)',
  "of('A', close / 0)",
  `sum(1e308) ${time} + 0 * prev(close)`,
  `sum(close / 0) ${time}`,
  `avg(0 / 0) ${time}`,
  `min(0 / 0) ${time}`,
  `max(1 / 0) ${time}`,
  `median(1 / 0) ${time}`,
  `stddev_samp(1 / 0) ${time}`,
  `stddev_pop(0 / 0) ${time}`,
  `var_samp(0 / 0) ${time}`,
  `corr(close, 1) ${time}`,
  `corr(close, close / 0) ${time}`,
  `regr_slope(close, 1) ${time}`,
  `regr_slope(0 / 0, bar) ${time}`,
  `regr_slope(close, 1) ${date}`,
  `first_value(1 / 0) ${time}`,
  `last_value(0 / 0) ${time}`,
  'lag(1 / 0, 1, 0 / 0) OVER (PARTITION BY symbol ORDER BY date)',
  'rank() OVER (PARTITION BY date ORDER BY 0 / 0 DESC)',
  'dense_rank() OVER (PARTITION BY date ORDER BY 1 / 0)',
  'row_number() OVER (PARTITION BY date ORDER BY close, return(500))',
  'percent_rank() OVER (PARTITION BY date ORDER BY return(500) DESC)',
  'cume_dist() OVER (PARTITION BY date ORDER BY prev(close / 0))',
  'ntile(2) OVER (PARTITION BY date ORDER BY return(500))',
];

describe('undefined', () => {
  it.each(undefinedAlways)('%s', async (it) => {
    const skip = it.startsWith('sum(1e308)') ? 1 : 0;
    const [value, above, below, equal, not, and, or, between, inside, cased, called] = (
      await valuesOf([
        it,
        truth(`${it} > 0.5`),
        truth(`${it} <= 0.5`),
        truth(`${it} <> 3`),
        truth(`NOT ${it} > 0.5`),
        truth(`${it} > 0.5 AND true`),
        truth(`${it} > 0.5 OR false`),
        truth(`0.5 NOT BETWEEN 0 AND ${it}`),
        truth(`${it} NOT IN (3, 4)`),
        `CASE WHEN ${it} > 0.5 THEN 1 WHEN ${it} <= 0.5 THEN 2 ELSE 3 END`,
        `coalesce(${it}, 7) + least(${it}, 1) + greatest(${it}, 1)`,
      ])
    ).map((column) => column.slice(skip));
    const unknown = all(null).slice(skip);
    for (const found of [value, above, below, equal, not, and, or, between, inside])
      expect(found).toEqual(unknown);
    expect(cased).toEqual(unknown.map(() => 3));
    expect(called?.map(Number)).toEqual(unknown.map(() => 9));
  });
});

describe('defined', () => {
  it.each([
    ['volume / prev(volume)', [null, 1, 1, 1, 1, 0, null, null]],
    [truth('volume / prev(volume) > 3'), [null, 0, 0, 0, 0, 0, null, null]],
    [truth('volume / prev(volume) > 3 OR bar = 6'), [null, 0, 0, 0, 0, 0, 1, null]],
    [truth('volume / prev(volume) > 3 AND bar = 6'), [0, 0, 0, 0, 0, 0, null, 0]],
    ['coalesce(volume / prev(volume), -1)', [-1, 1, 1, 1, 1, 0, -1, -1]],
    [truth('volume / prev(volume) IS NULL'), [1, 0, 0, 0, 0, 0, 1, 1]],
    [`count(volume / volume) ${time}`, [1n, 2n, 3n, 4n, 5n, 4n, 3n, 3n]],
    ['-bar * 2 - 3 % 2', [-1, -3, -5, -7, -9, -11, -13, -15]],
    ['(sma(1)) + (bar)', [10, 12, 14, 16, 18, 20, 22, 24]],
    ["CASE WHEN symbol = 'INF' OR symbol IN ('NaN', 'x') THEN 1 ELSE 0 END", all(0)],
    ["CASE WHEN coalesce(prev(symbol), 'NAN') = 'NAN' THEN 1 ELSE 0 END", [1, ...all(0).slice(1)]],
    ["CASE WHEN date < '2020-01-01' THEN 1 END", all(1)],
    ["greatest(close, 'nan', 1 / 0)", bars.slice(0, 8).map(({ close }) => close)],
    [truth("close < 'inf'"), all(null)],
    [truth("close BETWEEN 1 AND 'Infinity'"), all(null)],
    [truth("date < DATE 'infinity'"), all(null)],
    [truth("date < 'infinity'"), all(null)],
    ['CASE WHEN close < 0 THEN sqrt(-close) + 1 / 0 ELSE 1 END', all(1)],
  ] as const)('%s', async (expression, expected) => {
    expect(await values(expression)).toEqual(expected);
  });

  it('nests and chains without growing beyond what is typed', async () => {
    const chain = `1${' / close'.repeat(40)}`;
    const nest = `${'1 / ('.repeat(40)}close${')'.repeat(40)}`;
    for (const long of [chain, nest]) {
      const { sql } = compile({ score: long }, factsOf(['A', 'B']));
      expect(sql.length).toBeLessThan(10_000);
      expect((await values(long)).every(Number.isFinite)).toBe(true);
    }
  });
});

/** Numbers at the edge of what a double holds, and of what functions take. */
const edges = [
  '0',
  '1',
  '-1',
  '0.5',
  '1e308',
  '-1.7e308',
  '5e-324',
  '1e-300',
  '400',
  '-400',
  'close',
  'volume',
];

describe('no word of the language yields NaN or infinity', () => {
  const shapes = [...functions, ...windows].map(({ name, signature }) => {
    const count =
      /\((.*)\)/
        .exec(signature)?.[1]
        ?.split(', ')
        .filter((x) => x !== '').length ?? 0;
    return [name, count] as const;
  });
  const dates = new Set(['year', 'quarter', 'month', 'day', 'isodow']);
  const across = new Set([
    'percent_rank',
    'cume_dist',
    'ntile',
    'rank',
    'dense_rank',
    'row_number',
  ]);
  const ofWindow = new Set(windows.map(({ name }) => name));

  it.each(shapes)('%s', async (name, count) => {
    const first = dates.has(name) ? ['date'] : name === 'ntile' ? ['1', '2'] : edges;
    const second = name === 'round' || name === 'lag' ? ['0', '2', '300'] : edges;
    const pairs = first.flatMap((x) => second.map((y) => `${x}, ${y}`));
    const lists = [[''], first, pairs][count] ?? pairs;
    const over = across.has(name)
      ? 'OVER (PARTITION BY date ORDER BY volume / volume)'
      : name === 'lag'
        ? 'OVER (PARTITION BY symbol ORDER BY date)'
        : ofWindow.has(name)
          ? time
          : '';
    for (const list of lists) {
      // The engine refuses some, as it does the root of a negative number: the run stops and says so.
      const found = await values(`${name}(${list}) ${over}`).catch((error: unknown) => {
        expect(String((error as { data?: { cause?: string } }).data?.cause)).toMatch(
          /Out of Range|cannot take/,
        );
        return [];
      });
      const bad = found.filter((x) => typeof x === 'number' && !Number.isFinite(x));
      expect(bad, `${name}(${list})`).toEqual([]);
    }
  });

  it('columns and features are listed for what they are: finite or null', async () => {
    const examples = [
      ...columnWords.filter(({ type }) => type === 'number').map(({ name }) => name),
      ...features
        .filter(({ type, name }) => type === 'number' && name !== 'prev')
        .map(({ example }) =>
          /\w+\((?:[^()]*)\)/
            .exec(example)![0]
            .replace(/\d{2,}/g, '3')
            .replace('momentum(3, 3)', 'momentum(3, 1)')
            .replace("'SPY'", "'A'"),
        ),
    ];
    for (const [i, found] of (await valuesOf(examples)).entries())
      expect(
        found.filter((x) => x !== null && !Number.isFinite(Number(x))),
        examples[i],
      ).toEqual([]);
  });
});
