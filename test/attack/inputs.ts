import { gzipSync } from 'node:zlib';
import {
  Bool,
  DateDay,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Table,
  Utf8,
  type Vector,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import type { RandomStream } from '../../src/domain/random.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { type FileRole, fileRoles } from '../../src/wire/lab.ts';
import type { Attack } from './attack.ts';
import { damagedBytes } from './damage.ts';
import {
  type Cells,
  csvOf,
  fileOf,
  quiet,
  soundCells,
  startLab,
  wrongInDataset,
  wrongInRun,
} from './lab.ts';
import { outcomeOf } from './outcome.ts';

type Content = string | Uint8Array<ArrayBuffer>;
type Generator = (cells: Cells, stream: RandomStream) => Content;

const pick = <T>(stream: RandomStream, list: readonly T[]): T => list[stream.below(list.length)]!;
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts));

/** One of these texts in a cell of a column whose name fits, of a row at random. */
const cell =
  (column: RegExp, ...texts: readonly string[]): Generator =>
  (cells, stream) => {
    const fitting = cells[0]!.flatMap((name, i) => (column.test(name) ? [i] : []));
    const row = cells[1 + stream.below(cells.length - 1)]!;
    row[fitting.length === 0 ? 0 : pick(stream, fitting)] = pick(stream, texts);
    return csvOf(cells);
  };
/** One of these texts in all cells of a column. */
const column =
  (name: string, ...texts: readonly string[]): Generator =>
  (cells, stream) => {
    const text = pick(stream, texts);
    return csvOf(cells.map((row, i) => [...row, i === 0 ? name : text]));
  };
const header =
  (change: (names: string[], stream: RandomStream) => string[]): Generator =>
  (cells, stream) =>
    csvOf([change([...cells[0]!], stream), ...cells.slice(1)]);
const text =
  (change: (whole: string, stream: RandomStream) => Content): Generator =>
  (cells, stream) =>
    change(csvOf(cells), stream);
const put = (whole: string, stream: RandomStream, added: string): string => {
  const at = stream.below(whole.length);
  return whole.slice(0, at) + added + whole.slice(at);
};

const values = /open|high|low|close|value|attention|return/;
const names = /symbol|series/;
const dates = /date|from|to/;

const csv: Readonly<Record<string, Generator>> = {
  'a column missing': (cells, stream) => {
    const gone = stream.below(cells[0]!.length);
    return csvOf(cells.map((row) => row.filter((_, i) => i !== gone)));
  },
  'a column twice': (cells, stream) => {
    const twice = stream.below(cells[0]!.length);
    return csvOf(cells.map((row) => [...row, row[twice]!]));
  },
  'columns of other names': header((all, stream) =>
    all.with(stream.below(all.length), pick(stream, ['', 'x', '__proto__', '🦆', '"'])),
  ),
  'no header': (cells) => csvOf(cells.slice(1)),
  'a header alone': (cells) => csvOf(cells.slice(0, 1)),
  'the header again': (cells, stream) =>
    csvOf(cells.toSpliced(stream.below(cells.length), 0, cells[0]!)),
  'a row twice': (cells, stream) => csvOf([...cells, cells[1 + stream.below(cells.length - 1)]!]),
  'rows out of order': (cells) => csvOf([cells[0]!, ...cells.slice(1).reverse()]),
  'words for numbers': cell(
    values,
    'NaN',
    'nan',
    'Infinity',
    '-inf',
    'null',
    'N/A',
    '-',
    'true',
    '1e999',
    '1e-999',
    'x',
    '١٢',
    '½',
  ),
  'odd numbers': cell(
    values,
    '0x10',
    '1_000',
    '1,5',
    '1.2.3',
    '--1',
    '+1',
    '1e3',
    '.5',
    '5.',
    '1 000',
    '$1',
    '1%',
    '(1)',
    "1'000",
  ),
  'numbers out of range': cell(
    values,
    '0',
    '-1',
    '-0',
    '1e308',
    '1.8e308',
    '5e-324',
    '1e15',
    '99999999999',
    '-1.5',
  ),
  'huge volumes': cell(/volume/, '-1', '1e308', 'NaN', '0.5', '9007199254740993', 'x', '1e18'),
  'a high below its low': cell(/high/, '0.0001'),
  'dates that are none': cell(
    dates,
    '2019-02-30',
    '2019-13-01',
    '0000-00-00',
    '',
    'yesterday',
    '2019-1-1',
    '-5',
    'NaN',
    '32.12.2019',
  ),
  'dates far away': cell(
    dates,
    '0001-01-01',
    '9999-12-31',
    '99999-01-01',
    '1',
    '99999999999999',
    '-2000-01-01',
    '1e12',
  ),
  'ambiguous dates': (cells) =>
    csvOf(cells.map((row) => row.map((one) => one.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1')))),
  'mixed dates': cell(dates, '02/01/2019', '20190102', 'Jan 2, 2019', '1546387200', '2.1.2019'),
  formulas: cell(names, '=1+1', '@SUM(A1)', '+cmd|x', '-2+3', '=HYPERLINK("x")'),
  'control characters': cell(
    names,
    'A\0B',
    'A\x1b[31mB',
    'A\x07',
    'A\x7fB',
    'A\u0085B',
    '\x1b]0;x\x07',
  ),
  'turned and invisible text': cell(
    names,
    'A\u202eB',
    '\u2066A',
    'A\u200bB',
    '\ufeffA',
    'A\u0301',
    '\u061cA',
    '\u2028A',
  ),
  'names of other things': cell(
    names,
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "'; DROP TABLE bars; --",
    '{bars}',
    '$1',
    '%s',
    '"x"',
    "O'X",
  ),
  'long names': cell(names, 'A'.repeat(201), 'Ä'.repeat(10_000)),
  'empty cells': cell(/./, '', ' ', '\t', '""', '\u00a0'),
  'lone quotes': text((whole, stream) => put(whole, stream, '"')),
  'a cell over several lines': cell(names, '"A\nB"', '"A,B"', '"A""B"'),
  'ragged rows': text((whole, stream) =>
    put(whole, stream, pick(stream, [',', ',,,,,', '\n', ',x,y\n'])),
  ),
  'other separators': text((whole, stream) =>
    whole.replaceAll(',', pick(stream, [';', '\t', '|', ' ', ':', '\x1f'])),
  ),
  'line ends of all kinds': text((whole, stream) =>
    whole.replaceAll('\n', () => pick(stream, ['\n', '\r', '\r\n', '\n\r', '\n\n'])),
  ),
  currencies: column('currency', 'USD', 'usd', '', 'XXX', 'U\0D', '💶', 'EURUSD'),
  'an adjusted close': column('adj close', '0', '-1', 'NaN', '', '1e300', '1e-300', '10'),
  'times of availability': column('available_at', '2018-01-01', '', 'x', '2030-01-01'),
  'a mark of byte order': text(
    (whole, stream) => `\ufeff${pick(stream, [whole, '', `\ufeff${whole}`])}`,
  ),
  'UTF-16': text((whole, stream) => {
    const little = Buffer.from(`${pick(stream, ['\ufeff', ''])}${whole}`, 'utf16le');
    return joined(stream.below(2) === 0 ? little : little.swap16());
  }),
  'other encodings': text((whole, stream) =>
    joined(Buffer.from(put(whole, stream, 'Ä\xff'), 'latin1')),
  ),
  'damaged bytes': text((whole, stream) => damagedBytes(stream, bytesOf(whole))),
  noise: (_, stream) => Uint8Array.from({ length: stream.below(5000) }, () => stream.below(256)),
  'next to nothing': (_, stream) =>
    pick(stream, ['', '\n', ' ', ',', '"', '\0', '\ufeff', ',,,\n,,,\n', 'date', '-', '\r\r\r']),
  'what is no table': (_, stream) =>
    pick(stream, [
      '[{"date":1}]',
      '{}',
      '<html>',
      '%PDF-1.7',
      '#!/bin/sh',
      'PAR1',
      'SQLite format 3\0',
      'PK\x03\x04',
      'PK\x05\x06',
      'Obj\x01',
      '<?xml version="1.0"?>',
    ]),
  'deep JSON': () => '['.repeat(1_000_000),
};

/** Each of these takes a second or more: once for each role. */
const large: Readonly<Record<string, Generator>> = {
  'a cell of 10 MB': cell(/./, 'x'.repeat(10_000_000)),
  '100,000 columns': (cells) =>
    csvOf(
      cells
        .slice(0, 4)
        .map((row, i) => [
          ...row,
          ...Array.from({ length: 100_000 }, (_, k) => (i === 0 ? `c${k}` : '1')),
        ]),
    ),
  'a header of 5 MB': header((all) => [...all, 'x'.repeat(5_000_000)]),
  'a million empty lines': text((whole) => whole + '\n'.repeat(1_000_000)),
  'a line of 20 MB of commas': text((whole) => whole + ','.repeat(20_000_000)),
  'a gzip of 300 MB of zeros': () => joined(gzipSync(new Uint8Array(300_000_000))),
  'a gzip of 300 MB of lines': text((whole) => joined(gzipSync(whole + '\n'.repeat(300_000_000)))),
};

const gzip: Readonly<Record<string, Generator>> = {
  'a sound gzip': text((whole) => joined(gzipSync(whole))),
  'gzip in gzip': text((whole) => joined(gzipSync(gzipSync(whole)))),
  'a gzip cut off': text((whole, stream) => {
    const packed = gzipSync(whole);
    return joined(packed.subarray(0, stream.below(packed.length)));
  }),
  'a gzip of two members': text((whole) =>
    joined(gzipSync(whole.slice(0, 300)), gzipSync(whole.slice(300))),
  ),
  'a gzip with something after it': text((whole, stream) =>
    joined(gzipSync(whole), bytesOf(pick(stream, ['x', '\0'.repeat(512)]))),
  ),
  'a damaged gzip': text((whole, stream) => damagedBytes(stream, gzipSync(whole))),
  'a gzip of nothing': () => joined(gzipSync('')),
};

/** A table of Arrow's, with columns of these types. */
const arrowOf = (
  columns: Readonly<Record<string, Vector>>,
  stream: RandomStream,
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(tableToIPC(new Table(columns), stream.below(2) === 0 ? 'file' : 'stream'));
const typed = (cells: Cells, number: (cell: string, column: string) => number | null) =>
  Object.fromEntries(
    cells[0]!.map((name, i) => {
      const own = cells.slice(1).map((row) => row[i]!);
      return [
        name,
        dates.test(name) || names.test(name)
          ? vectorFromArray(own, new Utf8())
          : vectorFromArray(
              own.map((one) => number(one, name)),
              new Float64(),
            ),
      ];
    }),
  );
const odd = [NaN, Infinity, -Infinity, -1, 0, 5e-324, 1.7e308, null];
/** Vectors of other types than a column should have. */
const otherTypes: readonly ((rows: number) => Vector)[] = [
  (rows) =>
    vectorFromArray(
      Array.from({ length: rows }, (_, i) => i % 2 === 0),
      new Bool(),
    ),
  (rows) =>
    vectorFromArray(
      Array.from({ length: rows }, (_, i) => i),
      new Int32(),
    ),
  (rows) =>
    vectorFromArray(
      Array.from({ length: rows }, () => 1.5),
      new Float32(),
    ),
  (rows) =>
    vectorFromArray(
      Array.from({ length: rows }, (_, i) => new Date(i * 86_400_000)),
      new DateDay(),
    ),
  (rows) =>
    vectorFromArray(
      Array.from({ length: rows }, () => 'A'),
      new Dictionary(new Utf8(), new Int32()),
    ),
  (rows) => vectorFromArray(Array.from({ length: rows }, () => [1, 2])),
  (rows) => vectorFromArray(Array.from({ length: rows }, () => ({ a: 1 }))),
  (rows) => vectorFromArray(Array.from({ length: rows }, () => null)),
  (rows) => vectorFromArray(Array.from({ length: rows }, () => new Uint8Array([255, 0]))),
];
const arrow: Readonly<Record<string, Generator>> = {
  'sound Arrow': (cells, stream) => arrowOf(typed(cells, Number), stream),
  'damaged Arrow': (cells, stream) => damagedBytes(stream, arrowOf(typed(cells, Number), stream)),
  'Arrow with odd numbers': (cells, stream) => {
    const at = stream.below(cells.length * 5);
    let seen = 0;
    return arrowOf(
      typed(cells, (one) => (seen++ === at ? pick(stream, odd) : Number(one))),
      stream,
    );
  },
  'Arrow of other types': (cells, stream) => {
    const columns = typed(cells, Number);
    const name = pick(stream, Object.keys(columns));
    return arrowOf({ ...columns, [name]: pick(stream, otherTypes)(cells.length - 1) }, stream);
  },
  'Arrow without a column': (cells, stream) => {
    const gone = pick(stream, cells[0]!);
    return arrowOf(
      Object.fromEntries(Object.entries(typed(cells, Number)).filter(([name]) => name !== gone)),
      stream,
    );
  },
  'Arrow without rows': (cells, stream) => arrowOf(typed(cells.slice(0, 1), Number), stream),
};

const small = Object.entries({ ...csv, ...gzip, ...arrow });
const slow = Object.entries(large);
/** Each small generator so often for each role. */
const rounds = 5;
const slowCases = slow.length * fileRoles.length;
const isOfBars = (role: FileRole): boolean => role === 'bars';

export const inputs: Attack = {
  name: 'inputs',
  what: 'bad CSV, gzip, Arrow, JSON, Parquet and zip in the place of bars, attention, macro and universe; what is accepted is run',
  cases: small.length * fileRoles.length * rounds + slowCases,
  sample: small.length,
  begin() {
    const lab = startLab();
    return Promise.resolve(async ({ stream, place }) => {
      const late = place - small.length * fileRoles.length * rounds;
      const [name, generate] = late >= 0 ? slow[late % slow.length]! : small[place % small.length]!;
      const turn = Math.floor(late >= 0 ? late / slow.length : place / small.length);
      const role = fileRoles[turn % fileRoles.length]!;
      const content = generate(soundCells[role](stream), stream);
      const given = fileOf(role, content);
      const files = isOfBars(role)
        ? [given]
        : [fileOf('bars', csvOf(soundCells.bars(stream))), given];
      const work = async (): Promise<string | null> => {
        const dataset = unwrap(await lab.importFiles(files, quiet));
        return wrongInDataset(dataset) ?? (await wrongInRun(lab, {}, place % 10 === 0));
      };
      return { tried: `${role}: ${name}`, outcome: await outcomeOf(work, 'import', 'data') };
    });
  },
};
