/** Files of the tests in the containers that people have them in. */
import { gzipSync } from 'node:zlib';
import { utils, write } from '@e965/xlsx';
import {
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
  type ZipWriterAddDataOptions,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { type Table, tableToIPC } from 'apache-arrow';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

export type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export const gz = (bytes: Bytes): Bytes => new Uint8Array(gzipSync(bytes));

/** A frame of zstd whose blocks are stored as they are, or repeat one byte. */
export function zst(bytes: Bytes, { repeated = false } = {}): Bytes {
  const size = bytes.length;
  const parts: number[][] = [[0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...le(size, 4)]];
  const most = 1 << 17;
  for (let at = 0; at === 0 || at < size; at += most) {
    const block = bytes.subarray(at, at + most);
    const isLast = at + most >= size;
    parts.push(le(Number(isLast) | (repeated ? 2 : 0) | (block.length << 3), 3));
    parts.push(repeated ? [block[0]!] : [...block]);
  }
  return Uint8Array.from(parts.flat());
}

const le = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255);

/** A mark and UTF-16, as Excel saves “Unicode text”. */
export function utf16(text: string, { big = false, mark = true } = {}): Bytes {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
}

export async function zip(
  members: Readonly<Record<string, Bytes>>,
  options: ZipWriterAddDataOptions = {},
): Promise<Bytes> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options });
  for (const [name, bytes] of Object.entries(members))
    await writer.add(name, name.endsWith('/') ? undefined : new Uint8ArrayReader(bytes), {
      directory: name.endsWith('/'),
    });
  return new Uint8Array(await writer.close());
}

export const parquet = (columnData: ColumnSource[]): Bytes =>
  new Uint8Array(parquetWriteBuffer({ columnData }));

export const arrow = (table: Table): Bytes => new Uint8Array(tableToIPC(table, 'file'));

/** A workbook with these sheets, in any form that its writer knows; hidden ones begin with a low line. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>,
  bookType: 'xlsx' | 'xlsb' | 'xls' | 'ods' = 'xlsx',
): Bytes {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows as unknown[][], { UTC: true }), name);
  book.Workbook = {
    Sheets: Object.keys(sheets).map((name) => ({ Hidden: name.startsWith('_') ? 1 : 0 })),
  };
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}
