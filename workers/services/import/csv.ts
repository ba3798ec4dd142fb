import { LabError } from '../../../src/domain/errors.ts';
import type { Note } from '../../../src/domain/note.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { count } from '../../../src/present/format.ts';
import {
  columnsByPlace,
  encodingGuessed,
  lineLeftOut,
} from '../../../src/present/notes/dataset.ts';
import { literal } from '../../../src/sql/sql.ts';
import { asUtf8 } from './encoding.ts';
import { beginningOf, findHeader } from './header.ts';
import { longestLine } from './plain-text.ts';
import type { RawFile } from './raw-file.ts';
import { type Header, type TextRecord, cellsOf, textRecords } from './records.ts';

/** Opens delimited text: CSV in any common dialect and encoding. */
export function openDelimited(
  file: string,
  given: Uint8Array<ArrayBuffer>,
  reading: Reading = {},
): RawFile {
  const text = asUtf8(file, given);
  refuseOtherTexts(file, text.bytes);
  const bytes = withLineFeeds(withoutMark(text.bytes));
  const header = findHeader(file, bytes, reading);
  if (header === null) {
    const line = new TextDecoder().decode(bytes.subarray(0, 200)).split('\n')[0]?.trim() ?? '';
    throw new LabError({
      kind: 'import',
      problem:
        line === ''
          ? 'The file is empty.'
          : 'There is no header line with column names such as date, open, high, low, close.',
      remedy: 'Use a CSV file whose first line names its columns.',
      place: { file, ...(line !== '' && { line: 1, value: line.slice(0, 80) }) },
    });
  }
  const { columns, delimiter, dataLine, symbol } = header;
  const texts = columns.map((_, i) => `c${i}: 'VARCHAR'`).join(', ');
  const { data, isWhole, after, notes } = rowsOf(file, bytes, header);
  const linesOf = (records: ReadonlySet<number>): ReadonlyMap<number, number> => {
    const lines = new Map<number, number>();
    let seen = 0;
    for (const { line } of dataRecords(bytes, header)) {
      if (lines.size === records.size) break;
      if (records.has(++seen)) lines.set(seen, line);
    }
    return lines;
  };
  return {
    columns,
    delimiter,
    ...(header.line !== undefined && { headerLine: header.line }),
    ...(symbol !== undefined && { symbol }),
    ...(isWhole && { rows: { first: dataLine, after } }),
    told: [
      ...(text.guessed ? [encodingGuessed(file, text.guessed)] : []),
      ...(header.line === undefined ? [columnsByPlace(file, columns)] : []),
      ...notes,
    ],
    lineOf: (record) => linesOf(new Set([record])).get(record) ?? dataLine,
    linesOf,
    async withRows(engine, _, use) {
      engine.registerFile('file', data);
      try {
        await use(
          `(SELECT (row_number() OVER ())::INTEGER AS record, *
            FROM read_csv('import/file', auto_detect = false, header = false, quote = '"', escape = '"',
              new_line = '\\n', delim = ${literal(delimiter)}, columns = {${texts}}))`,
        );
      } catch (error) {
        throw error instanceof LabError && error.data.kind === 'engine'
          ? malformed(file, bytes, header, error)
          : error;
      } finally {
        engine.dropFile('file');
      }
    },
  };
}

const [LF, HASH] = [10, 35];

/** Records of data: a line that begins with # and is no row is a comment. */
function* dataRecords(
  bytes: Uint8Array,
  { columns, delimiter, dataStart, dataLine }: Header,
): Generator<TextRecord> {
  for (const record of textRecords(bytes, delimiter, dataStart, dataLine))
    if (bytes[record.start] !== HASH || record.cells === columns.length) yield record;
}

/** Bytes at the end of a file among which lines are looked for that are no rows. */
const searchedEnd = 10_000;

/**
 * The rows of a file for the engine: without comments, and without lines at its end that are one text beside columns, such
 * as «Downloaded from …». What begins with a digit may be a row that breaks off, so it stays, to be refused.
 */
function rowsOf(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  header: Header,
): { data: Uint8Array<ArrayBuffer>; isWhole: boolean; after: number; notes: Note[] } {
  const { columns, delimiter, dataStart } = header;
  const notes: Note[] = [];
  let after = 0;
  let end = bytes.length;
  for (const line of lastLines(bytes, dataStart)) {
    const [record] = textRecords(bytes.subarray(line, end), delimiter);
    const text = new TextDecoder().decode(bytes.subarray(line, end)).trim();
    if (record !== undefined && (record.cells > 1 || columns.length < 3 || /^"?[\d\s]/.test(text)))
      break;
    if (text !== '') notes.unshift(lineLeftOut(file, text));
    end = line;
    after += 1;
  }
  const rows = bytes.subarray(dataStart, end);
  const isWhole = !hasComment(rows);
  const data = isWhole ? rows : withoutComments(bytes.subarray(0, end), header);
  return { data, isWhole, after, notes };
}

function hasComment(data: Uint8Array): boolean {
  for (let at = data.indexOf(HASH); at >= 0; at = data.indexOf(HASH, at + 1))
    if (at === 0 || data[at - 1] === LF) return true;
  return false;
}

/** Where the last lines begin, the last one first. */
function* lastLines(bytes: Uint8Array, from: number): Generator<number> {
  const first = Math.max(from, bytes.length - searchedEnd);
  for (let at = bytes.length - 2; at >= first; at--) if (bytes[at] === LF) yield at + 1;
}

function withoutComments(bytes: Uint8Array<ArrayBuffer>, header: Header): Uint8Array<ArrayBuffer> {
  const kept = new Uint8Array(bytes.length - header.dataStart);
  let length = 0;
  for (const { start, end } of dataRecords(bytes, header)) {
    kept.set(bytes.subarray(start, end + 1), length);
    length += Math.min(end + 1, bytes.length) - start;
  }
  return kept.subarray(0, length);
}

/** Without the marks of UTF-8 at its start: programs that join or convert files leave more than one. */
export function withoutMark(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let start = 0;
  while (bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf)
    start += 3;
  return bytes.subarray(start);
}

/** CRLF, CR and mixtures of them as LF: DuckDB refuses mixtures, and lines stay lines. */
function withLineFeeds(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!bytes.includes(13)) return bytes;
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 13 && bytes[at + 1] === 10) continue;
    out[length++] = byte === 13 ? 10 : byte;
  }
  return out.subarray(0, length);
}

/** Refuses what is no table, by its bytes in UTF-8, or by its first ones. */
export function refuseOtherTexts(file: string, bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
  const kinds: readonly [boolean, string, string][] = [
    [start.startsWith('%PDF-'), 'This is a PDF.', 'Choose the table it was made from, as CSV.'],
    [bytes.includes(0), 'This is not a text file.', 'Choose a CSV, Excel, Parquet or Arrow file.'],
    [
      /^<(!doctype|html|head|body|\?xml|!--)/i.test(start),
      'This is a web page, not a table.',
      'Download the CSV file itself.',
    ],
    [/^[{[]/.test(start), 'This is JSON.', 'Convert it to CSV, Parquet or Arrow.'],
  ];
  for (const [is, problem, remedy] of kinds) {
    if (is) throw new LabError({ kind: 'import', problem, remedy, place: { file } });
  }
}

/** Why DuckDB refused the text: the first record that is badly quoted, or of another width than the header. */
function malformed(file: string, bytes: Uint8Array, header: Header, error: LabError): LabError {
  const { columns, delimiter } = header;
  const width = columns.length;
  const says = (
    problem: string,
    remedy: string,
    line?: number,
    value?: string,
    column?: string,
  ): LabError =>
    new LabError({
      kind: 'import',
      problem,
      remedy,
      place: { file, line, column, value },
      cause: error.data.cause,
    });
  for (const { line, start, end, cells, isWellQuoted } of dataRecords(bytes, header)) {
    const text = beginningOf(bytes.subarray(0, end), start);
    if (!isWellQuoted)
      return says(
        'A quotation mark is not closed, or is followed by more text.',
        'Correct the line, or remove it.',
        line,
        text,
      );
    if (end - start >= longestLine) {
      const column = longestCell(bytes, { start, end }, delimiter, columns);
      return says(
        `This line has ${count(end - start)} bytes; at most ${count(longestLine)} are read.`,
        'Shorten the cell, or remove the line.',
        line,
        text,
        column,
      );
    }
    if (cells !== width) {
      const found = `${cells} column${cells === 1 ? '' : 's'}`;
      return says(
        `This line has ${found} where the header has ${width}.`,
        'Correct the line, or remove it.',
        line,
        text,
      );
    }
  }
  return says('This file cannot be read as CSV.', 'Save it again as CSV in UTF-8.');
}

/** The column whose cell takes most of a record. */
function longestCell(
  bytes: Uint8Array,
  record: Pick<TextRecord, 'start' | 'end'>,
  delimiter: string,
  columns: readonly string[],
): string | undefined {
  const cells = cellsOf(bytes, record, delimiter);
  const longest = cells.reduce((most, cell) => (cell.length > most.length ? cell : most), '');
  return columns[cells.indexOf(longest)];
}
