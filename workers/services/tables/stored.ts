import type { Cell, Cells, FileColumn } from '../../../src/domain/file-table.ts';

export type StoredCell = number | string | boolean | null;

/**
 * Cells as a column stores them, null where there is nothing; columns that are full may come through as they are.
 * Throws a RangeError where a cell is not of its column's kind: nothing is rounded or guessed on its way to a file.
 */
export function storedCells(column: FileColumn, cells: Cells): ArrayLike<StoredCell> {
  const { stored, isFull = false } = column;
  const isAsIs = stored === 'double' ? cells instanceof Float64Array : cells instanceof Int32Array;
  if (isFull && isAsIs && stored !== 'text' && stored !== 'flag') return cells as ArrayLike<number>;
  return Array.from<Cell, StoredCell>(cells, (cell) => {
    const isEmpty = cell === null || Number.isNaN(cell);
    if (isEmpty ? isFull : !fits[stored](cell))
      throw new RangeError(`The column ${column.name} stores ${stored}, not ${String(cell)}.`);
    if (isEmpty) return null;
    return stored === 'text' ? String(cell) : (cell as StoredCell);
  });
}

const isInt32 = (cell: Cell): boolean => typeof cell === 'number' && (cell | 0) === cell;
const fits: Readonly<Record<FileColumn['stored'], (cell: Cell) => boolean>> = {
  date: isInt32,
  integer: isInt32,
  double: (cell) => typeof cell === 'number',
  text: () => true,
  flag: (cell) => typeof cell === 'boolean',
};
