import { beforeAll, describe, expect, it } from 'vitest';
import type { LabErrorData } from '../../src/domain/errors.ts';
import type { ExchangeCode } from '../../src/domain/exchanges/exchanges.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { type Content, errorOf, faultOf, file, importAll } from '../unit/import/importing.ts';
import {
  type Written,
  days,
  fileOfBars,
  instantLines,
  syntheticBars,
  written,
} from '../unit/import/synthetic-bars.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const header = 'date,open,high,low,close,volume\n';
const rows = (...stamps: string[]): string =>
  header + stamps.map((stamp, i) => `${stamp},10,12,9,11,${i + 1}\n`).join('');

async function imported(content: Content, said: Partial<InputFile> = {}, name = 'A.csv') {
  const { market, summary } = await importAll(engine, [file(name, content, said)]);
  return { summary, market, lines: market.clock && instantLines(market.day, market.clock) };
}

describe('stamps', () => {
  it.each([
    ['an offset with a colon', '2024-01-02T09:30:00-05:00', {}],
    ['an offset without', '2024-01-02 09:30:00 -0500', {}],
    ['UTC by name', '2024-01-02 14:30 UTC', {}],
    ['UTC by letter', '20240102T143000Z', {}],
    ['seconds', '1704205800', {}],
    ['milliseconds', '1704205800000', {}],
    ['microseconds', '1704205800000000', {}],
    ['HistData', '20240102 093000', { zone: '-05:00' }],
    ['twelve hours', '2024-01-02 9:30 AM', { zone: 'America/New_York' }],
    ['MetaTrader in one column', '2024.01.02 09:30', { zone: 'America/New_York' }],
    ['day first', '02.01.2024 09:30', { zone: 'America/New_York' }],
    ['month first', '01/02/2024 09:30:00', { zone: 'America/New_York', dateOrder: 'month-first' }],
    ['local times of an exchange', '2024-01-02 09:30', { exchange: 'XNYS' }],
  ] as const)('%s', async (_, stamp, said) => {
    const later = /^\d{10,}$/.test(stamp)
      ? stamp.replace('5800', '5860')
      : stamp.replace(/\d:?30/, (time) => time.replace('30', '31'));
    const { lines } = await imported(rows(stamp, later), said);
    expect(lines).toEqual([
      '2024-01-02 2024-01-02T14:30Z 2024-01-02T14:31Z',
      '2024-01-02 2024-01-02T14:31Z 2024-01-02T14:32Z',
    ]);
  });

  it.each([
    ['a column of its own', 'date,time,', '2024.01.02,09:30', '2024.01.02,09:31'],
    ['digits', '<DATE>,<TIME>,', '20240102,93000', '20240102,93100'],
    ['hours and minutes', 'Date,Time,', '2024-01-02,930', '2024-01-02,931'],
  ])('date and time in two columns: %s', async (_, columns, first, second) => {
    const content = `${columns}open,high,low,close\n${first},10,12,9,11\n${second},10,12,9,11\n`;
    const { lines, summary } = await imported(content, { exchange: 'XNYS' });
    expect(lines?.[0]).toBe('2024-01-02 2024-01-02T14:30Z 2024-01-02T14:31Z');
    expect(summary.files[0]?.mapping).toContainEqual({
      column: columns.split(',')[1],
      field: 'time',
    });
  });

  it('asks for a zone, and offers the exchanges that the hours fit', async () => {
    const bars = syntheticBars('XTKS', ...days('2024-03-01', '2024-05-31'), 1800);
    const error: LabErrorData = await errorOf(imported(fileOfBars(bars, written.local)));
    expect(error).toMatchObject({ code: 'no-zone', place: { line: 2, column: 'date' } });
    expect(error.fixes?.[0]).toEqual({
      label: 'They are of Tokyo Stock Exchange',
      reading: { exchange: 'XTKS' },
    });
    expect(error.fixes?.slice(1)).toContainEqual({
      label: 'Times are of UTC',
      reading: { zone: 'UTC' },
    });
  });

  it('takes the zone of an exchange that symbols name, and of a column that says UTC', async () => {
    const tokyo = await imported(rows('2024-01-04 09:00', '2024-01-04 09:01'), {}, '7203.T.csv');
    expect(tokyo.lines?.[0]).toBe('2024-01-04 2024-01-04T00:00Z 2024-01-04T00:01Z');
    expect(tokyo.summary.clock).toEqual({
      seconds: 60,
      places: [{ exchange: 'XTKS', zone: 'Asia/Tokyo' }],
      placeOf: [0],
    });
    const utc = rows('02.01.2024 00:00', '02.01.2024 01:00').replace('date', 'Gmt time');
    expect((await imported(utc)).lines?.[1]).toBe('2024-01-02 2024-01-02T01:00Z 2024-01-02T02:00Z');
  });
});

const worlds: readonly (readonly [string, ExchangeCode, string, string, number])[] = [
  ['New York: a DST change and a half day', 'XNYS', '2024-10-28', '2024-11-29', 1800],
  [
    'Tokyo: a lunch break, and a longer session from 2024-11-05',
    'XTKS',
    '2024-10-28',
    '2024-11-29',
    900,
  ],
  ['London: a DST change', 'XLON', '2024-03-20', '2024-04-05', 3600],
  ['futures that open on the evening before', 'CMES', '2024-03-04', '2024-03-15', 3600],
];

describe('sessions', () => {
  it.each(worlds)('%s', async (_, exchange, first, last, length) => {
    const bars = syntheticBars(exchange, ...days(first, last), length);
    const expected = bars.map(({ opens, known, day }) => [opens, known, day]);
    const ways: (readonly [Written, Partial<InputFile>])[] = [
      [written.local, { exchange }],
      [written.offset, { exchange }],
      [written.german, { exchange }],
      [written.american, { exchange, dateOrder: 'month-first' }],
      [written.milliseconds, { exchange }],
      [(at, clock) => written.local(at + length, clock + length), { exchange, stamp: 'end' }],
    ];
    const hashes = new Set<string>();
    for (const [write, said] of ways) {
      const { market, summary } = await imported(fileOfBars(bars, write), said);
      const { opens, known } = market.clock!;
      expect(Array.from(market.day, (day, row) => [opens[row], known[row], day])).toEqual(expected);
      hashes.add(summary.fingerprint);
      expect(summary.files[0]?.timed).toEqual({ seconds: length, stamp: said.stamp ?? 'start' });
      expect(summary.quality.findings.filter(({ kind }) => kind !== 'gap')).toEqual([]);
    }
    expect(hashes.size).toBe(1);
  });

  it('is guessed by the hours, and said', async () => {
    const bars = syntheticBars('XNYS', ...days('2024-01-02', '2024-04-30'), 1800);
    const { summary } = await imported(fileOfBars(bars, written.utc));
    expect(summary.clock?.places).toEqual([{ exchange: 'XNYS', zone: 'America/New_York' }]);
    expect(summary.notes.map(({ text }) => text).join()).toMatch(
      /^A.csv: bars of 30 minutes, with their offset from UTC; a time is the beginning of its bar. Sessions are those of XNYS, as it seems: /,
    );
    expect(summary.files[0]?.found).toMatchObject({ exchange: 'XNYS', stamp: 'start' });
  });

  it('daily bars of an exchange last from its open to its close', async () => {
    const { lines, summary } = await imported(rows('2024-11-27', '2024-11-29', '2024-11-30'), {
      exchange: 'XNYS',
    });
    expect(lines).toEqual([
      '2024-11-27 2024-11-27T14:30Z 2024-11-27T21:00Z',
      '2024-11-29 2024-11-29T14:30Z 2024-11-29T18:00Z',
      '2024-11-30 2024-11-30T14:30Z 2024-11-30T21:00Z',
    ]);
    expect(summary.quality.findings).toMatchObject([{ kind: 'closed', count: 1 }]);
  });

  it('bars before and after hours belong to their date', async () => {
    const { lines } = await imported(
      rows(
        '2024-01-02 04:00',
        '2024-01-02 09:30',
        '2024-01-02 09:45',
        '2024-01-02 15:45',
        '2024-01-02 19:45',
      ),
      { exchange: 'XNYS' },
    );
    expect(lines?.map((line) => line.slice(0, 10))).toEqual(Array(5).fill('2024-01-02'));
  });
});

describe('clocks that are changed', () => {
  const hours = (...times: string[]): string => rows(...times.map((time) => `2024-11-03 ${time}`));
  const newYork = { zone: 'America/New_York', exchange: 'none' } as const;

  it('the hour that comes twice is read in the order of the file, up or down', async () => {
    const up = await imported(hours('00:00', '01:00', '01:00', '02:00'), newYork);
    expect(up.lines?.map((line) => line.slice(11, 28))).toEqual([
      '2024-11-03T04:00Z',
      '2024-11-03T05:00Z',
      '2024-11-03T06:00Z',
      '2024-11-03T07:00Z',
    ]);
    const down = await imported(hours('02:00', '01:00', '01:00', '00:00'), newYork);
    expect(down.lines).toEqual(up.lines);
  });

  it('a day of 25 hours has 25 bars in UTC and on an exchange that never closes', async () => {
    const stamps = Array.from({ length: 25 }, (_, i) =>
      String(Date.parse('2024-11-03T04:00Z') / 1000 + i * 3600),
    );
    expect((await imported(rows(...stamps), { exchange: 'CRYPTO' })).lines).toHaveLength(25);
  });

  it.each([
    ['out of order', hours('02:00', '01:00', '03:00', '01:00'), 'show this time twice', 3],
    ['skipped', rows('2024-03-10 01:30', '2024-03-10 02:30'), 'skip this time', 3],
  ])('%s: refused at its line', async (_, content, problem, line) => {
    const error = await errorOf(imported(content, newYork));
    expect(error).toMatchObject({ kind: 'import', place: { file: 'A.csv', line, column: 'date' } });
    expect(error.problem).toContain(problem);
  });
});

describe('what cannot be bars of one length', () => {
  const local = { exchange: 'none', zone: 'UTC' } as const;
  const minutes = (n: number, from = '2024-01-02T15:00'): string[] =>
    Array.from({ length: n }, (_, i) =>
      new Date(Date.parse(`${from}Z`) + i * 60_000).toISOString().slice(0, 19),
    );

  it.each([
    [
      'half with offsets',
      rows('2024-01-02T15:00:00Z', '2024-01-02T15:01:00'),
      {},
      3,
      /have an offset/,
    ],
    [
      'seconds among minutes',
      rows(...minutes(5), '2024-01-02T15:04:30', '2024-01-02T15:06'),
      local,
      7,
      /begins 30 seconds after/,
    ],
    [
      'hours after minutes',
      rows(
        ...minutes(60),
        ...Array.from({ length: 20 }, (_, i) => `2024-01-03T${String(i).padStart(2, '0')}:00`),
      ),
      local,
      63,
      /begins 1 hour after/,
    ],
    ['an unknown zone', rows(...minutes(3)), { zone: 'Mars/Olympus' }, 2, /no time zone “Mars/],
    [
      'a time that is none',
      rows('2024-01-02 15:00', '2024-01-02 25:61'),
      local,
      3,
      /not a time of day/,
    ],
    [
      'a second bar at once',
      rows('2024-01-02 15:00', '2024-01-02 15:01', '2024-01-02 15:01'),
      local,
      4,
      /second bar at this time/,
    ],
    [
      'bars before the calendar',
      rows('1905-01-03 10:00', '1905-01-03 10:30'),
      { exchange: 'XTKS' },
      2,
      /calendar of XTKS is known from/,
    ],
  ] as const)('%s', async (_, content, said, line, problem) => {
    const error = await errorOf(imported(content, said));
    expect(error).toMatchObject({ kind: 'import', place: { file: 'A.csv', line } });
    expect(error.problem).toMatch(problem);
  });

  it('two files of different lengths, and a file of days among them', async () => {
    const fault = (second: string) =>
      faultOf(
        importAll(engine, [
          file('A.csv', rows(...minutes(3)), local),
          file('B.csv', second, local),
        ]),
      );
    const fiveMinutes = rows('2024-01-02T15:00', '2024-01-02T15:05', '2024-01-02T15:10');
    expect(await fault(fiveMinutes)).toMatchObject({
      problem: 'The bars of this file are of 1 minute, those of B.csv of 5 minutes.',
      ...{ file: 'A.csv', line: 2 },
    });
    expect(await fault(rows('2024-01-02', '2024-01-03'))).toMatchObject({
      problem: 'The bars of this file are of 1 minute, those of B.csv of 1 day.',
    });
  });

  it('counts in another unit than is said', async () => {
    const error = await errorOf(
      imported(rows('1704205800000', '1704205860000'), { dateFormat: 'seconds' }),
    );
    expect(error.problem).toContain('These are milliseconds');
    expect(error.fixes?.[0]).toMatchObject({ reading: { dateFormat: 'milliseconds' } });
  });
});

it('sorts, drops rows that stand twice, and finds bars in a break', async () => {
  const { lines, summary } = await imported(
    `${header}2024-01-04 11:45,10,12,9,11,1\n2024-01-04 11:30,10,12,9,11,2\n2024-01-04 11:45,10,12,9,11,1\n2024-01-04 11:15,10,12,9,11,3\n`,
    { exchange: 'XTKS' },
  );
  expect(lines).toEqual([
    '2024-01-04 2024-01-04T02:15Z 2024-01-04T02:30Z',
    '2024-01-04 2024-01-04T02:30Z 2024-01-04T02:45Z',
    '2024-01-04 2024-01-04T02:45Z 2024-01-04T03:00Z',
  ]);
  expect(summary.quality.findings.map(({ kind, count }) => [kind, count])).toEqual(
    expect.arrayContaining([
      ['duplicate', 1],
      ['closed', 3 - 1 + 1],
    ]),
  );
});

it('says where stamps of ends were taken for beginnings', async () => {
  const bars = syntheticBars('XNYS', ...days('2024-01-02', '2024-01-05'), 60);
  const ends = fileOfBars(bars, (at, clock) => written.local(at + 60, clock + 60));
  const { summary } = await imported(ends, { exchange: 'XNYS' });
  expect(summary.notes.map(({ text }) => text).join(' ')).toContain(
    'A.csv: times look like the ends of bars. In 4 sessions there is one at the close and none at the open.',
  );
});

it('leaves dates with one time a day as they were', async () => {
  const plain = await imported(rows('2024-01-02', '2024-01-03'));
  for (const stamps of [
    ['2024-01-02 00:00:00-05:00', '2024-01-03 00:00:00-05:00'],
    ['2024-01-02 16:00', '2024-01-03 16:00'],
    ['1704153600', '1704240000'],
  ]) {
    const { summary, market } = await imported(rows(...stamps));
    expect(market.clock).toBeUndefined();
    expect(summary.clock).toBeUndefined();
    expect(summary.fingerprint).toBe(plain.summary.fingerprint);
  }
});

describe('a symbol in two files', () => {
  const half = (name: string, exchange: ExchangeCode, ...span: [string, string]) =>
    file(
      name,
      `symbol,${fileOfBars(syntheticBars(exchange, ...days(...span), 1800), written.offset)
        .trim()
        .replaceAll('\n', '\nBMW,')}\n`,
      { exchange },
    );

  it('of two exchanges is refused in the second, and its exchange can be said', async () => {
    const error = await errorOf(
      importAll(engine, [
        half('first.csv', 'XETR', '2024-03-04', '2024-03-08'),
        half('second.csv', 'XLON', '2024-03-11', '2024-03-15'),
      ]),
    );
    expect(error).toMatchObject({
      problem: 'Bars of BMW are of XLON in this file, and of XETR in first.csv.',
      place: { file: 'second.csv', line: 2, column: 'date' },
    });
    expect(error.fixes?.map(({ reading }) => reading)).toEqual([{ exchange: 'XETR' }]);
  });
});
