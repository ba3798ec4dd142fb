import type { Cell } from '../../domain/file-table.ts';
import { type Column, isNumeric, readerOf, wordsOf } from '../../present/tables/table.ts';

/** A column. Rows are numbers: whoever has the data knows what stands in them. */
export interface ShownColumn {
  readonly title: string;
  /** Its cells name their rows, hold words, a span of dates in two lines, sentences that wrap, or numbers, to the right. */
  readonly kind?: 'name' | 'words' | 'span' | 'prose' | 'number';
  readonly text: (row: number) => string;
  /** The same, where it depends on the rows that are shown together. */
  readonly among?: (rows: readonly number[]) => (row: number) => string;
  /** What rows sort by; null and NaN come last. Without it nobody can sort by this column. */
  readonly key?: (row: number) => Cell;
  /** The first click puts the lowest on top; without it, that of numbers the highest. */
  readonly ascends?: boolean;
  /** What the title means, where it cannot be sorted by. */
  readonly hint?: string;
  /** Below the title. */
  readonly more?: string;
  /** The title above this column and its neighbours of the same group. */
  readonly group?: string;
}

/** Columns that other surfaces show too, on what they read from; the first names the rows. */
export const shownOn = <Source>(
  source: Source,
  columns: readonly Column<Source>[],
  { sortable = false } = {},
): ShownColumn[] =>
  columns.map((column, c) => ({
    title: column.title,
    kind: c === 0 ? 'name' : isNumeric(column) ? 'number' : 'words',
    text: (row) => wordsOf(column, source, row),
    among: (rows) => readerOf(column, source, rows),
    ...(sortable && { key: (row) => (column.order ?? column.cell)(source, row) }),
  }));

/** The same columns where some of their rows are shown, or in another order: `rowOf` tells which stands in a place. */
export const ofRows = (
  columns: readonly ShownColumn[],
  rowOf: (place: number) => number,
): ShownColumn[] =>
  columns.map(({ text, among, key, ...column }) => ({
    ...column,
    text: (place) => text(rowOf(place)),
    ...(among && {
      among: (places) => {
        const read = among(places.map(rowOf));
        return (place) => read(rowOf(place));
      },
    }),
    ...(key && { key: (place) => key(rowOf(place)) }),
  }));

/** Groups of a head in their order, with how many columns each is above; null where there is none. */
export function groupsOf(
  columns: readonly ShownColumn[],
): { readonly title: string | null; readonly columns: readonly ShownColumn[] }[] {
  const groups: { title: string | null; columns: ShownColumn[] }[] = [];
  for (const column of columns) {
    const title = column.group ?? null;
    const last = groups.at(-1);
    if (last !== undefined && title !== null && last.title === title) last.columns.push(column);
    else groups.push({ title, columns: [column] });
  }
  return groups;
}
