import { LabError } from '../../../src/domain/errors.ts';
import { mostColumns } from '../../../src/domain/limits.ts';
import { type Delimiter, type Reading, delimiters } from '../../../src/domain/reading.ts';
import { matchFields } from './fields.ts';
import { hasDate, headerless } from './headerless.ts';
import {
  type Header,
  type TextRecord,
  cellsOf,
  firstRecords,
  linesIn,
  textRecords,
} from './records.ts';

/** Records and bytes among which the header is looked for. */
const [searchedRecords, searchedBytes] = [40, 4_000_000];

/**
 * The record that names the most known columns, cut by the delimiter that finds the most; so that a preamble is
 * passed over. Where no record has two columns and a known name, the rows may tell what they are; else null.
 */
export function findHeader(
  file: string,
  bytes: Uint8Array,
  { delimiter: said, headerLine }: Reading = {},
): Header | null {
  const start = bytes.subarray(0, searchedBytes);
  const tried = said === undefined ? delimiters : [said];
  if (headerLine === 0) return columnsByNumber(start, tried);
  let best: { header: Header; known: number; record: TextRecord } | null = null;
  let widest: TextRecord | null = null;
  let endless: TextRecord | null = null;
  for (const delimiter of tried) {
    let seen = 0;
    for (const record of textRecords(start, delimiter)) {
      if (headerLine === undefined ? ++seen > searchedRecords : record.line > headerLine) break;
      if (record.line < (headerLine ?? 0)) continue;
      if (record.end === searchedBytes && bytes.length > searchedBytes) {
        endless ??= record;
        break;
      }
      if (record.cells < 2) continue;
      if (record.cells > mostColumns) {
        widest ??= record;
        continue;
      }
      const columns = cellsOf(bytes, record, delimiter);
      const known = Object.keys(matchFields(columns)).length;
      const isBetter =
        best === null ||
        known > best.known ||
        (known === best.known &&
          columns.length > best.header.columns.length &&
          record.start === best.record.start);
      const isData = headerLine === undefined && (known === 0 || hasDate(columns));
      if (isData || !isBetter) continue;
      best = { header: headerAt(bytes, record, delimiter, columns), known, record };
    }
  }
  if (best !== null) return withTickerLines(bytes, best.header);
  if (widest !== null) throw tooWide(file, widest.cells, widest.line);
  if (endless !== null) throw tooLong(file, bytes, endless);
  if (headerLine !== undefined) return null;
  return (
    tried.map((one) => headerless(start, one)).find((one) => one !== null) ??
    unknownNames(start, tried)
  );
}

/** The first line of several texts, none of them a number or a date: names that say nothing, which a person may explain. */
function unknownNames(start: Uint8Array, tried: readonly Delimiter[]): Header | null {
  for (const delimiter of tried) {
    const record = firstRecords(start, delimiter, searchedRecords).find(({ cells }) => cells > 1);
    if (record === undefined) continue;
    const columns = cellsOf(start, record, delimiter);
    if (columns.every((name) => name !== '' && !/^[-+\d.,%]+$/.test(name)) && !hasDate(columns))
      return headerAt(start, record, delimiter, columns);
  }
  return null;
}

const headerAt = (
  bytes: Uint8Array,
  record: TextRecord,
  delimiter: Delimiter,
  columns: readonly string[],
): Header => ({
  delimiter,
  line: record.line,
  columns,
  dataStart: record.end + 1,
  dataLine: record.line + linesIn(bytes.subarray(record.start, record.end)) + 1,
});

/** Columns without names, as they are known by their place or else are numbered. */
function columnsByNumber(start: Uint8Array, tried: readonly Delimiter[]): Header | null {
  const known = tried.map((one) => headerless(start, one)).find((one) => one !== null);
  if (known !== undefined) return known;
  const [widest] = tried
    .flatMap((delimiter) => {
      const [record] = firstRecords(start, delimiter, 1);
      return record === undefined ? [] : [{ delimiter, record }];
    })
    .sort((a, b) => b.record.cells - a.record.cells);
  if (widest === undefined) return null;
  const { cells, line } = widest.record;
  return {
    delimiter: widest.delimiter,
    columns: Array.from({ length: cells }, (_, i) => `column ${i + 1}`),
    dataStart: widest.record.start,
    dataLine: line,
  };
}

/** More columns than are read: each costs the engine, whether it is wanted or not. */
export const tooWide = (file: string, columns: number, line?: number): LabError =>
  new LabError({
    kind: 'import',
    problem: `There are ${columns} columns; ${mostColumns} is the most that is read.`,
    remedy: 'Write it in long format (date, symbol, value), or in several files.',
    place: { file, line },
  });

const tooLong = (
  file: string,
  bytes: Uint8Array,
  { line, start, isWellQuoted }: TextRecord,
): LabError =>
  new LabError({
    kind: 'import',
    problem: isWellQuoted
      ? `This line goes on beyond the first ${searchedBytes / 1e6} MB of the file, and no line of column names stands above it.`
      : `A quotation mark in this line is not closed within the first ${searchedBytes / 1e6} MB of the file.`,
    remedy: isWellQuoted
      ? 'Give the file a first line with column names such as date, open, high, low, close, and one line per row; a series with many columns is read faster in long format.'
      : 'Close it, or remove it.',
    place: { file, line, value: beginningOf(bytes, start) },
  });

/** As much of a record as an error quotes. */
export const beginningOf = (bytes: Uint8Array, start: number): string | undefined =>
  new TextDecoder()
    .decode(bytes.subarray(start, start + 200))
    .split('\n')[0]
    ?.slice(0, 80);

/**
 * pandas writes the fields and the tickers of columns in two lines, in either order, and the name of the dates in a third:
 * yfinance's files have these.
 */
function withTickerLines(bytes: Uint8Array, header: Header): Header {
  const { delimiter, columns, line } = header;
  const records = firstRecords(bytes.subarray(0, searchedBytes), delimiter, searchedRecords);
  const at = records.findIndex((record) => record.line === line);
  const cells = records
    .slice(Math.max(0, at - 1), at + 3)
    .map((one) => cellsOf(bytes, one, delimiter));
  const [before, , after, third] = at === 0 ? [undefined, ...cells] : cells;
  const namesDates = (row: readonly string[] | undefined): boolean =>
    row?.length === columns.length &&
    matchFields(row.slice(0, 1)).date === 0 &&
    row.slice(1).every((cell) => cell === '');
  const isBelow = namesDates(third) && after?.length === columns.length;
  const tickers = isBelow ? after : namesDates(after) ? before : undefined;
  if (tickers?.length !== columns.length) return header;
  const last = records[at + (isBelow ? 2 : 1)]!;
  const names = tickers.slice(1);
  const [symbol, another] = new Set(names);
  const fields = columns.slice(1);
  return {
    ...header,
    columns: [
      'Date',
      ...(another === undefined ? fields : fields.map((field, i) => `${names[i]} ${field}`)),
    ],
    dataStart: last.end + 1,
    dataLine: last.line + 1,
    ...(another === undefined && { symbol }),
  };
}
