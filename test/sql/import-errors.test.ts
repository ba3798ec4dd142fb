import { gzipSync } from 'node:zlib';
import {
  Dictionary,
  Int32,
  Table,
  Utf8,
  Vector,
  makeData,
  tableFromIPC,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { type Content, errorOf, faultOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const header = 'date,open,high,low,close,volume\n';
const good = '2020-01-02,10,12,9,11,1000\n';

/** What a bad file says: its text, the problem, and the place (line, column, value). */
const bad: readonly [what: string, content: Content, problem: string | RegExp, place?: object][] = [
  [
    'a word for a price',
    `${header}${good}2020-01-03,11,13,ten,12,1\n`,
    'This is not a price.',
    { line: 3, column: 'low', value: 'ten' },
  ],
  [
    'after blank lines',
    `\n${header}\n${good}\n\n2020-01-03,11,13,ten,12,1\n`,
    'This is not a price.',
    { line: 7, column: 'low', value: 'ten' },
  ],
  [
    'after a preamble',
    `About\nx, y\n${header}${good}2020-01-03,11,13,ten,12,1\n`,
    'This is not a price.',
    { line: 5, column: 'low', value: 'ten' },
  ],
  [
    'after quoted line breaks',
    `date,open,high,low,close,"a\nnote"\n2020-01-02,1,1,1,1,"x\ny\nz"\n2020-01-03,11,13,ten,12,\n`,
    'This is not a price.',
    { line: 6, column: 'low', value: 'ten' },
  ],
  [
    'after CRLF',
    `${header}${good}2020-01-03,11,13,ten,12,1\n`.replaceAll('\n', '\r\n'),
    'This is not a price.',
    { line: 3, column: 'low', value: 'ten' },
  ],
  [
    'a column as the file names it',
    'Date;Open Price;High;Low;Close/Last\n2020-01-02;-;1;1;1\n',
    'There is no price here.',
    { line: 2, column: 'Open Price', value: '-' },
  ],
  [
    'a header beyond 4 MB',
    `date,open,high,low,close,${'a'.repeat(4_100_000)}\n${good}`,
    /^This line goes on beyond the first 4 MB/,
    { line: 1, value: 'date,open,high,low,close,'.padEnd(80, 'a') },
  ],
  [
    'a quotation mark that is never closed, above 4 MB',
    `"date,open,high,low,close,volume\n${good.repeat(150_000)}`,
    /^A quotation mark in this line is not closed/,
    { line: 1, value: '"date,open,high,low,close,volume' },
  ],
  [
    'a cell of 10 MB',
    `${header}${good}2020-01-03,11,13,9,12,${'1'.repeat(10_000_000)}\n`,
    'This line has 10,000,022 bytes; at most 2,000,000 are read.',
    { line: 3, column: 'volume', value: '2020-01-03,11,13,9,12,'.padEnd(80, '1') },
  ],
  ...['\u2028', '\ufeff', '\u202e', '\u200b', '\u0007'].map(
    (mark): [string, Content, RegExp, object] => [
      `a symbol with U+${mark.charCodeAt(0).toString(16)} in it`,
      `symbol,${header}AAA,${good}A${mark}AA,${good}`,
      /^This name holds a character that cannot be seen, U\+[0-9A-F]{4}\.$/,
      { line: 3, column: 'symbol', value: 'A�AA' },
    ],
  ),
  [
    'no price',
    `${header}2020-01-02,10,,9,11,1\n`,
    'There is no price here.',
    { line: 2, column: 'high', value: '' },
  ],
  [
    'zero',
    `${header}2020-01-02,0,12,9,11,1\n`,
    'Prices must be above zero.',
    { line: 2, column: 'open', value: '0' },
  ],
  [
    'negative',
    `${header}2020-01-02,10,12,-9,11,1\n`,
    'Prices must be above zero.',
    { line: 2, column: 'low', value: '-9' },
  ],
  [
    'infinite',
    `${header}2020-01-02,10,inf,9,11,1\n`,
    'This is not a price.',
    { line: 2, column: 'high', value: 'inf' },
  ],
  [
    'too large',
    `${header}2020-01-02,10,1e400,9,11,1\n`,
    'This is not a price.',
    { line: 2, column: 'high', value: '1e400' },
  ],
  [
    'underscores',
    `${header}2020-01-02,10,1_2,9,11,1\n`,
    'This is not a price.',
    { line: 2, column: 'high', value: '1_2' },
  ],
  [
    'high below low',
    `${header}2020-01-02,10,8,9,11,1\n`,
    'The high is below the low.',
    { line: 2, column: 'high', value: '8' },
  ],
  [
    'an adjusted close of zero',
    'Date,Open,High,Low,Close,Adj Close\n2020-01-02,1,1,1,1,0\n',
    'Prices must be above zero.',
    { line: 2, column: 'Adj Close', value: '0' },
  ],
  [
    'no adjusted close',
    'Date,Open,High,Low,Close,Adj Close\n2020-01-02,1,1,1,1,\n',
    'There is no price here.',
    { line: 2, column: 'Adj Close', value: '' },
  ],
  [
    'a word for a volume',
    `${header}2020-01-02,10,12,9,11,many\n`,
    'This is not a volume.',
    { line: 2, column: 'volume', value: 'many' },
  ],
  [
    'an unknown suffix',
    `${header}2020-01-02,10,12,9,11,1.2X\n`,
    'This is not a volume.',
    { line: 2, column: 'volume', value: '1.2X' },
  ],
  [
    'negative volume',
    `${header}2020-01-02,10,12,9,11,-5\n`,
    'Volume must not be negative.',
    { line: 2, column: 'volume', value: '-5' },
  ],
  [
    'no symbol',
    'date,symbol,open,high,low,close\n2020-01-02, ,1,1,1,1\n',
    'There is no symbol here.',
    { line: 2, column: 'symbol', value: ' ' },
  ],
  [
    'no date',
    `${header}${good},10,12,9,11,1\n`,
    'There is no date here.',
    { line: 3, column: 'date', value: '' },
  ],
  [
    '30 February',
    `${header}${good}2020-02-30,10,12,9,11,1\n`,
    'This is not a date of the form YYYY-MM-DD, as others in this file are.',
    { line: 3, column: 'date', value: '2020-02-30' },
  ],
  [
    'mixed dates',
    `${header}${good}03.01.2020,10,12,9,11,1\n`,
    /^This is not a date of the form/,
    { column: 'date' },
  ],
  [
    'text after a date',
    `${header}${good}2020-01-03 noon,10,12,9,11,1\n`,
    /^This is not a date of the form YYYY-MM-DD/,
    { line: 3, column: 'date', value: '2020-01-03 noon' },
  ],
  [
    'years of two and of four digits',
    `${header}02-Jan-2020,10,12,9,11,1\n03-Jan-2020,10,12,9,11,1\n06-Jan-20,10,12,9,11,1\n`,
    'This is not a date of the form DD-Mon-YYYY, as others in this file are.',
    { line: 4, column: 'date', value: '06-Jan-20' },
  ],
  [
    'no dates at all',
    `${header}soon,10,12,9,11,1\n`,
    'This is not a date.',
    { line: 2, column: 'date', value: 'soon' },
  ],
  [
    'a date too far',
    `${header}${good}3020-01-02,10,12,9,11,1\n`,
    'Dates must lie between 1800 and 2199.',
    { line: 3, column: 'date', value: '3020-01-02' },
  ],
  [
    'day or month first',
    `${header}01/02/2024,10,12,9,11,1\n`,
    'The dates of this file can be read day first or month first.',
    { line: 2, column: 'date', value: '01/02/2024' },
  ],
  [
    'comma or point',
    'date;open;high;low;close\n2020-01-02;1,234;2,000;1,000;1,500\n',
    /^The comma can divide thousands or decimals/,
    { line: 2, column: 'open', value: '1,234' },
  ],
  [
    'comma and point',
    'date;open;high;low;close\n2020-01-02;12,5;13,5;11,5;12,5\n2020-01-03;12,5;13.5;11,5;12,5\n',
    'This is not a price.',
    { line: 3, column: 'high', value: '13.5' },
  ],
  [
    'a second bar',
    `${header}${good}2020-01-03,11,13,10,12,1\n2020-01-02,10,12,9,10,1\n`,
    'A has a second bar on 2020-01-02.',
    { line: 4, column: 'date', value: '2020-01-02' },
  ],
  [
    'times without a zone',
    `${header}2020-01-02 10:00,1,1,1,1,1\n2020-01-02 11:00,1,1,1,1,1\n`,
    'These times do not say of which zone they are.',
    { line: 2, column: 'date', value: '2020-01-02 10:00' },
  ],
  [
    'a short line',
    `${header}Source: x\n${good}`,
    'This line has 1 column where the header has 6.',
    { line: 2, value: 'Source: x' },
  ],
  [
    'a row that breaks off',
    `${header}${good}2020-0`,
    'This line has 1 column where the header has 6.',
    { line: 3, value: '2020-0' },
  ],
  [
    'a long line',
    `${header}"2020\n-01-02",1,1,1,1,1\n2020-01-03,11,13,10,12,1,2,3\n`,
    'This line has 8 columns where the header has 6.',
    { line: 4, value: '2020-01-03,11,13,10,12,1,2,3' },
  ],
  [
    'an open quotation mark',
    `${header}${good}"2020-01-03,11,13,10,12,1\n${good}`,
    'A quotation mark is not closed, or is followed by more text.',
    { line: 3, value: '"2020-01-03,11,13,10,12,1' },
  ],
  [
    'two columns of one name',
    'Date,Open,High,Low,Close,close\n2020-01-02,1,1,1,1,2\n',
    'Two columns have this name.',
    { line: 1, column: 'Close' },
  ],
  [
    'closes alone',
    'Date,Price\n2020-01-02,1\n',
    'There are no columns for open, high and low; the columns are “Date”, “Price”.',
    { line: 1 },
  ],
  [
    'no high',
    'a preamble\ndate,open,low,close\n2020-01-02,1,1,1\n',
    /^There is no column for “high”; the columns are “date”, “open”, “low”, “close”\.$/,
    { line: 2 },
  ],
  [
    'Binance without a header',
    '1577923200000,10,12,9,11,1,1578009599999\n',
    /^There is no header line/,
    { line: 1, value: '1577923200000,10,12,9,11,1,1578009599999' },
  ],
  ['a header only', header, 'There are no rows of data.', {}],
  ['only empty rows', `${header}2020-01-02,,,,,\n`, 'There are no rows of data.', {}],
  ['spaces', ' \n\n ', 'The file is empty.', {}],
  [
    'HTML',
    '<!DOCTYPE html>\n<html><head><title>404, open, close</title>',
    'This is a web page, not a table.',
    {},
  ],
  ['JSON', '[{"date": "2020-01-02", "open": 1}]', 'This is JSON.', {}],
  [
    'PNG',
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
    'This is not a text file.',
    {},
  ],
  ['a PDF', '%PDF-1.7\n1 0 obj, date, open', 'This is a PDF.', {}],
  ['NUL bytes', `${header}${good}\0\0\n`, 'This is not a text file.', {}],
  ['an empty file', '', 'The file is empty.', {}],
  [
    'a truncated gzip',
    new Uint8Array(gzipSync(header + good.repeat(99)).subarray(0, 60)),
    'This .gz file is damaged.',
    {},
  ],
  [
    'a gzip of nothing but zeros',
    new Uint8Array(gzipSync(new Uint8Array(120_000_000))),
    'Inflated, this file is more than 100 times its size, as no table is.',
    {},
  ],
  [
    'a header of 100,000 columns',
    `date,open,high,low,close${',x'.repeat(99_995)}\n`,
    'There are 100000 columns; 10000 is the most that is read.',
    { line: 1 },
  ],
  [
    'broken Arrow',
    Uint8Array.from([0x41, 0x52, 0x52, 0x4f, 0x57, 0x31, 0, 0, 1, 2, 3]),
    /^This Arrow file is damaged/,
    {},
  ],
];

const bytesOf = (table: Table, form: 'file' | 'stream'): Uint8Array<ArrayBuffer> =>
  new Uint8Array(tableToIPC(table, form));

const arrowBars = (rows: number): Uint8Array<ArrayBuffer> => {
  const strings = (make: (i: number) => string) => Array.from({ length: rows }, (_, i) => make(i));
  const price = () =>
    vectorFromArray(
      strings((i) => String(i + 1)),
      new Utf8(),
    );
  return bytesOf(
    new Table({
      date: vectorFromArray(
        strings((i) => `2020-01-${String(i + 1).padStart(2, '0')}`),
        new Utf8(),
      ),
      symbol: vectorFromArray(
        strings(() => 'A'),
        new Dictionary(new Utf8(), new Int32()),
      ),
      open: price(),
      high: price(),
      low: price(),
      close: price(),
    }),
    'stream',
  );
};

describe('what cannot be imported', () => {
  it.each(bad)('%s', async (_, content, problem, place = {}) => {
    const fault = await faultOf(importAll(engine, [file('data/A.csv', content)]));
    const said = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(fault).toMatchObject({ kind: 'import', problem: said, file: 'data/A.csv', ...place });
  });

  it('costs little to refuse: a bomb of gzip, a header without end', async () => {
    const bombs = bad.filter(([what]) => /zeros|100,000 columns/.test(what));
    expect(bombs).toHaveLength(2);
    for (const [, content] of bombs) {
      const before = process.cpuUsage();
      const memory = process.memoryUsage();
      await errorOf(importAll(engine, [file('A.csv', content)]));
      const { user, system } = process.cpuUsage(before);
      const after = process.memoryUsage();
      // Processor time: a busy machine makes no difference.
      expect((user + system) / 1000).toBeLessThan(2000);
      const used = after.heapUsed + after.arrayBuffers - memory.heapUsed - memory.arrayBuffers;
      expect(used).toBeLessThan(200_000_000);
    }
  });

  it('names nothing of the inside', async () => {
    for (const [, content] of bad) {
      const { problem, remedy, place, sql } = await errorOf(
        importAll(engine, [file('A.csv', content)]),
      );
      const said = JSON.stringify([problem, remedy, place, sql]);
      expect(said).not.toMatch(
        /import_|next_|read_csv|strict_mode|DuckDB|\bc\d+\b|undefined|import\/file/,
      );
      expect(remedy).toMatch(/\.$/);
    }
  });

  it('cuts off marks of UTF-8 and line separators at the ends of a file and of names', async () => {
    const marked = `\ufeff\ufeffsymbol,${header}\ufeffAAA\u2028,${good}`;
    const { market } = await importAll(engine, [file('bars.csv', marked)]);
    expect(market.symbols).toEqual(['AAA']);
  });

  it('finds one date in two files', async () => {
    const twice = importAll(engine, [
      file('A.csv', `${header}${good}`),
      file('more/A.csv', `${header}\n2020-01-02,10,12,9,10,1\n`),
    ]);
    expect(await faultOf(twice)).toEqual({
      kind: 'import',
      problem: 'A has a second bar on 2020-01-02.',
      file: 'more/A.csv',
      given: 1,
      line: 3,
      column: 'date',
      value: '2020-01-02',
    });
  });

  it('names the first fault in the order of files and lines', async () => {
    const files = ['B', 'A'].map((name) =>
      file(`${name}.csv`, `${header}${good}2020-01-03,0,1,1,1,1\n`),
    );
    expect(await faultOf(importAll(engine, files))).toMatchObject({ file: 'B.csv', line: 3 });
  });

  it('wants bars', async () => {
    const undated = file('undated.csv', `${header}01/02/2024,10,12,9,11,1\n`);
    expect(await errorOf(importAll(engine, [undated]))).toMatchObject({
      fixes: [{ reading: { dateOrder: 'day-first' } }, { reading: { dateOrder: 'month-first' } }],
      place: { given: 0 },
    });
    expect(await errorOf(importAll(engine, []))).toMatchObject({
      problem: 'There are no bars among these files.',
    });
    const macro = file('macro.csv', 'date,VIX\n2020-01-02,20\n', { role: 'macro' });
    expect(await errorOf(importAll(engine, [macro]))).toMatchObject({
      problem: 'There are no bars among these files.',
    });
  });

  it.each([
    ['texts that end beyond its bytes', [0, 3, 1_000_000]],
    ['texts that end before they begin', [0, 3, 1]],
  ])('refuses Arrow with %s, and reads the next file', async (_, ends) => {
    const bytes = new TextEncoder().encode('AAABBB');
    const symbol = new Vector([
      makeData({ type: new Utf8(), length: 2, valueOffsets: Int32Array.from(ends), data: bytes }),
    ]);
    const sound = tableFromIPC(arrowBars(2));
    const columns = Object.fromEntries(
      sound.schema.fields.map(({ name }, i) => [name, sound.getChildAt(i)!]),
    );
    const damaged = bytesOf(new Table({ ...columns, symbol }), 'file');
    await expect(importAll(engine, [file('A.arrow', damaged)])).rejects.toMatchObject({
      data: { kind: 'import', problem: expect.stringMatching(/damaged/) as string },
    });
    await importAll(engine, [file('B.arrow', arrowBars(2))]);
  });

  it('reads an Arrow file with a damaged byte, or refuses it, at once', async () => {
    const whole = bytesOf(tableFromIPC(arrowBars(20)), 'file');
    for (let at = 8; at < whole.length - 8; at += 23) {
      const bytes = whole.slice();
      bytes[at]! ^= 0x41;
      const outcome = await importAll(engine, [file('A.arrow', bytes)]).then(
        () => 'read',
        (error: unknown) => (error instanceof LabError ? error.data.kind : 'broken'),
      );
      expect(['read', 'import'], `byte ${at}`).toContain(outcome);
    }
    await importAll(engine, [file('B.arrow', arrowBars(2))]);
  }, 60_000);

  it('refuses truncated Arrow, wherever it breaks off', async () => {
    const whole = arrowBars(20);
    for (let length = 8; length < whole.length - 8; length += 97) {
      const part = new Uint8Array(whole.subarray(0, length));
      const outcome = await importAll(engine, [file('A.arrow', part)]).then(
        () => 'imported',
        (error: unknown) => (error as LabError).data.kind,
      );
      expect(`${length}: ${outcome}`).toBe(`${length}: import`);
    }
  });
});
