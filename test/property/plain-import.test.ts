import {
  DateDay,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMillisecond,
  Utf8,
  makeData,
  makeVector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { LabError } from '../../src/domain/errors.ts';
import { type ExchangeCode, exchangeOf } from '../../src/domain/exchanges/exchanges.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { readBars } from '../../workers/services/bars.ts';
import { Importer } from '../../workers/services/import/import.ts';
import { readPlainBars } from '../../workers/services/import/plain-bars.ts';
import { openBarsByEnds } from '../../workers/services/import/text-lines.ts';
import { arrow, parquet } from '../sql/containers.ts';
import { file } from '../unit/import/importing.ts';
import { syntheticBars, written } from '../unit/import/synthetic-bars.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

interface Way {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly decimal: '.' | ',';
  readonly quotes: 'none' | 'all' | 'some';
  readonly date: (day: number) => string;
  readonly end: '\n' | '\r\n';
  readonly endsWithLine: boolean;
  readonly order: 'sorted' | 'newest first' | 'by date';
  readonly hasNames: boolean;
  readonly hasAdjusted: boolean;
  readonly hasOthers: boolean;
  /** Floats of seventeen digits, as Yahoo has them. */
  readonly isLong: boolean;
}

const parts = (day: number) => isoFromDay(day).split('-') as [string, string, string];
const dates: readonly ((day: number) => string)[] = [
  isoFromDay,
  (day) => parts(day).join(''),
  (day) => parts(day).join('/'),
  (day) => parts(day).toReversed().join('.'),
  (day) => parts(day).toReversed().join('/'),
  (day) => parts(day).toReversed().join('-'),
  (day) => [parts(day)[1], parts(day)[2], parts(day)[0]].join('/'),
  (day) => `${isoFromDay(day)} 00:00:00`,
];

const ways: fc.Arbitrary<Way> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    decimal: fc.constantFrom('.', ','),
    quotes: fc.constantFrom('none', 'none', 'all', 'some'),
    date: fc.constantFrom(...dates),
    end: fc.constantFrom('\n', '\r\n'),
    endsWithLine: fc.boolean(),
    order: fc.constantFrom('sorted', 'newest first', 'by date'),
    hasNames: fc.boolean(),
    hasAdjusted: fc.boolean(),
    hasOthers: fc.boolean(),
    isLong: fc.boolean(),
  } as const)
  .map((way) => (way.delimiter === ',' ? { ...way, decimal: '.' as const } : way));

/** What makes a row ask for the careful path, or be refused by it. */
const troubles = {
  'no price': (cells: string[]) => cells.with(3, ''),
  'no volume': (cells: string[]) => cells.with(6, ''),
  'a word': (cells: string[]) => cells.with(4, 'n/a'),
  'a zero': (cells: string[]) => cells.with(2, '0'),
  'a high below': (cells: string[]) => cells.with(3, '0.01'),
  'an exponent': (cells: string[]) => cells.with(6, '1.5e3'),
  'a thousand': (cells: string[]) => cells.with(6, '1 000'),
  'a day that is none': (cells: string[]) => cells.with(1, '2020-02-30'),
  'a cell more': (cells: string[]) => [...cells, '1'],
  'a space': (cells: string[]) => cells.with(0, ` ${cells[0]!}`),
  'a quotation mark': (cells: string[]) => cells.with(7, 'a "b" c'),
  'three decimals': (cells: string[]) => cells.with(6, '1,234'),
} as const;

const scenes = fc.record({
  way: ways,
  seed: fc.integer(),
  symbols: fc.uniqueArray(fc.constantFrom('AAA', 'B-B', 'Ünï', 'C', 'ZZ9', '10'), {
    minLength: 1,
    maxLength: 4,
  }),
  bars: fc.integer({ min: 1, max: 40 }),
  firstDay: fc.integer({ min: -40_000, max: 25_000 }),
  gap: fc.constantFrom(0, 0, 20, 400),
  trouble: fc.option(
    fc.constantFrom(...Object.keys(troubles), 'twice', 'a comment', 'a blank line', 'a footer'),
    {
      freq: 2,
    },
  ),
  at: fc.nat(),
});

function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}

function filesOf({
  way,
  seed,
  symbols,
  bars,
  firstDay,
  gap,
  trouble,
  at,
}: typeof scenes extends fc.Arbitrary<infer T> ? T : never): InputFile[] {
  const random = randomFrom(seed);
  const number = (value: number): string =>
    (way.isLong ? String(value) : value.toFixed(2)).replace('.', way.decimal);
  const rows = symbols.flatMap((symbol, s) => {
    let close = 20 + 50 * random();
    return Array.from({ length: bars }, (_, i) => {
      const day = firstDay + i + (i > bars / 2 ? gap : 0) + (s % 2);
      const open = random() < 0.3 ? close : close * (0.97 + 0.06 * random());
      close = open * (random() < 0.05 ? 10 : 0.97 + 0.06 * random());
      const [high, low] = [Math.max(open, close) * 1.01, Math.min(open, close) * 0.99];
      const volume = random() < 0.1 ? '0' : String(Math.floor(1e6 * random()));
      const cells = [
        symbol,
        way.date(day),
        ...[open, high, low, close].map(number),
        volume,
        'x',
        number(close / 2),
      ];
      return { symbol, day, cells };
    });
  });
  if (way.order === 'newest first') rows.reverse();
  if (way.order === 'by date') rows.sort((a, b) => a.day - b.day);
  const columns = [
    'symbol',
    'date',
    'open',
    'high',
    'low',
    'close',
    'volume',
    'remark',
    'adj close',
  ];
  const isKept = (i: number): boolean =>
    (i !== 0 || way.hasNames) && (i !== 7 || way.hasOthers) && (i !== 8 || way.hasAdjusted);
  const quoted = (text: string): string =>
    way.quotes === 'all' || (way.quotes === 'some' && random() < 0.3) ? `"${text}"` : text;
  const lineOf = (cells: readonly string[]): string =>
    cells.flatMap((cell, i) => (isKept(i) ? [quoted(cell)] : [])).join(way.delimiter);
  const fileOf = (name: string, own: typeof rows): InputFile => {
    const odd = at % own.length;
    const lines = own.flatMap(({ cells }, i) => {
      if (i !== odd || trouble === null) return [lineOf(cells)];
      if (trouble === 'twice') return [lineOf(cells), lineOf(cells)];
      if (trouble === 'a comment') return ['# a remark', lineOf(cells)];
      if (trouble === 'a blank line') return ['', lineOf(cells)];
      if (trouble === 'a footer') return [lineOf(cells)];
      return [lineOf(troubles[trouble as keyof typeof troubles](cells))];
    });
    if (trouble === 'a footer') lines.push('Downloaded from somewhere');
    const header = columns.filter((_, i) => isKept(i)).join(way.delimiter);
    const text = [header, ...lines].join(way.end) + (way.endsWithLine ? way.end : '');
    return file(name, text);
  };
  if (way.hasNames) return [fileOf('bars.csv', rows)];
  return symbols.map((symbol) =>
    fileOf(
      `${symbol}.csv`,
      rows.filter((row) => row.symbol === symbol),
    ),
  );
}

/** Ends and slices of a few lines, so that the files of this test are read in many. */
const small = { head: 400, tail: 120, held: 1500, slice: 200, leastLines: 3 };

/** What an import gives, and what it leaves in the engine; or why it was refused. */
async function outcome(files: readonly InputFile[], read: typeof readPlainBars) {
  try {
    const importer = new Importer(engine, undefined, read, (input, given, signal) =>
      openBarsByEnds(input, given, signal, small),
    );
    const { market, ...imported } = await importer.import(files, () => undefined);
    // What is at hand is what the engine would give back.
    if (market !== null) expect(market).toEqual(await readBars(engine, imported.symbols));
    const table = async (sql: string) =>
      (await engine.query(sql)).toArray().map((row) => JSON.stringify(row));
    return {
      imported,
      types: await table('SELECT column_name, data_type FROM (DESCRIBE imported_bars)'),
      bars: await table('FROM imported_bars'),
      symbols: await table('FROM symbols'),
      largest: await table('FROM largest'),
    };
  } catch (error) {
    if (error instanceof LabError) return error.data;
    throw error;
  }
}

/** How many of the inputs took the quick path. */
async function bothAgree<T>(
  inputs: fc.Arbitrary<T>,
  filesOf: (input: T) => InputFile[],
  numRuns: number,
): Promise<number> {
  let quick = 0;
  let all = 0;
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const files = filesOf(input);
      const found = await outcome(files, async (opened, onFile) => {
        const plain = await readPlainBars(opened, onFile, undefined, 7);
        if (plain !== null) quick += 1;
        return plain;
      });
      all += 1;
      expect(found).toEqual(await outcome(files, () => Promise.resolve(null)));
    }),
    { numRuns },
  );
  return quick / all;
}

test(
  'text: the quick path gives what the careful one gives, bars, hashes, notes, findings, refusals',
  {
    timeout: 180_000,
  },
  async () => {
    expect(await bothAgree(scenes, filesOf, 60)).toBeGreaterThan(0.3);
  },
);

const typedScenes = fc.record({
  seed: fc.integer(),
  symbols: fc.uniqueArray(fc.constantFrom('AAA', 'Ünï', 'ZZ9'), {
    minLength: 1,
    maxLength: 3,
  }),
  bars: fc.integer({ min: 2, max: 30 }),
  firstDay: fc.integer({ min: -40_000, max: 25_000 }),
  isByDate: fc.boolean(),
  dates: fc.constantFrom('date', 'instant', 'instant in UTC', 'text', 'text with a time'),
  names: fc.constantFrom('text', 'dictionary'),
  volumes: fc.constantFrom('double', 'single', 'int32', 'int64', 'text'),
  isParquet: fc.boolean(),
  trouble: fc.constantFrom(
    null,
    null,
    null,
    'no price',
    'no volume',
    'a zero',
    'noon',
    'twice',
    'no number',
    'tiny',
  ),
  at: fc.nat(),
});
type TypedScene = typeof typedScenes extends fc.Arbitrary<infer T> ? T : never;

function typedFileOf(scene: TypedScene): InputFile[] {
  const { symbols, bars, firstDay, trouble, at } = scene;
  const random = randomFrom(scene.seed);
  const rows = symbols.flatMap((symbol) =>
    Array.from({ length: bars }, (_, i) => {
      const [open, close] = [20 + 10 * random(), Math.round(2000 + 1000 * random()) / 100];
      return {
        symbol,
        day: firstDay + i,
        open,
        high: 40,
        low: 10,
        close,
        volume: Math.floor(1e5 * random()),
      };
    }),
  );
  if (scene.isByDate) rows.sort((a, b) => a.day - b.day);
  const odd = at % rows.length;
  if (trouble === 'twice') rows.splice(odd, 0, rows[odd]!);
  const isOdd = (i: number, what: string): boolean => i === odd && trouble === what;
  const texts = rows.map(
    ({ day }) => isoFromDay(day) + (scene.dates === 'text' ? '' : ' 00:00:00'),
  );
  const instants = rows.map(({ day }, i) =>
    BigInt(day * 86_400_000 + (isOdd(i, 'noon') ? 43_200_000 : 0)),
  );
  const opens = rows.map(({ open }, i) =>
    isOdd(i, 'no price')
      ? null
      : isOdd(i, 'a zero')
        ? 0
        : isOdd(i, 'no number')
          ? NaN
          : isOdd(i, 'tiny')
            ? 0.00001
            : open,
  );
  const volumes = rows.map(({ volume }, i) => (isOdd(i, 'no volume') ? null : volume));
  const whole = {
    high: rows.map(({ high }) => high),
    low: rows.map(({ low }) => low),
    close: rows.map(({ close }) => close),
  };
  const symbolsOf = rows.map(({ symbol }) => symbol);
  if (scene.isParquet) {
    const isInstant = !scene.dates.startsWith('text');
    const date = isInstant ? rows.map((_, i) => new Date(Number(instants[i]))) : texts;
    return [
      file(
        'bars.parquet',
        parquet([
          { name: 'symbol', data: symbolsOf, type: 'STRING' },
          {
            name: 'date',
            data: date,
            type: isInstant ? ('TIMESTAMP' as const) : ('STRING' as const),
          },
          { name: 'open', data: opens, type: 'DOUBLE', nullable: true },
          ...Object.entries(whole).map(([name, data]) => ({ name, data, type: 'DOUBLE' as const })),
          {
            name: 'volume',
            data: volumes,
            type: scene.volumes === 'int32' ? 'INT32' : 'DOUBLE',
            nullable: true,
          },
        ]),
      ),
    ];
  }
  const dateType =
    scene.dates === 'date'
      ? new DateDay()
      : scene.dates === 'instant'
        ? new TimestampMillisecond()
        : scene.dates === 'instant in UTC'
          ? new TimestampMillisecond('UTC')
          : new Utf8();
  const volumeType = {
    double: new Float64(),
    single: new Float32(),
    int32: new Int32(),
    int64: new Int64(),
    text: new Utf8(),
  }[scene.volumes];
  const asVolume = (volume: number | null) =>
    volume === null
      ? null
      : scene.volumes === 'int64'
        ? BigInt(volume)
        : scene.volumes === 'text'
          ? String(volume)
          : volume;
  const isText = scene.dates.startsWith('text');
  const isDate = scene.dates === 'date';
  const table = new Table({
    symbol: vectorFromArray(
      symbolsOf,
      scene.names === 'text' ? new Utf8() : new Dictionary(new Utf8(), new Int32()),
    ),
    date: isText
      ? vectorFromArray(texts, new Utf8())
      : isDate
        ? makeVector(
            makeData({
              type: new DateDay(),
              length: rows.length,
              data: Int32Array.from(rows, ({ day }) => day),
            }),
          )
        : makeVector(
            makeData({
              type: dateType as TimestampMillisecond,
              length: rows.length,
              data: BigInt64Array.from(instants) as never,
            }),
          ),
    open: vectorFromArray(opens, new Float64()),
    ...Object.fromEntries(
      Object.entries(whole).map(([name, data]) => [name, vectorFromArray(data, new Float64())]),
    ),
    volume: vectorFromArray(volumes.map(asVolume), volumeType as Float64),
  });
  return [file('bars.arrow', arrow(table))];
}

test('Arrow and Parquet: the same', { timeout: 180_000 }, async () => {
  expect(await bothAgree(typedScenes, typedFileOf, 60)).toBeGreaterThan(0.2);
});

const intraday = fc.record({
  exchange: fc.constantFrom<ExchangeCode>('XNYS', 'XTKS', 'CMES', 'CRYPTO'),
  /** Around a change of clocks in New York, and of the hours in Tokyo. */
  first: fc.constantFrom('2024-03-06', '2024-10-30', '2024-07-01'),
  length: fc.constantFrom(900, 3600, 7200),
  write: fc.constantFrom(...Object.values(written), 'two columns' as const),
  stamp: fc.constantFrom('start', 'end', undefined),
  said: fc.constantFrom('exchange', 'zone', 'none'),
  symbols: fc.uniqueArray(fc.constantFrom('AAA', 'BTCUSDT', '7203.T'), {
    minLength: 1,
    maxLength: 2,
  }),
  order: fc.constantFrom('sorted', 'newest first', 'by time'),
  trouble: fc.constantFrom(null, null, null, null, 'stray', 'twice', 'no offset', 'late night'),
  at: fc.nat(),
});

function intradayFilesOf(
  scene: typeof intraday extends fc.Arbitrary<infer T> ? T : never,
): InputFile[] {
  const { exchange, first, length, write, stamp, said, symbols, order, trouble, at } = scene;
  const from = Date.parse(first) / 86_400_000;
  const bars = syntheticBars(exchange, from, from + 6, length);
  const isApart = write === 'two columns';
  const lineOf = (symbol: string, opens: number, clock: number, cells: string): string => {
    const late = stamp === 'end' ? length : 0;
    const text = (isApart ? written.local : write)(opens + late, clock + late);
    return `${symbol},${isApart ? text.replace(' ', ',') : text},${cells}`;
  };
  const rows = symbols.flatMap((symbol) => bars.map((bar) => ({ symbol, ...bar })));
  if (order === 'newest first') rows.reverse();
  if (order === 'by time') rows.sort((a, b) => a.opens - b.opens);
  const odd = at % rows.length;
  const lines = rows.flatMap(({ symbol, opens, clock, cells }, i) => {
    const line = lineOf(symbol, opens, clock, cells);
    if (i !== odd || trouble === null) return [line];
    if (trouble === 'twice') return [line, line];
    if (trouble === 'stray') return [line, lineOf(symbol, opens + 60, clock + 60, cells)];
    if (trouble === 'late night')
      return [line, lineOf(symbol, opens + 20 * length, clock + 20 * length, cells)];
    return [line.replace(/(Z|[-+]\d\d:\d\d),/, ',')];
  });
  const zone = exchangeOf(exchange).zone;
  return [
    file(
      'bars.csv',
      [`symbol,date,${isApart ? 'time,' : ''}open,high,low,close,volume`, ...lines, ''].join('\n'),
      {
        dateOrder: 'month-first',
        ...(stamp && { stamp }),
        ...(said === 'exchange' ? { exchange } : said === 'zone' ? { zone } : {}),
      },
    ),
  ];
}

test('bars of minutes and hours: the same', { timeout: 180_000 }, async () => {
  expect(await bothAgree(intraday, intradayFilesOf, 40)).toBeGreaterThan(0.2);
});
