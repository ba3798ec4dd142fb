/** Tables as files: what is written is what the readers of each format find. */
import { type Vector, tableFromIPC } from 'apache-arrow';
import { csvParseRows } from 'd3-dsv';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it, test } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { type TableFormat, tableFormats } from '../../src/domain/table-format.ts';
import { fileTable } from '../../src/present/file-table.ts';
import type { Cell, FileTable, Stored } from '../../src/domain/file-table.ts';
import { tables } from '../../workers/services/tables/service.ts';
import { tableFile } from '../../workers/services/tables/write.ts';
import { textOf } from '../pieces.ts';

const kinds: readonly Stored[] = ['date', 'integer', 'double', 'text', 'flag'];
const msPerDay = 86_400_000;

/** Column after column as the format's own reader finds them. */
type Read = (bytes: Uint8Array<ArrayBuffer>) => Cell[][] | Promise<Cell[][]>;

const parsed: Readonly<Record<Stored, (text: string) => Cell>> = {
  date: (text) => Date.parse(text) / msPerDay,
  integer: Number,
  double: Number,
  text: String,
  flag: (text) => text === 'true',
};

const read: Readonly<Record<TableFormat, Read>> = {
  csv: (bytes) => {
    const rows = csvParseRows(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).slice(1);
    return kinds.map((kind, i) =>
      rows.map((row) => (row[i] === '' ? null : parsed[kind](row[i]!))),
    );
  },
  parquet: async (bytes) => {
    const rows = await parquetReadObjects({ file: bytes.buffer });
    return kinds.map((kind) =>
      rows.map((row) => {
        const cell = row[kind] as Cell | Date;
        return cell instanceof Date ? cell.getTime() / msPerDay : cell;
      }),
    );
  },
  arrow: (bytes) => {
    const table = tableFromIPC(bytes);
    return kinds.map((kind) => {
      const column = table.getChild(kind) as Vector;
      return Array.from({ length: column.length }, (_, i) => {
        const cell = column.get(i) as Cell;
        return kind === 'date' && cell !== null ? Number(cell) / msPerDay : cell;
      });
    });
  },
};

async function bytesOf(format: TableFormat, table: FileTable): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: BlobPart[] = [];
  for await (const piece of tableFile('t', format, table).content) pieces.push(piece);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

const columns = kinds.map((name) => ({ name, stored: name }));

/** What no spreadsheet would run: those get an apostrophe in a CSV, which is tested there. */
const runs = /(^|[\t\r\n;])\s*[=+\-@＝＋－＠﹦﹢﹣﹫]|^\s*[\t\r\n;]/;
const odd = fc.constantFrom(
  'BRK.B',
  `a "b", 'c'; \`d\``,
  'two\r\nlines',
  'سهم‏‎',
  '🜁👩‍🚀',
  '\0',
  'x\ufeff',
  'x'.repeat(10_000),
);
/** Both readers drop a byte order mark at a text's beginning. */
const isRead = (one: string) => !one.startsWith('\ufeff') && !runs.test(one);
const text = fc.oneof(odd, fc.string({ unit: 'binary', minLength: 1 })).filter(isRead);
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const orNothing = <T>(cells: fc.Arbitrary<T>) => fc.option(cells, { freq: 4 });
const rows = fc.array(
  fc.tuple(
    orNothing(fc.integer({ min: -719_162, max: 2_932_896 })), // The years 1 to 9999.
    orNothing(int32),
    orNothing(fc.double({ noNaN: true })),
    orNothing(text),
    orNothing(fc.boolean()),
  ),
  { maxLength: 40 },
);

describe.each(tableFormats)('as %s', (format) => {
  it('a table is read back with equal bits, whatever its parts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { maxLength: 3 }), async (parts) => {
        const ofPart = (part: (typeof parts)[number]) =>
          kinds.map((_, i) => part.map((r) => r[i]!));
        const bytes = await bytesOf(format, { columns, parts: parts.map(ofPart) });
        const asRead = await read[format](bytes);
        const all = ofPart(parts.flat());
        // A CSV says 0 of −0, which spreadsheets show better.
        const written = (cell: Cell) => (format === 'csv' && cell === 0 ? 0 : cell);
        expect(asRead).toEqual(all.map((column) => column.map(written)));
      }),
      { seed: 20240108, numRuns: 150 },
    );
  });

  it('one without rows has its columns', async () => {
    expect(await read[format](await bytesOf(format, { columns, parts: [] }))).toEqual(
      kinds.map(() => []),
    );
  });
});

test('a formula is disarmed for spreadsheets alone', async () => {
  const table = (): FileTable => ({
    columns: [{ name: '=1+1', stored: 'text' }],
    parts: [[['=cmd()', '@x', '-1', '\tx']]],
  });
  expect(new TextDecoder().decode(await bytesOf('csv', table()))).toBe(
    "'=1+1\r\n'=cmd()\r\n'@x\r\n'-1\r\n'\tx\r\n",
  );
  const arrow = tableFromIPC(await bytesOf('arrow', table())).getChild('=1+1')!;
  const parquet = await parquetReadObjects({ file: (await bytesOf('parquet', table())).buffer });
  expect([...arrow]).toEqual(['=cmd()', '@x', '-1', '\tx']);
  expect(parquet.map((row) => row['=1+1'] as string)).toEqual([...arrow]);
});

describe('types', () => {
  const table = (): FileTable =>
    fileTable<readonly number[]>(
      [
        { id: 'day', title: '', unit: 'date', cell: (days, i) => days[i]! },
        { id: 'net', title: '', unit: 'currency', cell: () => NaN },
        { id: 'Net', title: '', unit: 'count', cell: (_, i) => i },
      ],
      [19_723, 19_724],
      2,
    );

  it('follow units, and names that differ by capitals alone are numbered', async () => {
    const parquet = parquetMetadata((await bytesOf('parquet', table())).buffer).schema.slice(1);
    expect(parquet.map(({ name, type, converted_type }) => [name, type, converted_type])).toEqual([
      ['day', 'INT32', 'DATE'],
      ['net', 'DOUBLE', undefined],
      ['Net (2)', 'INT32', undefined],
    ]);
    const { schema } = tableFromIPC(await bytesOf('arrow', table()));
    expect(schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
      'day Date32<DAY>',
      'net Float64',
      'Net (2) Int32',
    ]);
    expect(isoFromDay(19_723)).toBe('2024-01-01');
  });

  it.each<[Stored, Cell]>([
    ['integer', 1.5],
    ['integer', 2 ** 31],
    ['date', 0.5],
    ['double', 'x'],
    ['flag', 1],
  ])('%s takes no %s', async (stored, cell) => {
    const wrong: FileTable = { columns: [{ name: 'c', stored }], parts: [[[cell]]] };
    await expect(bytesOf('parquet', { ...wrong })).rejects.toThrow('The column c stores');
    await expect(bytesOf('arrow', { ...wrong })).rejects.toThrow('The column c stores');
  });
});

test('a table of the page is asked for part by part; what does not fit is an error as data', async () => {
  const column = { name: 'n', stored: 'integer' } as const;
  const write = (format: TableFormat, parts: Cell[][]) => {
    const left = parts.map((cells) => [cells]);
    return tables.write('t', format, [column], () => Promise.resolve(left.shift() ?? null));
  };
  const written = await write('csv', [[1, 2], [3]]);
  if (!written.ok) throw new Error(written.error.problem);
  expect(written.value).toMatchObject({ name: 't.csv', type: 'text/csv' });
  expect(await textOf(written.value.content)).toBe('n\r\n1\r\n2\r\n3\r\n');
  expect(await write('arrow', [[1], [0.5]])).toMatchObject({
    ok: false,
    error: { cause: 'The column n stores integer, not 0.5.' },
  });
});
