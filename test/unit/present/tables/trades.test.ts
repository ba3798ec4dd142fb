import { describe, expect, test } from 'vitest';
import type { DatedTrades } from '../../../../src/domain/run.ts';
import { ordered, readerOf, wordsOf } from '../../../../src/present/tables/table.ts';
import { type TradeSource, tradeColumns } from '../../../../src/present/tables/trades.ts';

const table = {
  symbols: ['A', 'B'],
  trades: {
    length: 4,
    symbol: Int32Array.of(1, 0, 1, 0),
    reason: Int8Array.of(0, 1, -1, 0),
    exitDay: Int32Array.of(20, 10, 0, 10),
    ambiguous: Uint8Array.of(1, 0, 0, 0),
    entryPrice: Float64Array.of(8.3e-6, 8.5e-6, 12.5, 9e-6),
    stop: Float64Array.of(5, NaN, 3, 5),
    net: Float64Array.of(-1, 2, 0, 2),
  } as unknown as DatedTrades,
} satisfies TradeSource;

const column = (title: string) => tradeColumns.find((one) => one.title === title)!;
const words = (title: string, row: number) => wordsOf(column(title), table, row);
const sorted = (title: string, descending: boolean) => [
  ...ordered(table.trades.length, (row) => column(title).cell(table, row), descending),
];

describe('the trade table', () => {
  test('sorts row numbers; equal values keep their order, missing ones come last', () => {
    expect(sorted('Net', true)).toEqual([1, 3, 2, 0]);
    expect(sorted('Stop', false)).toEqual([2, 0, 3, 1]);
    expect(sorted('Stop', true)).toEqual([0, 3, 2, 1]);
    expect(sorted('Symbol', false)).toEqual([1, 3, 0, 2]);
  });

  test('an open trade has no exit, and comes after the others by date', () => {
    expect(words('Exit', 2)).toBe('Open');
    expect(words('Exit reason', 2)).toBe('Marked at the end');
    expect(sorted('Exit', false)).toEqual([1, 3, 0, 2]);
  });

  test('prices that stand together have the decimals of the one that needs most', () => {
    const read = (rows: readonly number[]) => {
      const reader = readerOf(column('Entry price'), table, rows);
      return rows.map(reader);
    };
    expect(read([0, 1, 2, 3])).toEqual(['0.0000083', '0.0000085', '12.5000000', '0.0000090']);
    expect(read([2])).toEqual(['12.50']);
    expect([0, 1, 2].map(readerOf(column('Stop'), table, [0, 1, 2]))).toEqual([
      ...['5.00', 'off', '3.00'],
    ]);
  });

  test('a stop that is off says so; an ambiguous exit is marked', () => {
    expect(words('Stop', 1)).toBe('off');
    expect(words('Exit reason', 0)).toBe('Stop *');
  });
});
