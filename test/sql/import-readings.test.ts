/** What a person says of how a file is read, what is found where nobody says, and the ways on from a fault. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dateFormats } from '../../src/domain/reading.ts';
import { importSql } from '../../src/sql/import/catalogue.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { understand } from '../../workers/services/import/understand.ts';
import { barLines, errorOf, file, importAll } from '../unit/import/importing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const bars = async (content: string, reading: Partial<InputFile>): Promise<string[]> =>
  barLines(await importAll(engine, [file('A.csv', content, reading)]));
const look = (...files: InputFile[]) => understand(engine, files, () => undefined);

it('every format of dates that can be said is one that the engine tries', () => {
  for (const format of dateFormats)
    expect(importSql.days.text).toMatch(`${format}"`.replace('YYYY-MM-DD"', "'YYYY-MM-DD'"));
});

describe('what is said', () => {
  it.each<[string, string, Partial<InputFile>]>([
    [
      'the delimiter',
      'date;open,high;low;close\n2020-01-02;1;1;2\n',
      { delimiter: ';', columns: { open: 'close', high: 'close', low: 'low' } },
    ],
    [
      'the line of names',
      'date,open,high,low,close\nday,o,h,l,c\n2020-01-02,1,2,1,2\n',
      { headerLine: 2 },
    ],
    [
      'that there are no names',
      '2020-01-02,1,2,1,2\n',
      {
        headerLine: 0,
        columns: {
          date: 'column 1',
          open: 'column 2',
          high: 'column 3',
          low: 'column 4',
          close: 'column 5',
        },
      },
    ],
    [
      'columns',
      'date,open,high,low,close,mid\n2020-01-02,1,2,1,9,2\n',
      { columns: { close: 'mid' } },
    ],
    [
      'the format of dates',
      'date,open,high,low,close\n01/02/2020,1,2,1,2\n',
      { dateFormat: 'MM/DD/YYYY' },
    ],
    [
      'the decimal sign',
      'date;open;high;low;close\n2020-01-02;1,000;2,000;1,000;2,000\n',
      { decimal: ',' },
    ],
    [
      'an empty cell',
      'date,open,high,low,close,volume\n2020-01-02,1,2,1,2,halted\n',
      { blanks: ['halted'] },
    ],
    [
      'where to begin',
      'date,open,high,low,close\n1980-01-02,0,2,1,2\n2020-01-02,1,2,1,2\n',
      { from: '1982-01-01' },
    ],
    [
      'to leave out what cannot stand',
      'date,open,high,low,close\n2020-01-01,x,2,1,2\n2020-01-02,1,2,1,2\n',
      { leavesOutFaults: true },
    ],
  ])('counts: %s', async (_, content, reading) => {
    const [bar, ...more] = await bars(content, reading);
    expect(bar).toMatch(/^A 2020-01-02 [12] 2 1 2 NaN$/);
    expect(more).toEqual([]);
  });

  it('is refused where the file has no such column', async () => {
    const content = 'date,open,high,low,close\n2020-01-02,1,2,1,2\n';
    const refused = (columns: Record<string, string>) =>
      errorOf(importAll(engine, [file('A.csv', content, { columns })]));
    expect(await refused({ close: 'last' })).toMatchObject({
      problem: expect.stringContaining('There is no column “last”'),
      place: { file: 'A.csv', given: 0, line: 1 },
    });
    expect(await refused({ __proto: 'close' })).toMatchObject({
      problem: 'No column can be “__proto”.',
    });
  });

  it('stands in the summary, and rows left out are told', async () => {
    const content =
      'symbol,date,open,high,low,close\nA,1980-01-02,1,1,1,1\nA,2020-01-02,1,1,1,1\nB,2020-01-02,x,1,1,1\n';
    const reading = { from: '1990-01-01', leavesOutFaults: true };
    const { summary } = await importAll(engine, [file('all.csv', content, reading)]);
    expect(summary.files[0]).toMatchObject({ reading, rows: 1 });
    expect(summary.facts.symbols).toEqual(['A']);
    expect(summary.notes.map(({ text }) => text)).toEqual([
      'all.csv: 1 row before 1990-01-01 left out, as you asked.',
      'all.csv: 1 row that cannot stand left out, as you asked (line 4).',
    ]);
  });
});

describe('a fault', () => {
  const old = ['1980-01-02', '1980-01-03', '1980-01-04'].map((day) => `${day},0,1,1,1`);
  const content = [
    'date,open,high,low,close,volume',
    ...old.map((row) => `${row},5`),
    '1982-04-20,1,1,1,1,n.a.',
  ].join('\n');

  it('counts its kind, and every way on from it leads somewhere', async () => {
    const first = await errorOf(importAll(engine, [file('SPY.csv', content)]));
    expect(first).toMatchObject({
      problem: 'Prices must be above zero. It is one of 3 such rows, the last on 1980-01-04.',
      place: { file: 'SPY.csv', given: 0, line: 2, column: 'open', value: '0' },
      fixes: [
        { label: 'Leave the 3 rows out', reading: { leavesOutFaults: true } },
        { label: 'Start on 1982-04-20', reading: { from: '1982-04-20' } },
      ],
    });
    const from = first.fixes![1]!.reading;
    const second = await errorOf(importAll(engine, [file('SPY.csv', content, from)]));
    expect(second).toMatchObject({
      problem: 'This is not a volume.',
      place: { line: 5, column: 'volume', value: 'n.a.' },
    });
    const blank = second.fixes!.find(({ label }) => label.includes('empty cell'))!.reading;
    expect(await bars(content, { ...from, ...blank })).toEqual(['A 1982-04-20 1 1 1 1 NaN']);
  });

  it('of a file that can be read in two ways asks', async () => {
    const undecided = 'date;open;high;low;close\n2020-01-02;1,000;2,000;1,000;2,000\n';
    const { fixes } = await errorOf(importAll(engine, [file('A.csv', undecided)]));
    const read: string[] = [];
    for (const { reading } of fixes!) read.push(...(await bars(undecided, reading)));
    expect(read).toEqual(['A 2020-01-02 1000 2000 1000 2000 NaN', 'A 2020-01-02 1 2 1 2 NaN']);
  });
});

describe('a look before the import', () => {
  it('says how each file would be read, and shows its first and last rows', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `2020-01-0${i + 1};1,5;2,5;1,5;2,5;x`);
    const [found] = await look(
      file('A.csv', ['Source: x', 'Datum;Eröffnung;Hoch;Tief;Schluss;Rest', ...rows].join('\n')),
    );
    expect(found).toMatchObject({
      name: 'A.csv',
      role: 'bars',
      found: { delimiter: ';', headerLine: 2, dateFormat: 'YYYY-MM-DD', decimal: ',' },
      unused: ['Rest'],
      isWhole: true,
      error: null,
    });
    expect(found!.first.map(([date]) => date)).toEqual(['2020-01-01', '2020-01-02', '2020-01-03']);
    expect(found!.last.map(([date]) => date)).toEqual(['2020-01-07', '2020-01-08', '2020-01-09']);
  });

  it('keeps the question of each file, and what cannot be read at all', async () => {
    const looked = await look(
      file('a.csv', 'date,open,high,low,close\n01/02/2020,1,1,1,1\n'),
      file('b.csv', 'date;open;high;low;close\n01/02/2020;1,000;1,000;1,000;1,000\n'),
      file('c.csv', 'when,what\n1,2\n3,4\n'),
      file('d.csv', '%PDF-1.4\0'),
      file('e.csv', 'date,open,high,low,close\n2020-01-02,1,1,1,1\n'),
    );
    expect(
      looked.map(({ role, error }) => [role, error?.fixes?.length ?? error?.problem ?? null]),
    ).toEqual([
      ['bars', 2],
      ['bars', 2],
      [null, expect.stringContaining('The columns are not those of bars')],
      [null, 'This is a PDF.'],
      ['bars', null],
    ]);
  });

  it('leaves the dataset, and is believed: what it found, said again, gives the same bars', async () => {
    const { summary } = await importAll(engine, [
      file('B.csv', 'date,open,high,low,close\n2020-01-02,1,1,1,1\n'),
    ]);
    const given = file(
      'A.txt',
      '"Data","Último","Abertura","Máxima","Mínima","Vol."\n"16.08.2023","115,592","116,171","117,338","115,534","18,86M"\n',
    );
    const [found] = await look(given);
    const table = await engine.query('SELECT symbol FROM symbols');
    expect(summary.facts.symbols).toEqual([table.getChildAt(0)?.get(0)]);
    const said = await importAll(engine, [{ ...given, ...found!.found, role: found!.role! }]);
    expect(said.summary.fingerprint).toBe((await importAll(engine, [given])).summary.fingerprint);
  });

  it('looks at the beginning and the end of a large file', async () => {
    const row = (i: number) =>
      `${new Date(i * 86_400_000).toISOString().slice(0, 10)},1.0000,1.0000,1.0000,1.0000,${i}\n`;
    const text = `date,open,high,low,close,volume\n${Array.from({ length: 60_000 }, (_, i) => row(i - 60_000)).join('')}`;
    const [found] = await look(file('A.csv', text));
    expect(found).toMatchObject({ isWhole: false, role: 'bars', error: null });
    expect(found!.last.at(-1)![5]).toBe('-1');
  });
});
