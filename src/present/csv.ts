import { csvFormatValue } from 'd3-dsv';
import { isoFromDay } from '../domain/calendar.ts';
import { namesOf, rowsOf } from './file-table.ts';
import type { Cell, Cells, FileTable } from '../domain/file-table.ts';

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

/** Cells of one piece of text, about: so few that none comes near the longest string, nor keeps a page from drawing. */
const cellsPerPiece = 100_000;

/**
 * A table as text, in pieces, first the head, then whole lines, for a Blob or a stream: the whole may be longer than a
 * string can be. Throws a RangeError where a part has not as many rows of each column.
 */
export async function* csvOf(
  table: FileTable,
  linesPerPiece = Math.ceil(cellsPerPiece / Math.max(1, table.columns.length)),
): AsyncGenerator<string, void, undefined> {
  yield namesOf(table).map(textCell).join(',') + LINE_END;
  const readers = table.columns.map(({ stored }) => (stored === 'date' ? dateReader() : cellText));
  for await (const part of table.parts)
    yield* lines(readers, part, rowsOf(table, part), linesPerPiece);
}

function* lines(
  readers: readonly ((cell: Cell) => string)[],
  part: readonly Cells[],
  rows: number,
  perPiece: number,
): Generator<string, void, undefined> {
  for (let from = 0; from < rows; from += perPiece) {
    const piece: string[] = [];
    const to = Math.min(rows, from + perPiece);
    for (let row = from; row < to; row++)
      piece.push(readers.map((read, column) => read(part[column]![row] ?? null)).join(','));
    yield piece.join(LINE_END) + LINE_END;
  }
}

/** Thousands of symbols share the same few thousand dates. */
function dateReader(): (cell: Cell) => string {
  const known = new Map<number, string>();
  return (day) => {
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
