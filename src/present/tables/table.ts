import type { Cell, Stored } from '../../domain/file-table.ts';
import type { MetricUnit } from '../../domain/metrics/metric.ts';
import { bps, dash, decimalsOf, inDecimals, measured, price, quantity } from '../format.ts';

/** What a column's cells are. A date is days since 1970-01-01, a percent the ratio. */
export type Unit = MetricUnit | 'price' | 'quantity' | 'bps' | 'text';

/**
 * One column of the rows of a source, which are told apart by their number: the only definition of its name, unit and
 * words. Page, report, command and CSV files each choose the columns that they show.
 */
export interface Column<Source> {
  /** Its name in a file. */
  readonly id: string;
  /** Its head, wherever a person reads it. */
  readonly title: string;
  readonly unit: Unit;
  /** How files with types store it, where the unit does not say so. */
  readonly stored?: Stored;
  /** What a file holds and a sort goes by. */
  readonly cell: (source: Source, row: number) => Cell;
  /** What a sort goes by, where that is finer than the cell. */
  readonly order?: (source: Source, row: number) => Cell;
  /** What a person reads, where unit and cell do not say it. */
  readonly words?: (source: Source, row: number) => string;
  /** What a person reads where there is nothing, if not a dash. */
  readonly none?: string;
}

/** A column of a list's entries. */
interface EntryColumn<Entry> extends Omit<Column<never>, 'cell' | 'order' | 'words'> {
  readonly cell: (entry: Entry, row: number) => Cell;
  readonly order?: (entry: Entry, row: number) => Cell;
  readonly words?: (entry: Entry, row: number) => string;
}

/** Columns of a list: one row for each of its entries. */
export const ofList = <Entry>(
  columns: readonly EntryColumn<Entry>[],
): readonly Column<readonly Entry[]>[] =>
  columns.map(({ cell, order, words, ...column }) => ({
    ...column,
    cell: (list, row) => cell(list[row]!, row),
    ...(order && { order: (list, row) => order(list[row]!, row) }),
    ...(words && { words: (list, row) => words(list[row]!, row) }),
  }));

/** The columns of these names, in this order. Throws a RangeError where one is missing. */
export const chosen = <Source>(
  columns: readonly Column<Source>[],
  ids: readonly string[],
): readonly Column<Source>[] =>
  ids.map((id) => {
    const column = columns.find((one) => one.id === id);
    if (column === undefined) throw new RangeError(`The table has no column ${id}.`);
    return column;
  });

/** Whether its cells stand on the right. */
export const isNumeric = ({ unit }: Pick<Column<never>, 'unit'>): boolean =>
  unit !== 'text' && unit !== 'date';

/** A cell as a person reads it. */
export const wordsOf = <Source>(column: Column<Source>, source: Source, row: number): string =>
  column.words?.(source, row) ?? cellWords(column.cell(source, row), column);

/**
 * The same, of rows that stand below one another: prices and quantities have as many decimals as the one that needs
 * most, so that a column lines up.
 */
export function readerOf<Source>(
  column: Column<Source>,
  source: Source,
  rows: readonly number[],
): (row: number) => string {
  const least = column.words === undefined ? leastDecimals[column.unit] : undefined;
  if (least === undefined) return (row) => wordsOf(column, source, row);
  const decimals = rows.reduce((most, row) => {
    const cell = column.cell(source, row);
    return typeof cell === 'number' ? Math.max(most, decimalsOf(cell, least)) : most;
  }, least);
  return (row) => {
    const cell = column.cell(source, row);
    return typeof cell === 'number' && Number.isFinite(cell)
      ? inDecimals(cell, decimals)
      : cellWords(null, column);
  };
}

const leastDecimals: Readonly<Partial<Record<Unit, number>>> = { price: 2, quantity: 0 };

function cellWords(cell: Cell, { unit, none }: Pick<Column<never>, 'unit' | 'none'>): string {
  if (cell === null || Number.isNaN(cell)) return none ?? dash;
  if (typeof cell !== 'number') return String(cell);
  switch (unit) {
    case 'text':
      return String(cell);
    case 'price':
      return price(cell);
    case 'quantity':
      return quantity(cell);
    case 'bps':
      return bps(cell);
    default:
      return measured(cell, unit);
  }
}

/**
 * Numbers of rows, sorted by what `key` reads from each; equal values keep their order, missing ones come last. Keys are
 * read once each, so that a hundred thousand rows sort within a frame or two.
 */
export function ordered(
  rows: number,
  key: (row: number) => Cell,
  descending: boolean,
): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const keys = Array.from(order, key);
  const isMissing = (one: Cell): one is null => one === null || Number.isNaN(one);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!];
    if (x === y) return a - b;
    if (isMissing(x)) return isMissing(y) ? a - b : 1;
    if (isMissing(y)) return -1;
    return x < y ? -sign : sign;
  });
}
