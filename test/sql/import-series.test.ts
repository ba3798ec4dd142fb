import { beforeAll, describe, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { rows } from './rows.ts';
import { faultOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const ohlc = (symbol: string): string => `2020-01-02,${symbol},1,1,1,1\n`;
const bars = file('bars.csv', `date,symbol,open,high,low,close\n${ohlc('AAPL')}${ohlc('MSFT')}`);

/** A table of the imported dataset, one line per row, days as dates. */
async function lines(
  table: 'attention' | 'macro' | 'universe',
  ...files: InputFile[]
): Promise<string[]> {
  await importAll(engine, [bars, ...files]);
  const found = rows<Record<string, number | string | null>>(
    await engine.query(`SELECT * FROM ${table} ORDER BY ALL`),
  );
  return found.map((row) =>
    Object.entries(row)
      .map(([name, x]) =>
        typeof x === 'number' && name.endsWith('day') ? isoFromDay(x) : String(x),
      )
      .join(' '),
  );
}
const notes = async (...files: InputFile[]): Promise<string[]> =>
  (await importAll(engine, [bars, ...files])).summary.notes.map(({ text }) => text);

describe('attention: the symbol’s number, its date, the date from which it is known, the value', () => {
  const weekly = ['0 2020-01-05 2020-01-12 50', '0 2020-01-12 2020-01-19 0'];
  const cases: readonly [
    layout: string,
    name: string,
    text: string,
    expected: readonly string[],
  ][] = [
    [
      'long, daily',
      'attention.csv',
      'date,symbol,attention\n2020-01-01,AAPL,5\n2020-01-02,AAPL,6.5\n2020-01-01,MSFT,\n',
      ['0 2020-01-01 2020-01-02 5', '0 2020-01-02 2020-01-03 6.5'],
    ],
    [
      'long, weekly',
      'attention.csv',
      'week;ticker;hits\n2020-01-05;AAPL;50\n2020-01-12;AAPL;0\n',
      weekly,
    ],
    [
      'wide',
      'wide.csv',
      'date,AAPL,MSFT,note\n2020-01-01,5,7,x\n2020-01-02,,8,y\n2020-01-03,6,9,z\n',
      [
        '0 2020-01-01 2020-01-02 5',
        '0 2020-01-03 2020-01-04 6',
        '1 2020-01-01 2020-01-02 7',
        '1 2020-01-02 2020-01-03 8',
        '1 2020-01-03 2020-01-04 9',
      ],
    ],
    ['a file per symbol', 'data/AAPL.csv', 'date,views\n2020-01-05,50\n2020-01-12,0\n', weekly],
    [
      'a file named after the symbol',
      'AAPL-trends (1).csv',
      'Week,apple shares\n2020-01-05,50\n2020-01-12,0\n',
      weekly,
    ],
    [
      'Google Trends',
      'multiTimeline.csv',
      'Category: All categories\n\nWeek,AAPL: (Worldwide),MSFT: (Worldwide)\n2020-01-05,50,1\n2020-01-12,<1,2\n',
      [...weekly, '1 2020-01-05 2020-01-12 1', '1 2020-01-12 2020-01-19 2'],
    ],
    [
      'Google Trends by pytrends, whose last period is not over',
      'trends.csv',
      'date,AAPL,MSFT,isPartial\n2020-01-05,50,1,False\n2020-01-12,<1,2,False\n2020-01-19,7,1,True\n',
      [...weekly, '1 2020-01-05 2020-01-12 1', '1 2020-01-12 2020-01-19 2'],
    ],
    [
      'Google Trends by pytrends, of one word',
      'AAPL.csv',
      'date,apple shares,isPartial\n2020-01-05,50,False\n2020-01-12,0,\n2020-01-19,7,True\n',
      weekly,
    ],
    [
      'Google Trends, daily',
      'multiTimeline.csv',
      'Category: All categories\n\nDay,AAPL: (Worldwide)\n2020-01-01,<1\n2020-01-02,100\n',
      ['0 2020-01-01 2020-01-02 0', '0 2020-01-02 2020-01-03 100'],
    ],
    [
      'a lone value is known as late as a weekly one',
      'AAPL.csv',
      'date,attention\n2020-01-05,50\n',
      ['0 2020-01-05 2020-01-12 50'],
    ],
    [
      'weekly with one gap of six days',
      'AAPL.csv',
      'date,attention\n2020-01-05,1\n2020-01-12,2\n2020-01-18,3\n2020-01-25,4\n',
      [
        '0 2020-01-05 2020-01-12 1',
        '0 2020-01-12 2020-01-19 2',
        '0 2020-01-18 2020-01-25 3',
        '0 2020-01-25 2020-02-01 4',
      ],
    ],
  ];
  it.each(cases)('%s', async (_, name, text, expected) => {
    expect(await lines('attention', file(name, text, { role: 'attention' }))).toEqual(expected);
  });

  it('is never known early where daily and weekly series stand together', async () => {
    const mixed = file(
      'attention.csv',
      'date,symbol,attention\n2020-01-05,AAPL,1\n2020-01-12,AAPL,2\n2020-01-05,MSFT,1\n2020-01-06,MSFT,2\n',
    );
    expect(await lines('attention', mixed)).toEqual([
      '0 2020-01-05 2020-01-12 1',
      '0 2020-01-12 2020-01-19 2',
      '1 2020-01-05 2020-01-06 1',
      '1 2020-01-06 2020-01-07 2',
    ]);
    expect(await notes(mixed)).toContain(
      'Some attention series are daily, others weekly: each counts from the end of its own period.',
    );
    expect((await importAll(engine, [bars, mixed])).summary.facts.attention).toBe('weekly');
  });

  it('the only symbol’s, whatever the file is called', async () => {
    const { summary } = await importAll(engine, [
      file('AAPL.csv', `date,open,high,low,close\n2020-01-02,1,1,1,1\n`),
      file('multiTimeline.csv', 'Day,apple: (United States)\n2020-01-01,5\n2020-01-02,6\n'),
    ]);
    expect(summary.facts.attention).toBe('daily');
  });

  it('of no symbol is left out and said', async () => {
    expect(await notes(file('a.csv', 'date,symbol,attention\n2020-01-01,TSLA,5\n'))).toContain(
      'No bars for TSLA, named in the attention data: not used.',
    );
    expect(
      await notes(file('w.csv', 'date,AAPL,TSLA\n2020-01-01,5,6\n', { role: 'attention' })),
    ).toContain('w.csv: columns TSLA not used.');
  });

  const bad: readonly [text: string, fault: object][] = [
    [
      'date,symbol,attention\n2020-01-01,AAPL,-1\n',
      { problem: 'Attention must not be negative.', line: 2, column: 'attention', value: '-1' },
    ],
    [
      'date,AAPL,MSFT\n2020-01-01,1,2\n2020-01-02,1,two\n',
      { problem: 'This is not a number.', line: 3, column: 'MSFT', value: 'two' },
    ],
    [
      'date,symbol,attention\n2020-01-01,,1\n',
      { problem: 'There is no name here.', line: 2, column: 'symbol', value: '' },
    ],
    [
      'date,symbol,attention\n2020-01-01,AAPL,1\n2020-01-01,AAPL,2\n',
      { problem: 'AAPL has a second value on 2020-01-01.', line: 3 },
    ],
    [
      'date,AAPL,AAPL\n2020-01-01,1,2\n',
      { problem: 'Two columns have this name.', line: 1, column: 'AAPL' },
    ],
    [
      'date,symbol,attention\n2020-01-01,AAPL,1\n2020-02-01,AAPL,2\n',
      { problem: 'Attention values of this symbol stand mostly 31 days apart.', line: 2 },
    ],
    [
      'date,x,y\n2020-01-01,1,2\n',
      { problem: 'There is no column for “attention”; the columns are “date”, “x”, “y”.', line: 1 },
    ],
  ];
  it.each(bad)('%j is refused', async (text, fault) => {
    const work = importAll(engine, [bars, file('a.csv', text, { role: 'attention' })]);
    expect(await faultOf(work)).toMatchObject({ kind: 'import', file: 'a.csv', ...fault });
  });
});

describe('macro: series, date, date of availability, value', () => {
  const cases: readonly [
    layout: string,
    name: string,
    text: string,
    expected: readonly string[],
  ][] = [
    [
      'long',
      'macro.csv',
      'series,date,value\nVIX,2020-01-02,20\nOIL,2020-01-02,-37.63\nUSD,2020-01-02,1\n',
      ['OIL 2020-01-02 2020-01-02 -37.63', 'VIX 2020-01-02 2020-01-02 20'],
    ],
    [
      'wide',
      'macro.csv',
      'date;VIX;S&P 500;WTI\n2020-01-02;20,5;3.257,85;\n',
      ['INDEX 2020-01-02 2020-01-02 3257.85', 'VIX 2020-01-02 2020-01-02 20.5'],
    ],
    [
      'FRED',
      'VIXCLS.csv',
      'DATE,VIXCLS\n2020-01-01,.\n2020-01-02,12.47\n',
      ['VIX 2020-01-02 2020-01-02 12.47'],
    ],
    [
      'Yahoo, a file per series',
      '^VIX.csv',
      'Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-02,13,14,12,12.47,12.47,0\n',
      ['VIX 2020-01-02 2020-01-02 12.47'],
    ],
    [
      'revised',
      'macro.csv',
      'series,date,value,available_at\nOIL,2020-01-02,60,2020-01-09\nOIL,2020-01-02,61,2020-01-16\n',
      ['OIL 2020-01-02 2020-01-09 60', 'OIL 2020-01-02 2020-01-16 61'],
    ],
  ];
  it.each(cases)('%s', async (_, name, text, expected) => {
    expect(await lines('macro', file(name, text))).toEqual(expected);
  });

  it('unknown series are left out and said', async () => {
    expect(
      await notes(file('m.csv', 'series,date,value\nVIX,2020-01-02,20\nUSD,2020-01-02,1\n')),
    ).toContain('Macro series USD not used: VIX, INDEX and OIL are known.');
  });

  const bad: readonly [text: string, fault: object][] = [
    [
      'series,date,value\nVIX,2020-01-02,20\nVIXCLS,2020-01-02,21\n',
      { problem: 'VIXCLS has a second value on 2020-01-02.', line: 3 },
    ],
    [
      'series,date,value,available_at\nOIL,2020-01-02,60,2020-01-01\n',
      {
        problem: 'A value cannot be available before its own date.',
        line: 2,
        column: 'available_at',
        value: '2020-01-01',
      },
    ],
    [
      'series,date,value,available_at\nOIL,2020-01-02,60,2020-01-20\nOIL,2020-01-03,60,2020-01-10\n',
      { problem: 'This value of OIL became available before the one dated earlier.', line: 3 },
    ],
    [
      'date,VIX\n2020-01-02,high\n',
      { problem: 'This is not a number.', line: 2, column: 'VIX', value: 'high' },
    ],
  ];
  it.each(bad)('%j is refused', async (text, fault) => {
    expect(
      await faultOf(importAll(engine, [bars, file('m.csv', text, { role: 'macro' })])),
    ).toMatchObject({ kind: 'import', file: 'm.csv', ...fault });
  });
});

describe('universe: the symbol’s number, from, to, delisting return, group', () => {
  it('an empty or endless end is open', async () => {
    const text =
      'symbol,from,to,delisting_return\nMSFT,1999-01-04,,\nAAPL,1982-11-30,2020-06-01,-0.3\nTSLA,2020-12-21,,\n,,,\nAAPL,2021-01-01,9999-12-31,\n';
    expect(await lines('universe', file('u.csv', text))).toEqual([
      '0 1982-11-30 2020-06-01 -0.3 null',
      '0 2021-01-01 9999-12-31 null null',
      '1 1999-01-04 9999-12-31 null null',
    ]);
  });

  const bad: readonly [row: string, fault: object][] = [
    [
      'AAPL,2020-06-01,2020-06-01,',
      {
        problem: 'The spell ends before it begins (to is the first day outside).',
        column: 'to',
        value: '2020-06-01',
      },
    ],
    [
      'AAPL,2020-06-01,later,',
      {
        problem: 'This is not a date of the form YYYY-MM-DD, as others in this file are.',
        column: 'to',
        value: 'later',
      },
    ],
    [
      'AAPL,2020-06-01,,half',
      { problem: 'This is not a number.', column: 'delisting_return', value: 'half' },
    ],
    [
      'AAPL,2020-06-01,,-1.5',
      {
        problem: 'A return cannot be below −1, the loss of everything.',
        column: 'delisting_return',
        value: '-1.5',
      },
    ],
    [',2020-06-01,,', { problem: 'There is no symbol here.', column: 'symbol', value: '' }],
    ['AAPL,,,', { problem: 'There is no date here.', column: 'from', value: '' }],
  ];
  it.each(bad)('%s is refused', async (row, fault) => {
    const work = importAll(engine, [
      bars,
      file('u.csv', `symbol,from,to,delisting_return\n${row}\n`),
    ]);
    expect(await faultOf(work)).toMatchObject({ kind: 'import', file: 'u.csv', line: 2, ...fault });
  });
});

describe('what a file is, where nobody says', () => {
  const cases: readonly [role: string, name: string, header: string][] = [
    ['bars', 'CL.csv', 'Date,Open,High,Low,Close'],
    ['bars', 'SPY.csv', 'Date,Open,High,Low,Close'],
    ['macro', 'VIX.csv', 'Date,Open,High,Low,Close'],
    ['universe', 'x.csv', 'symbol,from,to'],
    ['attention', 'x.csv', 'date,symbol,value'],
    ['macro', 'x.csv', 'date,name,value'],
  ];
  it.each(cases)('%s: %s with %s', async (role, name, header) => {
    const dates = header
      .split(',')
      .map((column) =>
        /date|from/i.test(column)
          ? '2020-01-05'
          : /symbol|name/.test(column)
            ? 'AAPL'
            : column === 'to'
              ? ''
              : '1',
      );
    const { summary } = await importAll(engine, [
      bars,
      file(name, `${header}\n${dates.join(',')}\n`),
    ]);
    expect(summary.files.map((f) => [f.name, f.role])).toContainEqual([name, role]);
  });

  it('else says which columns each needs', async () => {
    expect(
      await faultOf(importAll(engine, [file('x.csv', 'date,foo\n2020-01-02,1\n')])),
    ).toMatchObject({
      problem:
        'The columns are not those of bars, attention, macro values, a universe, instruments or events: “date”, “foo”.',
      line: 1,
    });
  });
});
