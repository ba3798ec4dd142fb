import type { Delimiter } from '../../../src/domain/reading.ts';
import { type Header, cellsOf, firstRecords } from './records.ts';

const isDate = (cell: string): boolean =>
  /^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{8}|\d{10}(\d{3}){0,3})([ T].*)?$/.test(
    cell,
  );
const isTime = (cell: string): boolean => /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(cell);
const numberOf = (cell: string): number =>
  cell === '' ? NaN : Number(cell.replace(/^(\d+),(\d+)$/, '$1.$2'));

/** Whether a record can be one of data: column names are no dates. */
export const hasDate = (cells: readonly string[]): boolean => cells.some(isDate);

/**
 * Bars without a line of column names, by what their first rows hold: a date (after a symbol, where there is one), a time
 * perhaps, then four numbers of which the second is the highest and the third the lowest, and volume perhaps. MetaTrader,
 * Binance, Kraken and HistData write such files.
 */
export function headerless(bytes: Uint8Array, delimiter: Delimiter): Header | null {
  const records = firstRecords(bytes, delimiter, 40);
  const rows = records.map((record) => cellsOf(bytes, record, delimiter));
  const [first] = rows;
  if (first === undefined || rows.length < 2 || rows.some(({ length }) => length !== first.length))
    return null;
  const every = (column: number, is: (cell: string) => boolean): boolean =>
    column < first.length && rows.every((row) => is(row[column]!));
  const date = every(0, isDate) ? 0 : 1;
  if (!every(date, isDate)) return null;
  const open = every(date + 1, isTime) ? date + 2 : date + 1;
  const arePrices = rows.every((row) => {
    const [opened, high, low, close] = row.slice(open, open + 4).map(numberOf) as Bar;
    return high >= opened && high >= close && low <= opened && low <= close;
  });
  if (!arePrices) return null;
  const names = new Map([
    ...(date === 1 ? [[0, 'symbol'] as const] : []),
    [date, 'date'],
    ...(open === date + 2 ? [[date + 1, 'time'] as const] : []),
    ...['open', 'high', 'low', 'close'].map((name, i) => [open + i, name] as const),
    ...(every(open + 4, (cell) => numberOf(cell) >= 0) ? [[open + 4, 'volume'] as const] : []),
  ]);
  const { start, line } = records[0]!;
  return {
    delimiter,
    columns: first.map((_, i) => names.get(i) ?? `column ${i + 1}`),
    dataStart: start,
    dataLine: line,
  };
}

type Bar = [open: number, high: number, low: number, close: number];
