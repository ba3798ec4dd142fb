import { readFileSync } from 'node:fs';
import { Float64, Table, TimestampMillisecond, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/domain/errors.ts';
import type { InputFile } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { unpack } from '../../workers/services/import/unpack.ts';
import { barLines, errorOf, faultOf, file, importAll } from '../unit/import/importing.ts';
import { type Bytes, arrow, gz, parquet, utf8, utf16, workbook, zip, zst } from './containers.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const bars = async (...files: InputFile[]): Promise<string[]> =>
  barLines(await importAll(engine, files));

const header = 'date,open,high,low,close,volume\n';
const good = '2020-01-02,10,12,9,11,1000\n';
const text = `${header}${good}2020-01-03,11,13,10,12,2000\n`;
const plain = ['A 2020-01-02 10 12 9 11 1000', 'A 2020-01-03 11 13 10 12 2000'];

const day = (date: number): Date => new Date(Date.UTC(2020, 0, date));
const names = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume'];
const sheet = [names, [day(2), 10, 12, 9, 11, 1000], [day(3), 11, 13, 10, 12, 2000]];
const prices = [
  { name: 'open', data: [10, 11] },
  { name: 'high', data: [12, 13] },
  { name: 'low', data: [9, 10] },
  { name: 'close', data: [11, 12] },
  { name: 'volume', data: [1000n, 2000n] },
];

/** With a comma in a name, and accents. */
const accented = `Symbol,${header.trim()},Börse\nA,2020-01-02,10,12,9,11,1000,Zürich\n`;
const latin1 = Uint8Array.from(accented, (char) => char.charCodeAt(0));

describe('a table in another container', () => {
  it.each<[string, string, Bytes | (() => Promise<Bytes>)]>([
    ['zstd', 'A.csv.zst', zst(utf8(text))],
    [
      'two frames of zstd',
      'A.csv.zst',
      new Uint8Array([...zst(utf8(header)), ...zst(utf8(text.slice(header.length)))]),
    ],
    [
      'zstd as its own program packs it',
      'A.csv.zst',
      new Uint8Array(readFileSync('test/sql/containers/A.csv.zst')),
    ],
    ['UTF-16 with a mark', 'A.csv', utf16(text)],
    ['UTF-16, big end first', 'A.csv', utf16(text, { big: true })],
    ['UTF-16 without a mark', 'A.csv', utf16(text, { mark: false })],
    ['UTF-16, big end first, without a mark', 'A.csv', utf16(text, { big: true, mark: false })],
    [
      'Parquet',
      'A.parquet',
      parquet([{ name: 'date', data: [day(2), day(3)], type: 'TIMESTAMP' }, ...prices]),
    ],
    [
      'Parquet with an index of pandas',
      'A.parquet',
      parquet([...prices, { name: '__index_level_0__', data: ['2020-01-02', '2020-01-03'] }]),
    ],
    [
      'Parquet beside lists that are not wanted',
      'A.parquet',
      parquet([
        { name: 'date', data: ['2020-01-02', '2020-01-03'] },
        ...prices,
        { name: 'tags', data: [{ a: 1 }, { a: 2 }], type: 'JSON' },
      ]),
    ],
    ['a workbook', 'A.xlsx', workbook({ Sheet1: sheet })],
    ['a workbook of before 2007', 'A.xls', workbook({ Sheet1: sheet }, 'xls')],
    ['a binary workbook', 'A.xlsb', workbook({ Sheet1: sheet }, 'xlsb')],
    ['an OpenDocument workbook', 'A.ods', workbook({ Sheet1: sheet }, 'ods')],
    [
      'a workbook with a preamble, a hidden sheet and an empty one',
      'A.xlsx',
      workbook({ _Old: sheet, Empty: [], Data: [['Prices, of A'], [], ...sheet] }),
    ],
    ['zip', 'all.zip', () => zip({ 'A.csv': utf8(text) })],
    ['zip without compression', 'all.zip', () => zip({ 'A.csv': utf8(text) }, { level: 0 })],
    ['zip64', 'all.zip', () => zip({ 'A.csv': utf8(text) }, { zip64: true })],
    [
      'zip with folders and what systems leave',
      'all.zip',
      () =>
        zip({
          'in/': utf8(''),
          'in/A.csv': utf8(text),
          '__MACOSX/in/._A.csv': utf8('x'),
          'in/.DS_Store': utf8('x'),
        }),
    ],
    [
      'a zip in a zip',
      'all.zip',
      async () => zip({ 'in.zip': await zip({ 'A.csv.gz': gz(utf8(text)) }) }),
    ],
    ['a workbook in a zip', 'all.zip', () => zip({ 'A.xlsx': workbook({ Sheet1: sheet }) })],
  ])('%s', async (_, name, content) => {
    const bytes = typeof content === 'function' ? await content() : content;
    const dataset = await importAll(engine, [file(name, bytes)]);
    expect(barLines(dataset)).toEqual(plain);
    expect(dataset.summary.notes).toEqual([]);
  });

  it('is told where its encoding was guessed, and what was left out of an archive', async () => {
    const { summary } = await importAll(engine, [file('A.csv', latin1)]);
    expect(summary.notes.map((note) => note.text)).toEqual([
      'A.csv: read as Windows-1252, since its bytes are not UTF-8; check names with accents.',
    ]);
    const members = {
      'A.csv': utf8(text),
      'README.md': utf8('x'),
      'about.json': utf8('{}'),
      'ReadMe.txt': utf8('x'),
    };
    const packed = await importAll(engine, [file('all.zip', await zip(members))]);
    expect(barLines(packed)).toEqual(plain);
    expect(packed.summary.notes.map((note) => note.text)).toEqual([
      'Left out, since they look like no data: all.zip/README.md, all.zip/about.json, all.zip/ReadMe.txt.',
    ]);
    expect(packed.summary.given).toEqual([0]);
  });

  it('has Windows-1252 where Latin-1 has controls, in every runtime', async () => {
    const euro = Uint8Array.from(`symbol,${header}`, (char) => char.charCodeAt(0));
    const row = Uint8Array.from(`\x80\x92\xe9,${good}`, (char) => char.charCodeAt(0));
    const { market } = await importAll(engine, [file('x.csv', new Uint8Array([...euro, ...row]))]);
    expect(market.symbols).toEqual(['€’é']);
  });

  it('gives each member and sheet a name, a role and a hash of its own', async () => {
    const book = workbook({ SPY: sheet, QQQ: sheet, About: [['Made by hand']] });
    const { summary, market } = await importAll(engine, [
      file(
        'more.zip',
        await zip({
          'data/Book.xlsx': book,
          'TLT.csv': utf8(text),
          'vix.csv': utf8('date,VIX\n2020-01-02,20\n'),
        }),
      ),
    ]);
    expect(market.symbols).toEqual(['QQQ', 'SPY', 'TLT']);
    expect(summary.files.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'more.zip/data/Book.xlsx/SPY bars',
      'more.zip/data/Book.xlsx/QQQ bars',
      'more.zip/TLT.csv bars',
      'more.zip/vix.csv macro',
    ]);
    const alone = await importAll(engine, [file('TLT.csv', text)]);
    expect(summary.files[2]?.sha256).toBe(alone.summary.files[0]?.sha256);
  });

  const made = (name: string): Bytes => new Uint8Array(readFileSync(`test/sql/containers/${name}`));

  it.each([
    'polars-lz4.arrow',
    'polars-categories.arrow',
    'polars.arrows',
    'pandas.feather',
    'pandas-zstd.feather',
  ])('has the bits of its CSV: %s', async (name) => {
    const { summary } = await importAll(engine, [file('bars.csv', made('bars.csv'))]);
    const other = await importAll(engine, [file(name, made(name))]);
    expect(other.summary.fingerprint).toBe(summary.fingerprint);
    expect(other.summary.bars).toBe(60);
  });

  it('dates instants in Parquet by their zone', async () => {
    const zone = new Uint8Array(readFileSync('test/sql/containers/zone.parquet'));
    expect(barLines(await importAll(engine, [file('A.parquet', zone)]))).toEqual([
      'A 2020-01-02 1 1 1 1 NaN',
    ]);
  });

  it('keeps the digits of decimals, times and single floats', async () => {
    const exact = parquet([
      { name: 'date', data: [day(2)], type: 'TIMESTAMP' },
      { name: 'open', data: new Float32Array([10.1]), type: 'FLOAT' },
      { name: 'high', data: ['1012.30'] },
      { name: 'low', data: [9] },
      { name: 'close', data: [11] },
    ]);
    expect(await bars(file('A.parquet', exact))).toEqual([
      'A 2020-01-02 10.100000381469727 1012.3 9 11 NaN',
    ]);
    const types = new Uint8Array(readFileSync('test/sql/containers/types.parquet'));
    expect(await bars(file('types.parquet', types))).toEqual([
      'A 2020-01-02 10.12 12 9 11 1000',
      'A 2020-01-03 11.1 13 10 12 NaN',
    ]);
    const book = workbook({
      A: [names, [day(2), 0.1, 1012.345678901234, 0.1, 0.30000000000000004, null]],
    });
    expect(await bars(file('A.xlsx', book))).toEqual([
      'A 2020-01-02 0.1 1012.345678901234 0.1 0.30000000000000004 NaN',
    ]);
  });

  it('takes a formula’s value and no error cell from a workbook, and names its rows', async () => {
    const error = { t: 'e', v: 42 };
    const formula = { t: 'n', f: 'B4+1', v: 13 };
    const rows: unknown[][] = [
      ['Prices'],
      [],
      names,
      [day(2), 10, 12, 9, 11, error],
      [day(3), 11, formula, 10, 12, 5],
    ];
    expect(await bars(file('A.xlsx', workbook({ S: rows })))).toEqual([
      'A 2020-01-02 10 12 9 11 NaN',
      'A 2020-01-03 11 13 10 12 5',
    ]);
    rows.push([], [day(6), 11, 'ten', 10, 12, 5]);
    expect(await faultOf(importAll(engine, [file('A.xlsx', workbook({ S: rows }))]))).toEqual({
      kind: 'import',
      given: 0,
      problem: 'This is not a price.',
      file: 'A.xlsx',
      line: 7,
      column: 'High',
      value: 'ten',
    });
  });
});

describe('what containers cannot be imported', () => {
  const damagedAt = (bytes: Bytes, at: number): Bytes => {
    const damaged = bytes.slice();
    damaged[at]! ^= 0xff;
    return damaged;
  };
  const manyZeros = new Uint8Array(120_000_000);

  it.each<[string, string, () => Bytes | Promise<Bytes>, RegExp, string?]>([
    [
      'a .zst cut off',
      'A.csv.zst',
      () => zst(utf8(text)).subarray(0, 60),
      /^This .zst file is damaged/,
    ],
    [
      'a bomb of zstd',
      'A.csv.zst',
      () => zst(manyZeros, { repeated: true }),
      /more than 100 times its size/,
    ],
    [
      'a zip cut off',
      'a.zip',
      async () => (await zip({ 'A.csv': utf8(text) })).subarray(0, 80),
      /^This zip archive is damaged/,
    ],
    [
      'a zip with damage',
      'a.zip',
      async () => damagedAt(await zip({ 'A.csv': utf8(text) }), 60),
      /^This zip archive is damaged/,
      'a.zip/A.csv',
    ],
    ['a bomb of zip', 'a.zip', () => zip({ 'A.csv': manyZeros }), /more than 100 times its size/],
    [
      'a zip with a password',
      'a.zip',
      () => zip({ 'A.csv': utf8(text) }, { password: 'x', zipCrypto: true }),
      /password/,
      'a.zip/A.csv',
    ],
    ['an empty zip', 'a.zip', () => zip({}), /^This archive holds no files of data/],
    [
      'a zip without data',
      'a.zip',
      () => zip({ 'a.md': utf8('x') }),
      /^This archive holds no files of data/,
    ],
    [
      'an empty member',
      'a.zip',
      () => zip({ 'A.csv': utf8(''), 'B.csv': utf8(text) }),
      /^The file is empty/,
      'a.zip/A.csv',
    ],
    [
      'a zip three deep',
      'a.zip',
      async () => zip({ 'b.zip': await zip({ 'c.zip': await zip({ 'A.csv': utf8(text) }) }) }),
      /^This is a zip archive or a workbook within/,
      'a.zip/b.zip/c.zip',
    ],
    [
      'a page in a zip',
      'a.zip',
      () => zip({ 'A.csv': utf8('<!doctype html>') }),
      /^This is a web page/,
      'a.zip/A.csv',
    ],
    [
      'a workbook of nothing',
      'A.xlsx',
      () => workbook({ S: [['x']] }),
      /^No sheet of this workbook has a row/,
    ],
    [
      'a bomb of a workbook',
      'A.xlsx',
      () => zip({ 'xl/workbook.xml': manyZeros }),
      /more than 100 times its size/,
    ],
    [
      'a damaged workbook',
      'A.xls',
      () => workbook({ S: sheet }, 'xls').subarray(0, 600),
      /^This is no workbook that can be read/,
    ],
    [
      'half a character of UTF-16',
      'A.csv',
      () => new Uint8Array([...utf16(text), 0x31]),
      /^This UTF-16 text is damaged/,
    ],
    ['JSON in UTF-16', 'A.csv', () => utf16('[{"date": 1}]'), /^This is JSON/],
    [
      'Parquet cut off',
      'A.parquet',
      () =>
        parquet([{ name: 'date', data: ['2020-01-02', '2020-01-03'] }, ...prices]).subarray(0, 300),
      /^This Parquet file is damaged/,
    ],
  ])('%s', async (_, name, content, problem, place = name) => {
    const error = await errorOf(importAll(engine, [file(name, (await content()).slice())]));
    expect(error).toMatchObject({ kind: 'import', place: { file: place } });
    expect(error.problem).toMatch(problem);
    expect(error.remedy).toMatch(/\.$/);
  });

  it('is not believed where a zip lies of its sizes', async () => {
    const honest = await zip({ 'A.csv': manyZeros });
    const lying = honest.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 4 < lying.length; at++)
      if (view.getUint32(at, true) === manyZeros.length) view.setUint32(at, 1000, true);
    const { kind, place } = await errorOf(importAll(engine, [file('a.zip', lying)]));
    expect({ kind, place }).toEqual({ kind: 'import', place: { file: 'a.zip/A.csv' } });
  });

  it.each([
    ['polars-lz4.arrow', 41],
    ['pandas-zstd.feather', 67],
  ])('reads %s with a damaged byte, or refuses it, at once', async (name, step) => {
    const whole = new Uint8Array(readFileSync(`test/sql/containers/${name}`));
    for (let at = 8; at < whole.length - 8; at += step) {
      const outcome = await importAll(engine, [file(name, damagedAt(whole, at))]).then(
        () => 'import',
        (error: unknown) => (error instanceof LabError ? error.data.kind : String(error)),
      );
      expect(outcome, `byte ${at}`).toBe('import');
    }
  });

  it('reads Parquet with a damaged byte, or refuses it, at once', async () => {
    const whole = parquet([{ name: 'date', data: ['2020-01-02', '2020-01-03'] }, ...prices]);
    for (let at = 4; at < whole.length - 4; at += 29) {
      const error = await importAll(engine, [file('A.parquet', damagedAt(whole, at))]).then(
        () => ({ data: { kind: 'import' } }),
        (error: unknown) => error,
      );
      expect(error, `byte ${at}`).toMatchObject({ data: { kind: 'import' } });
    }
  });

  it('stops an unpacking that is cancelled', async () => {
    const controller = new AbortController();
    const files = [file('a.zip', await zip({ 'A.csv': utf8(text) })), file('b.csv', text)];
    const work = unpack(files, () => controller.abort(), controller.signal);
    expect(await errorOf(work)).toMatchObject({ kind: 'cancelled' });
  });
});

describe('any container', () => {
  const price = fc.integer({ min: 1, max: 10_000_000 }).map((n) => n / 1000);
  const rows = fc.array(fc.record({ low: price, up: price, volume: fc.nat(1e9) }), {
    minLength: 1,
    maxLength: 12,
  });

  it('gives the same bits as the plain CSV', async () => {
    const container = fc.constantFrom(
      'gz',
      'zst',
      'zip',
      'utf16',
      'utf16be',
      'parquet',
      'arrow',
      'xlsx',
      'ods',
    );
    await fc.assert(
      fc.asyncProperty(rows, container, async (made, kind) => {
        const table = made.map(({ low, up, volume }, i) => ({
          date: new Date(Date.UTC(2020, 0, 1 + i)),
          open: low,
          high: low + up,
          low,
          close: low + up,
          volume,
        }));
        const csv = utf8(
          header +
            table
              .map(({ date, ...row }) =>
                [date.toISOString().slice(0, 10), ...Object.values(row)].join(),
              )
              .join('\n'),
        );
        const columns = Object.keys(table[0]!) as (keyof (typeof table)[0])[];
        const column = (name: keyof (typeof table)[0]) => table.map((row) => row[name]);
        const make: Record<string, () => Bytes | Promise<Bytes>> = {
          gz: () => gz(csv),
          zst: () => zst(csv),
          zip: () => zip({ 'A.csv': csv }),
          utf16: () => utf16(new TextDecoder().decode(csv)),
          utf16be: () => utf16(new TextDecoder().decode(csv), { big: true, mark: false }),
          parquet: () =>
            parquet(
              columns.map((name) => ({
                name,
                data: column(name),
                type: name === 'date' ? 'TIMESTAMP' : 'DOUBLE',
              })),
            ),
          arrow: () =>
            arrow(
              new Table(
                Object.fromEntries(
                  columns.map((name) => [
                    name,
                    vectorFromArray(
                      column(name),
                      name === 'date' ? new TimestampMillisecond() : new Float64(),
                    ),
                  ]),
                ),
              ),
            ),
          xlsx: () => workbook({ S: [columns, ...table.map((row) => Object.values(row))] }),
          ods: () => workbook({ S: [columns, ...table.map((row) => Object.values(row))] }, 'ods'),
        };
        const of = async (name: string, bytes: Bytes) =>
          (await importAll(engine, [file(name, bytes)])).summary.fingerprint;
        expect(await of(kind === 'zip' ? 'A.zip' : 'A.csv', await make[kind]!())).toBe(
          await of('A.csv', csv),
        );
      }),
      { numRuns: 18 },
    );
  }, 60_000);
});
