import { type Column, readerOf } from './tables/table.ts';

/** Rows of a table under the heads of its columns. */
export const textOf = <Source>(
  columns: readonly Column<Source>[],
  source: Source,
  rows: Iterable<number>,
): string[] => {
  const shown = [...rows];
  const readers = columns.map((column) => readerOf(column, source, shown));
  return textTable(
    columns.map(({ title }) => title),
    shown.map((row) => readers.map((read) => read(row))),
  );
};

/** Rows under a head, columns as wide as they need be; the first is on the left, numbers on the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, c) => Math.max(cell.length, ...rows.map((row) => row[c]!.length)));
  return [head, ...rows].map(
    (row) =>
      `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`,
  );
}

/** Names on the left, what they come to beside them. */
export function textList(rows: readonly (readonly [name: string, text: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
