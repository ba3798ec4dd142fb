import {
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Int64,
  Table,
  TimestampMillisecond,
  TimestampNanosecond,
  Utf8,
  type Vector,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { barLines, errorOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

interface Bar {
  readonly symbol: string;
  readonly day: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

const price = fc.oneof(
  fc.double({ min: 1e-8, max: 1e9, noNaN: true }),
  fc.integer({ min: 1, max: 99_999_999 }).map((cents) => cents / 100),
);
const bar = fc.record({
  symbol: fc.constantFrom('A', 'a', 'BRK.B', 'Ü "x"', '\u{1F680}', '\uFF21'),
  day: fc.integer({ min: -20_000, max: 40_000 }),
  prices: fc.tuple(price, price, price, price).map((prices) => prices.sort((a, b) => a - b)),
  volume: fc.option(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e15, noNaN: true }))),
});
const bars: fc.Arbitrary<readonly Bar[]> = fc
  .uniqueArray(bar, {
    minLength: 1,
    maxLength: 12,
    selector: ({ symbol, day }) => `${symbol} ${day}`,
  })
  .map((all) =>
    all.map(({ prices: [low, open, close, high], ...rest }) => ({
      ...rest,
      open: open,
      high: high,
      low: low,
      close: close,
    })),
  );

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dateForms: readonly ((y: string, m: string, d: string) => string)[] = [
  (y, m, d) => `${y}-${m}-${d}`,
  (y, m, d) => `${y}-${m}-${d} 00:00:00-05:00`,
  (y, m, d) => `${y}${m}${d}`,
  (y, m, d) => `${y}/${m}/${d}`,
  (y, m, d) => `${d}.${m}.${y}`,
  (y, m, d) => `${d}-${months[Number(m) - 1]}-${y}`,
  (y, m, d) => `${months[Number(m) - 1]} ${d}, ${y}`,
];
const columnNames: readonly (readonly string[])[] = [
  ['date', 'symbol', 'open', 'high', 'low', 'close', 'volume'],
  ['<DATE>', '<TICKER>', '<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>', '<VOL>'],
  ['Trade Date', 'Name', 'Open Price', 'High Price', 'Low Price', 'Close/Last', 'Vol.'],
];
const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  names: fc.constantFrom(...columnNames),
  form: fc.constantFrom(...dateForms),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
  quotesAll: fc.boolean(),
  decimalComma: fc.boolean(),
  preamble: fc.constantFrom('', 'Prices\n', '\n\nfrom: me\n'),
  blankLines: fc.boolean(),
  mark: fc.boolean(),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer D> ? D : never;

/** Numbers keep a sign of which character divides the decimals: 2 is 2.0 or 2,0, 1.234 is 1.2340 or 1,2340. */
function written(x: number | null, decimalComma: boolean): string {
  if (x === null) return '';
  const [digits = '', exponent] = String(x).split('e');
  const [whole, decimals = ''] = digits.split('.');
  const text = `${whole}.${decimals}${decimals.length === 0 || decimals.length === 3 ? '0' : ''}${exponent === undefined ? '' : `e${exponent}`}`;
  return decimalComma ? text.replace('.', ',') : text;
}

function csv(all: readonly Bar[], form: Dialect): string {
  const { delimiter, lineEnd, names, order, quotesAll, decimalComma, preamble, blankLines, mark } =
    form;
  const cell = (text: string): string =>
    quotesAll || /[\s"',;|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const line = (cells: readonly string[]): string =>
    order.map((i) => cell(cells[i]!)).join(delimiter);
  const lines = all.map((b) => {
    const [y, m, d] = isoFromDay(b.day).split('-') as [string, string, string];
    return line([
      form.form(y, m, d),
      b.symbol,
      ...[b.open, b.high, b.low, b.close, b.volume].map((x) => written(x, decimalComma)),
    ]);
  });
  const text = [line(names), ...lines].join(blankLines ? '\n\n' : '\n');
  return (mark ? '\uFEFF' : '') + `${preamble}${text}\n`.replaceAll('\n', lineEnd);
}

function arrow(all: readonly Bar[]): Uint8Array<ArrayBuffer> {
  const columns: Record<string, Vector> = {
    Date: vectorFromArray(
      all.map(({ day }) => new Date(day * 86_400_000)),
      new DateDay(),
    ),
    ticker: vectorFromArray(
      all.map(({ symbol }) => symbol),
      new Dictionary(new Utf8(), new Int32()),
    ),
  };
  for (const name of ['open', 'high', 'low', 'close', 'volume'] as const)
    columns[name] = vectorFromArray(
      all.map((b) => b[name]),
      new Float64(),
    );
  return new Uint8Array(tableToIPC(new Table(columns), 'file'));
}

const fingerprint = async (...files: InputFile[]): Promise<string> =>
  (await importAll(engine, files)).summary.fingerprint;

describe('importing', () => {
  it('gives the same bits from every dialect, in any order of rows and files', async () => {
    const world = bars.chain((all) =>
      fc.record({
        all: fc.constant(all),
        shuffled: fc.shuffledSubarray([...all], { minLength: all.length }),
        cut: fc.nat(all.length),
        first: dialect,
        second: dialect,
      }),
    );
    await fc.assert(
      fc.asyncProperty(world, async ({ all, shuffled, cut, first, second }) => {
        const dataset = await importAll(engine, [file('bars.arrow', arrow(all))]);
        const { symbols } = dataset.market;
        expect(symbols).toEqual([...new Set(all.map(({ symbol }) => symbol))].sort());
        const lines = [...all]
          .sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.day - b.day))
          .map(({ symbol, day, open, high, low, close, volume }) => {
            const trades = all.some((one) => one.symbol === symbol && (one.volume ?? 0) > 0);
            const known = trades ? (volume ?? NaN) : NaN;
            return [symbol, isoFromDay(day), open, high, low, close, known].join(' ');
          });
        expect(barLines(dataset)).toEqual(lines);
        const parts = [shuffled.slice(0, cut), shuffled.slice(cut)];
        const files = [first, second]
          .map((form, i) => file(`${i}.csv`, csv(parts[i]!, form)))
          .filter((_, i) => parts[i]!.length > 0);
        expect(await fingerprint(...files.reverse())).toBe(dataset.summary.fingerprint);
      }),
      { numRuns: 25, seed: 20200102 },
    );
  });

  it('takes the usual Arrow types', async () => {
    const price = (x: number) => vectorFromArray([x], new Float64());
    const base = { open: price(1), high: price(2), low: price(1), close: price(1.5) };
    const noon = [Date.UTC(2020, 0, 2)];
    const days: [string, Vector][] = [
      ['text', vectorFromArray(['2020-01-02'], new Utf8())],
      ['milliseconds', vectorFromArray(noon, new TimestampMillisecond())],
      ['nanoseconds in UTC', vectorFromArray(noon, new TimestampNanosecond('UTC'))],
      ['integers', vectorFromArray([20_200_102], new Int32())],
    ];
    for (const [, date] of days) {
      const bytes = new Uint8Array(
        tableToIPC(
          new Table({ date, ...base, volume: vectorFromArray([7n], new Int64()) }),
          'stream',
        ),
      );
      expect(barLines(await importAll(engine, [file('A.arrows', bytes)]))).toEqual([
        'A 2020-01-02 1 2 1 1.5 7',
      ]);
    }
  });

  it('widens single floats and keeps decimals as written', async () => {
    const date = vectorFromArray(['2020-01-02'], new Utf8());
    const tenth = () => vectorFromArray([0.1], new Float32());
    const decimal = vectorFromArray([new Uint32Array([6, 0, 0, 0])], new Decimal(1, 18, 128));
    const bytes = new Uint8Array(
      tableToIPC(
        new Table({ date, open: tenth(), high: decimal, low: tenth(), close: tenth() }),
        'file',
      ),
    );
    expect(barLines(await importAll(engine, [file('A.arrow', bytes)]))).toEqual([
      `A 2020-01-02 ${Math.fround(0.1)} 0.6 ${Math.fround(0.1)} ${Math.fround(0.1)} NaN`,
    ]);
  });

  it('locates faults in Arrow by row, and refuses instants of a zone that is none', async () => {
    // apache-arrow writes a vector that two columns share wrongly.
    const price = () => vectorFromArray([1, -2], new Float64());
    const base = { open: price(), high: price(), low: price(), close: price() };
    const day = vectorFromArray(['2020-01-02', '2020-01-03'], new Utf8());
    const faulty = file('A.arrow', new Uint8Array(tableToIPC(new Table({ day, ...base }), 'file')));
    expect((await errorOf(importAll(engine, [faulty]))).place).toEqual({
      file: 'A.arrow',
      given: 0,
      line: 2,
      column: 'open',
      value: '-2.0',
    });
    const zoned = vectorFromArray([0, 1], new TimestampNanosecond('Mars/Olympus'));
    const instants = file(
      'A.arrow',
      new Uint8Array(tableToIPC(new Table({ date: zoned, ...base }), 'file')),
    );
    expect(await errorOf(importAll(engine, [instants]))).toMatchObject({
      problem: 'These times are instants in the time zone “Mars/Olympus”, which is not known.',
      place: { column: 'date' },
    });
  });

  it('takes wide files and thousands of symbols', async () => {
    const symbols = Array.from({ length: 9_999 }, (_, i) => `S${i}`);
    const long = `date,symbol,open,high,low,close\n${symbols.map((s) => `2020-01-02,${s},1,1,1,1`).join('\n')}`;
    const wide = `date,${symbols.join(',')}\n2020-01-01,${symbols.map((_, i) => i).join(',')}\n2020-01-02,${symbols.map(() => 1).join(',')}\n`;
    const { summary } = await importAll(engine, [
      file('long.csv', long),
      file('wide.csv', wide, { role: 'attention' }),
    ]);
    expect([summary.symbols.length, summary.bars, summary.facts.attention]).toEqual([
      9_999,
      9_999,
      'daily',
    ]);
  });
});
