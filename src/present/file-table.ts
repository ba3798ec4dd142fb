import type { Cell, Cells, FileTable, Stored } from '../domain/file-table.ts';
import type { Column, Unit } from './tables/table.ts';

/** Cells of one part, about. */
const cellsAtOnce = 400_000;

/** So many rows that parts are few, so few that none needs much room. */
export const rowsAtOnce = (columns: number): number =>
  Math.max(100, Math.min(1 << 14, Math.floor(cellsAtOnce / Math.max(1, columns))));

/** Columns of so many rows, as a file has them. */
export function fileTable<Source>(
  columns: readonly Column<Source>[],
  source: Source,
  rows: number,
): FileTable {
  const most = rowsAtOnce(columns.length);
  function* parts(): Generator<readonly Cells[]> {
    for (let from = 0; from < rows; from += most) {
      const length = Math.min(most, rows - from);
      yield columns.map(({ cell }) => Array.from({ length }, (_, i) => cell(source, from + i)));
    }
  }
  return {
    columns: columns.map(({ id, unit, stored }) => ({
      name: id,
      stored: stored ?? storedUnits[unit] ?? 'double',
    })),
    parts: parts(),
  };
}

const storedUnits: Readonly<Partial<Record<Unit, Stored>>> = {
  date: 'date',
  text: 'text',
  count: 'integer',
};

/** How the values of one setting are stored: numbers where all are, text where kinds are mixed. */
export function storedAs(values: readonly Cell[]): Stored {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size !== 1) return 'text';
  return kinds.has('number') ? 'double' : kinds.has('boolean') ? 'flag' : 'text';
}

/** The names of columns, which readers tell apart, some by letters alone: a repeated one is numbered, “close (2)”. */
export function namesOf({ columns }: Pick<FileTable, 'columns'>): string[] {
  const seen = new Set<string>();
  return columns.map(({ name }) => {
    let own = name;
    for (let n = 2; seen.has(own.toLowerCase()); n++) own = `${name} (${n})`;
    seen.add(own.toLowerCase());
    return own;
  });
}

/** The rows of a part. Throws a RangeError where it does not have as many of each column. */
export function rowsOf({ columns }: Pick<FileTable, 'columns'>, part: readonly Cells[]): number {
  const rows = part[0]?.length ?? 0;
  if (part.length !== columns.length || part.some(({ length }) => length !== rows))
    throw new RangeError('A table needs one name for each column, and one length.');
  return rows;
}
