import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnsCsv,
  csvChunks,
  equityCsv,
  tradeRows,
  tradesCsv,
} from '../../../src/domain/export.ts';
import type { Trade } from '../../../src/domain/run.ts';
import { type Bar, flat, marketOf } from './execution/market-builder.ts';

const bars = (count: number): Bar[] => Array.from({ length: count }, () => flat(10));
/** Rows 0–2 are AAA's, 3–5 BBB's; both have 2024-01-01 to 2024-01-03. */
const market = marketOf({ AAA: bars(3), BBB: bars(3) });

const closed: Trade = {
  symbol: 1,
  side: -1,
  signalRow: 3,
  entryRow: 4,
  exitRow: 5,
  quantity: 2.5,
  entryPrice: 10,
  exitPrice: 10.1,
  reason: 'kill-switch',
  stop: 11,
  target: null,
  score: 3.2,
  gross: -0.25,
  commission: 1,
  spread: 0,
  slippage: 0.05,
  net: -1.3,
  bars: 2,
  ambiguous: true,
};
const open: Trade = {
  ...closed,
  symbol: 0,
  side: 1,
  signalRow: 0,
  entryRow: 1,
  exitRow: -1,
  reason: null,
  score: Number.NaN,
};

describe('trades', () => {
  const rows = tradeRows([closed, open], market);

  test('rows of the market become names and days', () => {
    expect(rows[0]).toMatchObject({
      symbol: 'BBB',
      signalDay: 19723,
      entryDay: 19724,
      exitDay: 19725,
      net: -1.3,
    });
    expect(rows[1]).toMatchObject({
      symbol: 'AAA',
      signalDay: 19723,
      entryDay: 19724,
      exitDay: null,
    });
    expect(rows[0]).not.toHaveProperty('entryRow');
  });

  test('CSV, one line per trade; an open trade has no exit date and no reason', () => {
    expect(tradesCsv(rows).split('\r\n')).toEqual([
      'symbol,side,signal_date,entry_date,exit_date,quantity,entry_price,exit_price,exit_reason,stop,target,score,gross,commission,spread,slippage,net,bars,ambiguous',
      'BBB,short,2024-01-01,2024-01-02,2024-01-03,2.5,10,10.1,kill-switch,11,,3.2,-0.25,1,0,0.05,-1.3,2,true',
      'AAA,long,2024-01-01,2024-01-02,,2.5,10,10.1,,11,,,-0.25,1,0,0.05,-1.3,2,true',
      '',
    ]);
  });

  test('without trades there is a header', () => {
    expect(tradesCsv([]).split('\r\n')).toHaveLength(2);
  });
});

test('equity with buy & hold beside it', () => {
  const equity = {
    day: Int32Array.of(19723, 19724),
    equity: Float64Array.of(1000, 0.1 + 0.2),
    cash: Float64Array.of(1000, 500),
    gross: Float64Array.of(0, 510.5),
    positions: Int32Array.of(0, 1),
  };
  expect(equityCsv(equity, [1000, 1001]).split('\r\n')).toEqual([
    'date,equity,cash,gross_exposure,positions,buy_and_hold',
    '2024-01-01,1000,1000,0,0,1000',
    '2024-01-02,0.30000000000000004,500,510.5,1,1001',
    '',
  ]);
});

describe('cells', () => {
  const cell = (value: string | number | bigint | boolean | null): string =>
    columnsCsv(['x'], [[value]]).slice('x\r\n'.length, -'\r\n'.length);

  test.each([
    ['null', null, ''],
    ['NaN', Number.NaN, ''],
    ['the largest double', Number.MAX_VALUE, '1.7976931348623157e+308'],
    ['a negative number, which is no formula', -1.5, '-1.5'],
    ['−0', -0, '0'],
    ['a bigint', 2n ** 63n, '9223372036854775808'],
    ['a boolean', false, 'false'],
    ['plain text', 'BRK.B', 'BRK.B'],
    ['a comma', 'a,b', '"a,b"'],
    ['quotes', 'a "b"', '"a ""b"""'],
    ['a line end', 'a\nb', '"a\nb"'],
  ])('%s', (_, value, text) => {
    expect(cell(value)).toBe(text);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'])(
    'text that a spreadsheet may run gets an apostrophe: %j',
    (text) => {
      expect(csvParseRows(cell(text))).toEqual([[`'${text}`]]);
    },
  );

  test('a formula with a comma is quoted as well', () => {
    expect(cell('=HYPERLINK("http://x",A1)')).toBe(`"'=HYPERLINK(""http://x"",A1)"`);
  });

  test('names of columns are text like any other', () => {
    expect(columnsCsv(['=a', 'b,c'], [[], []])).toBe(`'=a,"b,c"\r\n`);
  });
});

describe('columns', () => {
  test('text, days and numbers side by side', () => {
    const csv = columnsCsv(
      ['symbol', 'date', 'atr'],
      [['AAA', 'AAA'], { days: [19723, null] }, Float64Array.of(Number.NaN, 1.25)],
    );
    expect(csv).toBe('symbol,date,atr\r\nAAA,2024-01-01,\r\nAAA,,1.25\r\n');
  });

  test('numbers and text read back as they were', () => {
    const safe = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r\n]/.test(text));
    const row = fc.record({
      number: fc.double({ noDefaultInfinity: true, noNaN: true }),
      text: safe,
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const csv = columnsCsv(['n', 't'], [rows.map((r) => r.number), rows.map((r) => r.text)]);
        const back = csvParseRows(csv).slice(1);
        expect(back.map(([n]) => Number(n) + 0)).toEqual(rows.map((r) => r.number + 0));
        expect(back.map(([, t]) => t)).toEqual(rows.map((r) => r.text));
      }),
      { seed: 20240108, numRuns: 200 },
    );
  });

  test('large tables come in chunks of whole lines', () => {
    const rows = Int32Array.from({ length: 5 }, (_, i) => i);
    expect([...csvChunks(['i', 'j'], [rows, rows], 2)]).toEqual([
      'i,j\r\n',
      '0,0\r\n1,1\r\n',
      '2,2\r\n3,3\r\n',
      '4,4\r\n',
    ]);
  });

  test.each([
    { names: ['a'], columns: [[1], [2]] },
    { names: ['a', 'b'], columns: [[1], [2, 3]] },
  ])('$columns under $names is refused', ({ names, columns }) => {
    expect(() => columnsCsv(names, columns)).toThrow('one name each and one length');
  });

  test('no columns are an empty line', () => {
    expect(columnsCsv([], [])).toBe('\r\n');
  });
});
