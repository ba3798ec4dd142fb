import { csvFormatValue } from 'd3-dsv';
import { isoFromDay } from '../domain/calendar.ts';
import type { Cell, Column } from './tables/table.ts';

/**
 * Tables as CSV, RFC 4180: commas, CRLF after every line, quotes where a cell needs them. Dates are ISO, numbers
 * the shortest text that reads back as the same bits, null and NaN an empty cell. Text that a spreadsheet would
 * run as a formula gets an apostrophe in front (OWASP, “CSV Injection”); numbers, signed ones too, stay as they are.
 * Some spreadsheets read the wide forms of those characters as the narrow ones, skip blanks before them, and, where
 * decimals have commas, split at semicolons without regard to our quotes: what stands after one begins a cell.
 */
const LINE_END = '\r\n';
const FORMULA = '[=+\\-@＝＋－＠﹦﹢﹣﹫]';
const STARTS_FORMULA = new RegExp(`^\\s*(?:[\\t\\r\\n;]|${FORMULA})`);
const SPLITS_INTO_FORMULA = new RegExp(`([\\t\\r\\n;][^\\S\\t\\r\\n]*)(?=${FORMULA})`, 'g');

/** Days since 1970-01-01 are numbers like others, so a column of dates says that it is one. */
export interface CsvDays {
  readonly days: ArrayLike<number | null>;
}
export type CsvColumn = ArrayLike<Cell> | CsvDays;

/** Lines of one piece: so many that pieces are few, so few that none comes near the longest string. */
const linesPerPiece = 8192;

/**
 * Columns of so many rows under their ids: in pieces, first the head, then whole lines, for a Blob or a stream. The
 * whole may be longer than a string can be.
 */
export function* csvOf<Source>(
  columns: readonly Column<Source>[],
  source: Source,
  rows: number,
): Generator<string, void, undefined> {
  yield head(columns.map(({ id }) => id));
  yield* lines(
    columns.map(({ cell, unit }) => textReader((row) => cell(source, row), unit === 'date')),
    rows,
    linesPerPiece,
  );
}

/**
 * Any columns under their names, in such pieces as well. They come in parts, rows after rows, so that not all need be
 * at hand at once. Throws a RangeError where they are not one name each and of one length.
 */
export async function* columnsCsv(
  names: readonly string[],
  parts: Iterable<readonly CsvColumn[]> | AsyncIterable<readonly CsvColumn[]>,
  perPiece = linesPerPiece,
): AsyncGenerator<string, void, undefined> {
  yield head(names);
  for await (const columns of parts) {
    const rows = columns[0] === undefined ? 0 : lengthOf(columns[0]);
    if (names.length !== columns.length || columns.some((column) => lengthOf(column) !== rows)) {
      throw new RangeError('Columns of a CSV need one name each and one length.');
    }
    const cells = columns.map((column) =>
      'days' in column
        ? textReader((row) => column.days[row] ?? null, true)
        : textReader((row) => column[row] ?? null, false),
    );
    yield* lines(cells, rows, perPiece);
  }
}

const head = (names: readonly string[]): string =>
  distinct(names).map(textCell).join(',') + LINE_END;

/** Names that readers tell apart, some by letters alone: a repeated one is numbered, “close (2)”. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; seen.has(own.toLowerCase()); n++) own = `${name} (${n})`;
    seen.add(own.toLowerCase());
    return own;
  });
}

function* lines(
  cells: readonly ((row: number) => string)[],
  rows: number,
  perPiece: number,
): Generator<string, void, undefined> {
  for (let from = 0; from < rows; from += perPiece) {
    const piece: string[] = [];
    const to = Math.min(rows, from + perPiece);
    for (let row = from; row < to; row++) piece.push(cells.map((read) => read(row)).join(','));
    yield piece.join(LINE_END) + LINE_END;
  }
}

const lengthOf = (column: CsvColumn): number =>
  'days' in column ? column.days.length : column.length;

/** How a column's rows read as text. */
function textReader(cell: (row: number) => Cell, isDays: boolean): (row: number) => string {
  if (!isDays) return (row) => cellText(cell(row));
  // Thousands of symbols share the same few thousand dates.
  const known = new Map<number, string>();
  return (row) => {
    const day = cell(row);
    if (typeof day !== 'number') return '';
    let text = known.get(day);
    if (text === undefined) known.set(day, (text = isoFromDay(day)));
    return text;
  };
}

function cellText(value: Cell): string {
  if (typeof value === 'string') return textCell(value);
  return value === null || Number.isNaN(value) ? '' : String(value);
}

function textCell(text: string): string {
  const whole = text.replace(SPLITS_INTO_FORMULA, "$1'");
  return csvFormatValue(STARTS_FORMULA.test(text) ? `'${whole}` : whole);
}
