import type { Delimiter } from '../../../src/domain/reading.ts';

const [LF, QUOTE, SPACE] = [10, 34, 32];

/** How a delimited file is written, found from its first lines. */
export interface Header {
  readonly delimiter: Delimiter;
  /** 1-based line of the column names; not given where there is none. */
  readonly line?: number;
  readonly columns: readonly string[];
  /** Where the data begin: byte and line. */
  readonly dataStart: number;
  readonly dataLine: number;
  /** The symbol of all rows, where the header names it. */
  readonly symbol?: string;
}

/** One record of delimited text: its bytes, where it begins, and how it is made. */
export interface TextRecord {
  /** 1-based; quoted line breaks count as lines, as an editor shows them. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly cells: number;
  /** False where a quotation mark stays open, or is followed by more text. */
  readonly isWellQuoted: boolean;
}

/**
 * Cuts delimited text with LF line ends into records: quotation marks count at the beginning of a cell only, two
 * stand for one, empty lines are no records. For headers and for locating errors; DuckDB reads the data.
 */
export function* textRecords(
  bytes: Uint8Array,
  delimiter: string,
  from = 0,
  firstLine = 1,
): Generator<TextRecord> {
  const comma = delimiter.charCodeAt(0);
  let line = firstLine;
  for (let at = from; at < bytes.length; at++) {
    const begin = { line, start: at };
    let cells = 1;
    let quoted = false;
    let closed = false;
    let isWellQuoted = true;
    let cellStart = at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF) line += 1;
      if (quoted) {
        if (byte !== QUOTE) continue;
        if (bytes[at + 1] === QUOTE) at += 1;
        else [quoted, closed] = [false, true];
      } else if (byte === LF) {
        break;
      } else if (byte === comma) {
        cells += 1;
        cellStart = at + 1;
        closed = false;
      } else if (byte === QUOTE && at === cellStart) {
        quoted = true;
      } else if (closed && byte !== SPACE) {
        isWellQuoted = false;
      }
    }
    if (at > begin.start) yield { ...begin, end: at, cells, isWellQuoted: isWellQuoted && !quoted };
  }
}

/** Line feeds. */
export function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === LF) lines++;
  return lines;
}

/** The first records, at most so many. */
export function firstRecords(bytes: Uint8Array, delimiter: string, most: number): TextRecord[] {
  const records: TextRecord[] = [];
  for (const record of textRecords(bytes, delimiter)) {
    records.push(record);
    if (records.length === most) break;
  }
  return records;
}

/** A record's cells, unquoted and trimmed. */
export function cellsOf(
  bytes: Uint8Array,
  { start, end }: Pick<TextRecord, 'start' | 'end'>,
  delimiter: string,
): string[] {
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += char;
      i += 1;
    } else if (char === '"' && (quoted || cell === '')) {
      quoted = !quoted;
    } else if (char === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += char;
    }
  }
  return [...cells, cell.trim()];
}
