import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf } from '../../../src/present/csv.ts';
import type { Cells, FileTable, Stored } from '../../../src/domain/file-table.ts';
import { equityTable } from '../../../src/present/tables/equity.ts';
import { tradesTable } from '../../../src/present/tables/trades.ts';
import { datedTrades } from '../../../src/domain/run.ts';
import { simulate } from '../../../src/domain/execution/simulate.ts';
import {
  type Bar,
  flat,
  marketOf,
  settingsOf,
  signalsOf,
} from '../domain/execution/market-builder.ts';
import { csvTextOf } from '../../pieces.ts';

const tableOf = (
  names: readonly string[],
  parts: readonly (readonly Cells[])[],
  stored: Stored = 'text',
): FileTable => ({ columns: names.map((name) => ({ name, stored })), parts });

/** A table in one part, as one text. */
const textIn = (names: readonly string[], columns: readonly Cells[]): Promise<string> =>
  csvTextOf(tableOf(names, [columns]));

const bars = (count: number): Bar[] => Array.from({ length: count }, () => flat(10));
/** Rows 0–2 are AAA's, 3–5 BBB's; both have 2024-01-01 to 2024-01-03. */
const market = marketOf({ AAA: bars(3), BBB: bars(3) });

/** BBB sold short and out again, AAA bought and still held. */
const days = Int32Array.of(19723, 19724, 19725);
const run = simulate(
  market,
  signalsOf(market, { AAA: { 1: { side: 1 } }, BBB: { 0: { side: -1 }, 1: { exit: 2 } } }),
  settingsOf({ size: { units: 2.5 }, costs: { commission: 1, slippage: 20 } }),
);

describe('trades', () => {
  const trades = datedTrades(run.trades, market, days);

  test('rows of the market become days', () => {
    expect([...trades.symbol]).toEqual([1, 0]);
    expect([...trades.signalDay]).toEqual([19723, 19724]);
    expect([...trades.entryDay]).toEqual([19724, 19725]);
    expect(trades.exitDay[0]).toBe(19725);
  });

  test('CSV, one line per trade; an open trade has no exit date and no reason', async () => {
    expect((await csvTextOf(tradesTable(trades, market.symbols))).split('\r\n')).toEqual([
      'symbol,side,signal_date,entry_date,exit_date,quantity,entry_price,exit_price,exit_reason,stop,target,score,gross,commission,spread,slippage,impact,borrow,net,bars,ambiguous,mae,mfe',
      'BBB,short,2024-01-01,2024-01-02,2024-01-03,2.5,10,10,signal,,,0,0,2,0,0.1,0,0,-2.1,1,false,0,0',
      'AAA,long,2024-01-02,2024-01-03,,2.5,10,10,,,,0,0,1,0,0.05,0,0,-1.05,1,false,0,0',
      '',
    ]);
  });

  test('without trades there is a header', async () => {
    const none = simulate(market, signalsOf(market, {}), settingsOf({}));
    const trades = datedTrades(none.trades, market, days);
    expect((await csvTextOf(tradesTable(trades, market.symbols))).split('\r\n')).toHaveLength(2);
  });
});

test('equity with buy & hold beside it', async () => {
  const equity = {
    day: Int32Array.of(19723, 19724),
    equity: Float64Array.of(1000, 0.1 + 0.2),
    cash: Float64Array.of(1000, 500),
    gross: Float64Array.of(0, 510.5),
    net: Float64Array.of(0, -510.5),
    positions: Int32Array.of(0, 1),
  };
  expect((await csvTextOf(equityTable(equity, [1000, 1001]))).split('\r\n')).toEqual([
    'date,equity,cash,gross_exposure,net_exposure,positions,buy_and_hold',
    '2024-01-01,1000,1000,0,0,0,1000',
    '2024-01-02,0.30000000000000004,500,510.5,-510.5,1,1001',
    '',
  ]);
});

describe('cells', () => {
  const cell = async (value: string | number | bigint | boolean | null): Promise<string> =>
    (await textIn(['x'], [[value]])).slice('x\r\n'.length, -'\r\n'.length);

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
  ])('%s', async (_, value, text) => {
    expect(await cell(value)).toBe(text);
  });

  const starts = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'];
  test.each([...starts, '＝1+1', '＋1', '－1', '＠SUM(A1)', '﹦1', ' =1', '\u3000＝1', ';x'])(
    'text that a spreadsheet may run gets an apostrophe: %j',
    async (text) => {
      expect(csvParseRows(await cell(text))).toEqual([[`'${text}`]]);
    },
  );

  test.each([
    [';=1+1', `';'=1+1`],
    ['a;=1+1', `a;'=1+1`],
    ['a\t-1; ＝2', `a\t'-1; '＝2`],
    ['a\n@SUM(A1)', `a\n'@SUM(A1)`],
    ['a=b; c-d', 'a=b; c-d'],
  ])(
    'so does what another separator than ours would make a cell of its own: %j',
    async (text, safe) => {
      expect(csvParseRows(await cell(text))).toEqual([[safe]]);
    },
  );

  test('a formula with a comma is quoted as well', async () => {
    expect(await cell('=HYPERLINK("http://x",A1)')).toBe(`"'=HYPERLINK(""http://x"",A1)"`);
  });

  test('names of columns are text like any other', async () => {
    expect(await textIn(['=a', 'b,c'], [[], []])).toBe(`'=a,"b,c"\r\n`);
  });
});

describe('columns', () => {
  test('never share a header: a repeated name is numbered, for readers that ignore capitals too', async () => {
    const names = ['close', 'Close', 'close (2)', 'close'];
    expect(
      await textIn(
        names,
        names.map(() => [1]),
      ),
    ).toBe('close,Close (2),close (2) (2),close (3)\r\n1,1,1,1\r\n');
  });

  test('text, days and numbers side by side', async () => {
    const csv = await csvTextOf({
      columns: [
        { name: 'symbol', stored: 'text' },
        { name: 'date', stored: 'date' },
        { name: 'atr', stored: 'double' },
      ],
      parts: [[['AAA', 'AAA'], [19723, null], Float64Array.of(Number.NaN, 1.25)]],
    });
    expect(csv).toBe('symbol,date,atr\r\nAAA,2024-01-01,\r\nAAA,,1.25\r\n');
  });

  test('numbers and text read back as they were', async () => {
    const formula = /(^|[\t\r\n;])\s*[=+\-@＝＋－＠﹦﹢﹣﹫]|^\s*[\t\r\n;]/;
    const safe = fc.string({ unit: 'binary' }).filter((text) => !formula.test(text));
    const row = fc.record({
      number: fc.double({ noDefaultInfinity: true, noNaN: true }),
      text: safe,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        const csv = await textIn(['n', 't'], [rows.map((r) => r.number), rows.map((r) => r.text)]);
        const back = csvParseRows(csv).slice(1);
        expect(back.map(([n]) => Number(n) + 0)).toEqual(rows.map((r) => r.number + 0));
        expect(back.map(([, t]) => t)).toEqual(rows.map((r) => r.text));
      }),
      { seed: 20240108, numRuns: 200 },
    );
  });

  test('large tables come in pieces of whole lines, and from parts', async () => {
    const part = (...rows: number[]) => [rows, Int32Array.from(rows)];
    const pieces = [];
    for await (const piece of csvOf(tableOf(['i', 'j'], [part(0, 1, 2), part(3)]), 2))
      pieces.push(piece);
    expect(pieces).toEqual(['i,j\r\n', '0,0\r\n1,1\r\n', '2,2\r\n', '3,3\r\n']);
  });

  test.each([
    { names: ['a'], columns: [[1], [2]] },
    { names: ['a', 'b'], columns: [[1], [2, 3]] },
  ])('$columns under $names is refused', async ({ names, columns }) => {
    await expect(textIn(names, columns)).rejects.toThrow(
      'one name for each column, and one length',
    );
  });

  test('no columns are an empty line', async () => {
    expect(await textIn([], [])).toBe('\r\n');
  });
});
