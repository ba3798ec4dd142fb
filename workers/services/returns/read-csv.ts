import { refuseOtherTexts, withoutMark } from '../import/csv.ts';
import { asUtf8 } from '../import/encoding.ts';
import { beginningOf } from '../import/header.ts';
import { type TextRecord, cellsOf, textRecords } from '../import/records.ts';
import {
  type GivenReturns,
  instantOf,
  notDate,
  notNumeric,
  refusal,
  refuseTooMuch,
} from './given.ts';

const delimiters = [',', ';', '\t', '|'];
const [LF, CR] = [10, 13];

/** Reads delimited text: a line of column names, then a line for each period. */
export function readCsv(file: string, given: Uint8Array<ArrayBuffer>): GivenReturns {
  const text = asUtf8(file, given).bytes;
  refuseOtherTexts(file, text);
  const bytes = withLineEnds(withoutMark(text));
  const { header, delimiter } = headerOf(file, bytes);
  const [dateName = '', ...names] = cellsOf(bytes, header, delimiter);
  if (names.length === 0)
    throw refusal(
      { file, line: header.line, value: beginningOf(bytes, header.start) },
      'There are no columns beside the first.',
      'Give a column of dates and one of returns for each trial, cut by commas.',
    );
  if (instantOf(dateName) !== null)
    throw refusal(
      { file, line: header.line, value: dateName },
      'The first line holds a date where the names of the columns belong.',
      'Put a line with a name for each column above it.',
    );
  const start = header.end + 1;
  const most = linesFrom(bytes, start);
  refuseTooMuch(file, names.length, most);
  const instants = new Float64Array(most);
  const values = new Float64Array(most * names.length);
  const lines = new Int32Array(most);
  let periods = 0;
  for (const record of textRecords(bytes, delimiter, start, header.line + 1)) {
    const { line } = record;
    const cells = cellsOf(bytes, record, delimiter);
    if (cells.every((cell) => cell === '')) continue;
    refuseMalformed(file, bytes, record, names.length + 1);
    const date = cells[0]!;
    const instant = instantOf(date);
    if (instant === null) throw notDate({ file, line, column: dateName, value: date });
    instants[periods] = instant;
    lines[periods] = line;
    for (let trial = 0; trial < names.length; trial++) {
      const text = cells[trial + 1]!;
      const value = numberOf(text, delimiter);
      if (value === null) throw notNumeric({ file, line, column: names[trial], value: text });
      values[trial * most + periods] = value;
    }
    periods++;
  }
  for (let trial = 1; trial < names.length; trial++)
    values.copyWithin(trial * periods, trial * most, trial * most + periods);
  return {
    file,
    dateName,
    names,
    instants: instants.subarray(0, periods),
    values: values.subarray(0, periods * names.length),
    lineOf: (period) => lines[period]!,
  };
}

/** CRLF stays, as cells are trimmed; CR alone, of old programs, becomes LF. */
const withLineEnds = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  bytes.includes(LF) ? bytes : bytes.map((byte) => (byte === CR ? LF : byte));

/** The first line that is not empty, cut by what cuts it into most. */
function headerOf(file: string, bytes: Uint8Array): { header: TextRecord; delimiter: string } {
  let best: { header: TextRecord; delimiter: string } | null = null;
  for (const delimiter of delimiters) {
    const [header] = textRecords(bytes, delimiter);
    if (header === undefined)
      throw refusal({ file }, 'The file is empty.', 'Give dates and returns.');
    if (best === null || header.cells > best.header.cells) best = { header, delimiter };
  }
  return best!;
}

function linesFrom(bytes: Uint8Array, start: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(LF, start); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

function refuseMalformed(
  file: string,
  bytes: Uint8Array,
  { line, start, cells, isWellQuoted }: TextRecord,
  width: number,
): void {
  const place = { file, line, value: beginningOf(bytes, start) };
  if (!isWellQuoted)
    throw refusal(
      place,
      'A quotation mark is not closed, or is followed by more text.',
      'Correct the line, or remove it.',
    );
  if (cells !== width)
    throw refusal(
      place,
      `This line has ${cells} column${cells === 1 ? '' : 's'} where the header has ${width}.`,
      'Correct the line, or remove it.',
    );
}

/** Of an empty cell, as the import of data knows them (`is_blank`). */
const blank = new Set(['', '.', '-', '--', 'nan', 'nat', 'null', 'none', 'na', 'n/a', '#n/a']);
const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const infinite = /^[-+]?inf(inity)?$/i;

/** NaN where the cell is empty, null where it holds something else than a number. */
function numberOf(text: string, delimiter: string): number | null {
  if (decimal.test(text)) return Number(text);
  if (blank.has(text.toLowerCase())) return NaN;
  if (infinite.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  // Where commas do not cut columns, they may be decimal.
  const pointed = text.replace(',', '.');
  return delimiter !== ',' && decimal.test(pointed) ? Number(pointed) : null;
}
