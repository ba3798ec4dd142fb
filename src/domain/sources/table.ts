import { isoFromDay } from '../calendar.ts';
import type { Day } from '../units.ts';
import type { Row, Source } from './source.ts';

export interface SymbolRows {
  readonly symbol: string;
  readonly rows: readonly Row[];
}

const columns: Readonly<Record<Source['role'], readonly string[]>> = {
  bars: ['date', 'symbol', 'open', 'high', 'low', 'close', 'volume'],
  attention: ['date', 'symbol', 'views'],
  macro: ['date', 'series', 'value'],
};

/** Rows as CSV: symbols in the order given, dates rising, figures as the source wrote them. */
export const csvOf = (role: Source['role'], all: readonly SymbolRows[]): string =>
  [
    columns[role],
    ...all.flatMap(({ symbol, rows }) =>
      rows.map(({ day, values }) => [isoFromDay(day), symbol, ...values]),
    ),
  ]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');

const quoted = (cell: string): string =>
  /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Rows within a span by rising date, one for each: pages overlap at their ends. */
export function inOrder(rows: readonly Row[], from: Day, to: Day): Row[] {
  const byDay = new Map<Day, Row>();
  for (const row of rows) if (row.day >= from && row.day <= to) byDay.set(row.day, row);
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}
