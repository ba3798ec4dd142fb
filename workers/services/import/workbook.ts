import { SSF, type CellObject, type DenseWorkSheet, type WorkBook, read } from '@e965/xlsx';
import { csvFormatRows } from 'd3-dsv';
import { LabError } from '../../../src/domain/errors.ts';
import { joined, refusal } from './gunzip.ts';
import { findHeader } from './header.ts';

/** A sheet as the text that it would be saved as: a line of it is a row of the sheet. */
interface Sheet {
  readonly name: string;
  readonly text: Uint8Array<ArrayBuffer>;
}

/** The sheets that have a table, and the names of the others that have something; hidden sheets are passed over. */
export function sheetsOf(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
): { readonly tables: readonly Sheet[]; readonly others: readonly string[] } {
  const book = bookOf(file, bytes);
  const tables: Sheet[] = [];
  const others: string[] = [];
  for (const [i, name] of book.SheetNames.entries()) {
    if ((book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0) continue;
    const text = textOfSheet(book, name);
    if (text.length === 0) continue;
    if (findHeader(`${file}/${name}`, text) === null) others.push(name);
    else tables.push({ name, text });
  }
  return { tables, others };
}

function bookOf(file: string, bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
    });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    if (/password|encrypt/i.test(cause))
      throw refusal(file, 'This workbook is locked with a password.', 'Save it without one.');
    throw new LabError({
      kind: 'import',
      problem: 'This is no workbook that can be read, or it is damaged.',
      remedy: 'Save it again as .xlsx, or its sheets as CSV.',
      place: { file },
      cause,
    });
  }
}

/** Rows that are turned into text at once. */
const rowsAtOnce = 10_000;

function textOfSheet(book: WorkBook, name: string): Uint8Array<ArrayBuffer> {
  const sheet = book.Sheets[name] as DenseWorkSheet | undefined;
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  const rows = Array.from(sheet?.['!data'] ?? [], (row: CellObject[] | undefined) =>
    Array.from(row ?? [], (cell: CellObject | undefined) => textOf(cell, is1904)),
  );
  const ends = rows.map((row) => row.findLastIndex((text) => text !== '') + 1);
  const width = ends.reduce((most, end) => Math.max(most, end), 0);
  // DuckDB wants lines of one width; a blank one is none.
  const lines = rows.map((row, i) =>
    ends[i] === 0 ? [''] : Array.from({ length: width }, (_, column) => row[column] ?? ''),
  );
  if (width === 0) return new Uint8Array();
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < lines.length; at += rowsAtOnce)
    pieces.push(encoder.encode(`${csvFormatRows(lines.slice(at, at + rowsAtOnce))}\n`));
  return joined(pieces);
}

const isDate = (SSF as { is_date: (format: string) => boolean }).is_date;

/** A cell as text: dates in ISO, numbers with all of their digits, a formula's last value; errors are blank. */
function textOf(cell: CellObject | undefined, is1904: boolean): string {
  if (cell?.v === undefined || cell.t === 'e' || cell.t === 'z') return '';
  const { v: value } = cell;
  if (value instanceof Date) return isoOf(value.getTime());
  if (typeof value !== 'number') return String(value).replace(/\s*[\r\n]+\s*/g, ' ');
  if (cell.z === undefined || !isDate(String(cell.z))) return String(value);
  const days = value + (is1904 ? 1462 : 0);
  const text = isoOf(Math.round((days - 25_569) * 86_400) * 1000);
  return days < 1 ? text.slice(11) : text;
}

/** Without a time of day where there is none. */
function isoOf(instant: number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return date.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
}
