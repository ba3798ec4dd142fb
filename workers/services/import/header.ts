import { matchFields } from './fields.ts';

/** How a delimited file is written, found from its first lines. */
export interface Dialect {
  readonly delimiter: string;
  /** Lines before the header. */
  readonly skip: number;
  readonly columns: readonly string[];
}

const delimiters = [',', ';', '\t', '|'];

/**
 * The first of the leading lines that, cut by some delimiter, has at least two columns and one known name;
 * so that a preamble is passed over. Null where no line looks like a header.
 */
export function findHeader(text: string): Dialect | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, 40);
  for (const [skip, line] of lines.entries()) {
    const best = delimiters
      .map((delimiter) => ({ delimiter, skip, columns: cells(line, delimiter) }))
      .filter(({ columns }) => columns.length > 1)
      .map((dialect) => ({ dialect, known: Object.keys(matchFields(dialect.columns)).length }))
      .filter(({ known }) => known > 0)
      .sort((a, b) => b.known - a.known || b.dialect.columns.length - a.dialect.columns.length)[0];
    if (best) return best.dialect;
  }
  return null;
}

function cells(line: string, delimiter: string): string[] {
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}]*)(?:${delimiter === '|' ? '\\|' : delimiter}|$)`, 'g');
  const found: string[] = [];
  for (const match of line.matchAll(pattern)) {
    const cell = match[1] ?? '';
    found.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell.trim());
    if ((match.index ?? 0) + match[0].length >= line.length && !match[0].endsWith(delimiter)) break;
    if (match[0] === '') break;
  }
  return found;
}

/** The 1-based line on which the nth data record begins: blank lines do not count, quoted line breaks do. */
export function lineOfRecord(text: string, skip: number, record: number): number {
  const target = record + 1; // the header is the first record
  let line = 1;
  let seen = 0;
  let quoted = false;
  let empty = true;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const newline = char === '\n' || (char === '\r' && text[i + 1] !== '\n');
    if (newline) {
      line += 1;
      if (!quoted) empty = true;
    } else if (char !== '\r' && char !== '\uFEFF') {
      if (empty && line > skip) {
        seen += 1;
        if (seen === target) return line;
      }
      empty = false;
      if (char === '"') quoted = !quoted;
    }
  }
  return line;
}
