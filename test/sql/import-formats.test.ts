import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { type Content, barLines, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const bars = async (...files: InputFile[]): Promise<string[]> =>
  barLines(await importAll(engine, files));
const plain = ['A 2020-01-02 10 12 9 11 1000', 'A 2020-01-03 11 13 10 12 2000'];

const vendors: readonly [vendor: string, content: Content, bars: readonly string[]][] = [
  [
    'the plainest',
    'date,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000\n2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'no line end at the end',
    'date,open,high,low,close,volume\n2020-01-03,11,13,10,12,2000\n2020-01-02,10,12,9,11,1000',
    plain,
  ],
  [
    'CRLF',
    'date,open,high,low,close,volume\r\n2020-01-02,10,12,9,11,1000\r\n2020-01-03,11,13,10,12,2000\r\n',
    plain,
  ],
  [
    'CR',
    'date,open,high,low,close,volume\r2020-01-02,10,12,9,11,1000\r2020-01-03,11,13,10,12,2000\r',
    plain,
  ],
  [
    'CRLF and LF mixed',
    'date,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000\r\n2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'a byte order mark',
    '\uFEFFdate,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000\n2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'tabs',
    'date\topen\thigh\tlow\tclose\tvolume\n2020-01-02\t10\t12\t9\t11\t1000\n2020-01-03\t11\t13\t10\t12\t2000\n',
    plain,
  ],
  [
    'blank lines',
    '\n\ndate,open,high,low,close,volume\n\n2020-01-02,10,12,9,11,1000\n\n\n2020-01-03,11,13,10,12,2000\n\n',
    plain,
  ],
  [
    'trailing delimiters',
    'date,open,high,low,close,volume,\n2020-01-02,10,12,9,11,1000,\n2020-01-03,11,13,10,12,2000,\n',
    plain,
  ],
  [
    'trailing delimiters without a header',
    'date,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000,\n2020-01-03,11,13,10,12,2000,\n',
    plain,
  ],
  [
    'quoted line breaks',
    'date,note,"no\nte",open,high,low,close,volume\n2020-01-02,"a ""b""\nc",,10,12,9,11,1000\n2020-01-03,,,11,13,10,12,2000\n',
    plain,
  ],
  [
    'a preamble',
    'Prices of A\nSource: x, y\n\ndate,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000\n2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'a pandas index',
    ',Date,Open,High,Low,Close,Volume\n0,2020-01-02,10,12,9,11,1000\n1,2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'a nameless date index',
    ',Open,High,Low,Close,Volume\n2020-01-02,10,12,9,11,1000\n2020-01-03,11,13,10,12,2000\n',
    plain,
  ],
  [
    'gzip',
    new Uint8Array(
      gzipSync(
        'date,open,high,low,close,volume\n2020-01-02,10,12,9,11,1000\n2020-01-03,11,13,10,12,2000\n',
      ),
    ),
    plain,
  ],
  [
    'Yahoo: the bar is scaled to the adjusted close',
    'Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,10,12,9,11,5.5,1000\n2020-01-03,11,12,10,12,12,2000\n',
    ['A 2020-01-02 5 6 4.5 5.5 1000', 'A 2020-01-03 11 12 10 12 2000'],
  ],
  [
    'yfinance, times in New York',
    'Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n2020-01-02 00:00:00-05:00,10,12,9,11,1000,0.0,0.0\n2020-01-03 00:00:00-05:00,11,13,10,12,2000,0.0,0.0\n',
    plain,
  ],
  [
    'yfinance, three header lines',
    'Price,Close,High,Low,Open,Volume\nTicker,SPY,SPY,SPY,SPY,SPY\nDate,,,,,\n2020-01-02,11,12,9,10,1000\n',
    ['SPY 2020-01-02 10 12 9 11 1000'],
  ],
  [
    'Stooq, bulk',
    '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nAAPL.US,D,20200102,000000,10,12,9,11,1000,0\n',
    ['AAPL.US 2020-01-02 10 12 9 11 1000'],
  ],
  [
    'Nasdaq.com',
    'Date,Close/Last,Volume,Open,High,Low\n01/13/2020,$1011.50,"1,234,567",$10.00,$1012.25,$9.00\n01/03/2020,$12.00,2000,$11.00,$13.00,$10.00\n',
    ['A 2020-01-03 11 13 10 12 2000', 'A 2020-01-13 10 1012.25 9 1011.5 1234567'],
  ],
  [
    'Investing.com',
    '"Date","Price","Open","High","Low","Vol.","Change %"\n"Jan 03, 2020","1,012.50","1,011.00","1,013.00","1,010.00","2.34B","0.1%"\n"Jan 02, 2020","11.00","10.00","12.00","9.00","1.21M","-"\n"Jan 01, 2020","11.00","10.00","12.00","9.00","-","-"\n',
    [
      'A 2020-01-01 10 12 9 11 NaN',
      'A 2020-01-02 10 12 9 11 1210000',
      'A 2020-01-03 1011 1013 1010 1012.5 2340000000',
    ],
  ],
  [
    'Alpha Vantage',
    'timestamp,open,high,low,close,volume\n2020-01-03,11,13,10,12,2000\n2020-01-02,10,12,9,11,1000\n',
    plain,
  ],
  [
    'Alpha Vantage, adjusted JSON names',
    'date,1. open,2. high,3. low,4. close,5. adjusted close,6. volume\n2020-01-02,10,12,9,11,11,1000\n2020-01-03,11,13,10,12,12,2000\n',
    plain,
  ],
  [
    'Kaggle all_stocks_5yr',
    'date,open,high,low,close,volume,Name\n2020-01-02,10,12,9,11,1000,AAL\n2020-01-03,,,,12,,AAL\n'.replace(
      ',,,,12,,',
      ',11,13,10,12,,',
    ),
    ['AAL 2020-01-02 10 12 9 11 1000', 'AAL 2020-01-03 11 13 10 12 NaN'],
  ],
  [
    'Binance with a header: milliseconds',
    'Open time,Open,High,Low,Close,Volume,Close time\n1577923200000,10,12,9,11,0.00000001,1578009599999\n',
    ['A 2020-01-02 10 12 9 11 1e-8'],
  ],
  [
    'a German export',
    'Datum;Eröffnung;Hoch;Tief;Schlusskurs;Volumen\n02.01.2020;1.010,50;1.012,25;9,00;11,00;1.234.567\n31.01.2020;11;13;10;12;1.234\n',
    ['A 2020-01-02 1010.5 1012.25 9 11 1234567', 'A 2020-01-31 11 13 10 12 1234'],
  ],
  [
    'French thousands',
    "date;open;high;low;close;volume\n2020-01-02;1 010,5;1\u00A0012,25;9;1\u202F011;1'000\n",
    ['A 2020-01-02 1010.5 1012.25 9 1011 1000'],
  ],
  [
    'an adjusted close alone',
    'Date,Open,High,Low,Adj Close\n2020-01-02,10,12,9,11\n',
    ['A 2020-01-02 10 12 9 11 NaN'],
  ],
  [
    'empty prices are left out',
    'Date,Open,High,Low,Close,Volume\n2020-01-02,null,null,null,null,null\n2020-01-03,11,13,10,12,2000\n,,,,,\n',
    ['A 2020-01-03 11 13 10 12 2000'],
  ],
  [
    'small, large and fractional numbers, to the bit',
    'date,open,high,low,close,volume\n2020-01-02,1e-8,1000000000,0.00000001,0.1,1000000000000000\n2020-01-03,.5,1.7976931348623157,+0.1,0.30000000000000004,12.345\n',
    [
      'A 2020-01-02 1e-8 1000000000 1e-8 0.1 1000000000000000',
      'A 2020-01-03 0.5 1.7976931348623157 0.1 0.30000000000000004 12.345',
    ],
  ],
  [
    'old, leap and far dates',
    'date,open,high,low,close\n1899-12-29,1,1,1,1\n2020-02-29,1,1,1,1\n2199-12-31,1,1,1,1\n',
    ['A 1899-12-29 1 1 1 1 NaN', 'A 2020-02-29 1 1 1 1 NaN', 'A 2199-12-31 1 1 1 1 NaN'],
  ],
];

const dates: readonly [written: string, iso: string][] = [
  ['2020-1-2', '2020-01-02'],
  ['2020-01-02T00:00:00.000Z', '2020-01-02'],
  ['2020-01-02 16:00', '2020-01-02'],
  ['2020/01/02', '2020-01-02'],
  ['2020.01.02', '2020-01-02'],
  ['20200102', '2020-01-02'],
  ['02.01.2020', '2020-01-02'],
  ['13/01/2020', '2020-01-13'],
  ['1/13/2020', '2020-01-13'],
  ['1/13/2020 4:00:00 PM', '2020-01-13'],
  ['13-01-2020', '2020-01-13'],
  ['02-Jan-2020', '2020-01-02'],
  ['2 January 2020', '2020-01-02'],
  ['January 2, 2020', '2020-01-02'],
  ['May 2 2020', '2020-05-02'],
  ['1577923200', '2020-01-02'],
  ['1577923200000000', '2020-01-02'],
  ['1577923200000000000', '2020-01-02'],
  ['1577923200.0', '2020-01-02'],
  ['20200102 093000', '2020-01-02'],
  ['2020010209', '2020-01-02'],
  ['2020-01-02T09:30:00-05:00[America/New_York]', '2020-01-02'],
  ['2020-01-02 16:00:00 EST', '2020-01-02'],
  ['Thursday, January 2, 2020', '2020-01-02'],
  ['Thu Jan 02 2020', '2020-01-02'],
  ['May 2 1920', '1920-05-02'],
  ['03.01.20', '2020-01-03'],
  ['1/13/69', '2069-01-13'],
  ['13/1/70', '1970-01-13'],
  ['18-Jan-23', '2023-01-18'],
];

describe('bars, as files have them', () => {
  it.each(vendors)('%s', async (_, content, expected) => {
    expect(await bars(file('data/A.csv', content))).toEqual(expected);
  });

  it.each(dates)('the date %s is %s', async (written, iso) => {
    expect(await bars(file('A.csv', `date;open;high;low;close\n${written};1;1;1;1\n`))).toEqual([
      `A ${iso} 1 1 1 1 NaN`,
    ]);
  });

  it.each(['01/02/2024', '01/02/24', '01-02-24'])(
    'reads %s only in the order that was said',
    async (date) => {
      const content = `date,open,high,low,close\n${date},1,1,1,1\n`;
      expect(await bars(file('A.csv', content, { dateOrder: 'day-first' }))).toEqual([
        'A 2024-02-01 1 1 1 1 NaN',
      ]);
      expect(await bars(file('A.csv', content, { dateOrder: 'month-first' }))).toEqual([
        'A 2024-01-02 1 1 1 1 NaN',
      ]);
    },
  );

  it('passes over comments, and says which lines below the data it leaves out', async () => {
    const { summary, market } = await importAll(engine, [
      file(
        'A.csv',
        '# made by hand\ndate,open,high,low,close\n# 2020\n2020-01-02,1,1,1,1\n# x\n2020-01-03,1,1,0.5,2\n\nSource: nobody\n"© 2020, all rights reserved"\n',
      ),
    ]);
    expect(market.day).toHaveLength(2);
    expect(summary.notes.map(({ text }) => text)).toEqual([
      'A.csv: the line “Source: nobody” below the data left out.',
      'A.csv: the line “"© 2020, all rights reserved"” below the data left out.',
      '1 bar opens or closes outside the range from low to high. It is A.csv, line 6: A on 2020-01-03, open 1, high 1, low 0.5, close 2.',
    ]);
  });

  it('takes columns without names for what they hold, and says so', async () => {
    const { summary } = await importAll(engine, [
      file('B.csv', 'C,20200102,1,2,1,2\nC,20200103,2,3,2,2.5\nD,20200103,2,3,2,2.5\n'),
    ]);
    expect(summary.facts.symbols).toEqual(['C', 'D']);
    expect(summary.notes.map(({ text }) => text)).toContain(
      'B.csv: there is no line of column names; by what they hold, the columns are taken for symbol, date, open, high, low, close.',
    );
  });

  it('says of closes that stand for whole bars that results are optimistic', async () => {
    const { summary } = await importAll(engine, [
      file('A.csv', 'Date,Price\n2020-01-02,1\n', { closesAlone: true }),
    ]);
    expect(summary.notes[0]?.text).toMatch(/^A\.csv: only closes are known;.*optimistic\.$/);
  });

  it('takes each file as it is written', async () => {
    const imported = await bars(
      file('B.csv', 'date,open,high,low,close\n2020-01-02,1.5,1.5,1.5,1.5\n'),
      file('A.csv', 'date;open;high;low;close\n31.12.2019;1,5;1,5;1,5;1,5\n'),
      file('long.csv', 'Symbol,Name,Date,Open,High,Low,Close\nC,Company,12/31/2019,2,2,2,2\n'),
    );
    expect(imported).toEqual([
      'A 2019-12-31 1.5 1.5 1.5 1.5 NaN',
      'B 2020-01-02 1.5 1.5 1.5 1.5 NaN',
      'C 2019-12-31 2 2 2 2 NaN',
    ]);
  });

  it('keeps symbols as they are, in the order of code units', async () => {
    const symbols = [
      '=cmd',
      "O'Neil",
      'a b',
      'aapl',
      'AAPL',
      'Ünïcode',
      '\u{1F680}',
      '\uFF21',
      '"Q"',
      'NA',
      'null ',
    ];
    const text = symbols
      .map((symbol) => `2020-01-02,"${symbol.replaceAll('"', '""')}",1,1,1,1`)
      .join('\n');
    const { market } = await importAll(engine, [
      file('long.csv', `date,symbol,open,high,low,close\n${text}\n`),
    ]);
    expect(market.symbols).toEqual(
      [
        '"Q"',
        '=cmd',
        'AAPL',
        "O'Neil",
        'a b',
        'aapl',
        'Ünïcode',
        '\u{1F680}',
        '\uFF21',
        'NA',
        'null',
      ].sort(),
    );
  });

  it('says what it scaled, left out and took for granted', async () => {
    const { summary } = await importAll(engine, [
      file(
        'A.csv',
        'Date,Open,High,Low,Close,Adj Close\n2020-01-02,,,,,\n1577923200,2,2,2,2,1\n1578009600,2,2,1,3,1\n'.replace(
          '2020-01-02',
          '1577836800',
        ),
      ),
    ]);
    expect(summary.notes.map(({ text }) => text)).toEqual([
      'A.csv: 1 row without prices left out (line 2).',
      'A.csv: prices are scaled to “Adj Close”; volume is as given.',
      'A.csv: times are counted since 1970; each bar’s date is the one in UTC.',
      '1 bar opens or closes outside the range from low to high. It is A.csv, line 4: A on 2020-01-03, open 2, high 2, low 1, close 3.',
    ]);
    expect(summary.files[0]).toMatchObject({ name: 'A.csv', role: 'bars', rows: 2 });
    expect(summary.files[0]?.mapping).toContainEqual({ column: 'Adj Close', field: 'adjusted' });
  });

  it('says of opens that copy the close before where there are enough to tell, and the market ever closes', async () => {
    const copying = (name: string, bars: number, skipsWeekends: boolean) => {
      const lines = ['date,open,high,low,close'];
      for (let day = Date.UTC(2020, 0, 1); lines.length <= bars; day += 86_400_000) {
        const date = new Date(day);
        if (skipsWeekends && date.getUTCDay() % 6 === 0) continue;
        lines.push(`${date.toISOString().slice(0, 10)},10,10,10,10`);
      }
      return file(`${name}.csv`, lines.join('\n'));
    };
    const said = async (...given: Parameters<typeof copying>) =>
      (await importAll(engine, [copying(...given)])).summary.notes
        .map(({ text }) => text)
        .filter((text) => !text.includes('same prices')); // The other thing to say of these bars.
    expect(await said('OLD', 21, true)).toEqual([
      '20 of 20 bars open exactly at the close before: their opens look made up, and a fill there is in truth a fill at the signal’s close. The first is OLD.csv, line 3: OLD on 2020-01-02, open 10, high 10, low 10, close 10.',
    ]);
    expect(await said('FEW', 20, true)).toEqual([]);
    expect(await said('BTC', 60, false)).toEqual([]);
    expect(await said('EURUSD', 60, true)).toEqual([]);
  });

  it('takes what floats round off for no bar outside its range', async () => {
    const rows = [
      '2020-01-02,1,1.1,0.9,1.1000000000000003',
      '2020-01-03,0.8999999999999998,1,0.9,1',
    ];
    const { summary } = await importAll(engine, [
      file('A.csv', `date,open,high,low,close\n${rows.join('\n')}`),
    ]);
    expect(summary.notes).toEqual([]);
  });

  it('takes for symbols what a column names so, and not what numbers the rows', async () => {
    const dated = (columns: string, row: (i: number) => string) =>
      file(
        'INFY.csv',
        [
          `date,open,high,low,close,${columns}`,
          ...[1, 2, 3].map((i) => `2020-01-0${i},1,2,1,2,${row(i)}`),
        ].join('\n'),
      );
    const symbolsOf = async (given: ReturnType<typeof file>) =>
      (await importAll(engine, [given])).summary.facts.symbols;
    expect(await symbolsOf(dated('id', String))).toEqual(['INFY']);
    expect(await symbolsOf(dated('series', () => 'EQ'))).toEqual(['INFY']);
    expect(await symbolsOf(dated('Name', () => 'INFY.NS'))).toEqual(['INFY.NS']);
    await expect(importAll(engine, [dated('code', String)])).rejects.toMatchObject({
      data: {
        problem: 'Every row has a symbol of its own here.',
        place: { file: 'INFY.csv', line: 2, column: 'code' },
      },
    });
  });

  it('finds volume under the names that exchanges give it', async () => {
    for (const name of ['Volume BTC', 'Shares Traded', 'tick_volume', 'Total Volume']) {
      const rows = ['2020-01-02,1,2,1,2,7,9', '2020-01-03,1,2,1,2,8,9'];
      const { summary } = await importAll(engine, [
        file('A.csv', `date,open,high,low,close,${name},Volume USD\n${rows.join('\n')}`),
      ]);
      expect(summary.facts.hasVolume).toBe(true);
      expect(summary.files[0]?.mapping).toContainEqual({ column: name, field: 'volume' });
    }
  });

  it('knows a decimal comma by thousands that another number does not divide', async () => {
    const { market } = await importAll(engine, [
      file('A.csv', 'Date;Open;High;Low;Close;Volume\n2021-10-28;87,669;87,702;87,600;87,655;1200'),
    ]);
    expect([market.close[0], market.volume[0]]).toEqual([87.655, 1200]);
  });

  it('names the first of several odd bars, wherever it stands', async () => {
    const bar = (symbol: string, day: number, rest: string) => `${symbol},2020-01-0${day},${rest}`;
    const { summary } = await importAll(engine, [
      file('one.csv', `symbol,date,open,high,low,close\n${bar('B', 1, '10,11,9,10.5')}`),
      file(
        'two.csv',
        [
          'symbol,date,open,high,low,close',
          bar('C', 1, '10,11,9,10.5'),
          bar('C', 2, ',,,'),
          bar('C', 3, '8.5,11,9,10'),
          bar('A', 1, '10,11,9,11.25'),
          bar('A', 2, ',,,'),
        ].join('\n'),
      ),
    ]);
    expect(summary.notes.map(({ text }) => text)).toEqual([
      'two.csv: 2 rows without prices left out (the first on line 3).',
      '2 bars open or close outside the range from low to high. The first is two.csv, line 4: C on 2020-01-03, open 8.5, high 11, low 9, close 10.',
    ]);
  });
});
