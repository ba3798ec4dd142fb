import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatedTrades } from '../../../../src/domain/run.ts';
import { cumulativeNet, rMultiple, tradeReturn } from '../../../../src/domain/trade-figures.ts';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import {
  groupedBy,
  sumsOf,
  totalWords,
  tradeTraits,
  tradesWith,
  traitValues,
} from '../../../../src/present/tables/trade-view.ts';
import { type TradeSource, tradeColumns } from '../../../../src/present/tables/trades.ts';

/** 10 A long from 100 with a stop at 95: 120 net is 2.4 R. The last is open at the end. */
const trades = {
  length: 4,
  symbol: Int32Array.of(0, 1, 0, 1),
  side: Int8Array.of(1, -1, 1, 1),
  reason: Int8Array.of(1, 0, 5, -1),
  quantity: Float64Array.of(10, 5, 10, 1),
  entryPrice: Float64Array.of(100, 40, 100, 50),
  stop: Float64Array.of(95, 44, NaN, 49),
  net: Float64Array.of(120, -30, 10, 3),
  exitStep: Int32Array.of(9, 4, 9, -1),
  exitDay: Int32Array.of(
    dayFromIso('2016-01-05'),
    dayFromIso('2015-12-30'),
    dayFromIso('2016-01-05'),
    0,
  ),
} as unknown as DatedTrades;
const source: TradeSource = { trades, symbols: ['A', 'B'] };
const all = tradesWith(source, {});

describe('figures of a trade', () => {
  test('its return is of the value at entry, its R of what was at risk', () => {
    expect([0, 1, 2].map((i) => tradeReturn(trades, i))).toEqual([0.12, -0.15, 0.01]);
    expect([0, 1, 2].map((i) => rMultiple(trades, i))).toEqual([2.4, -1.5, null]);
  });

  test('profits add up in the order of exits, what is open at last', () => {
    expect([...cumulativeNet(trades)]).toEqual([90, -30, 100, 103]);
  });
});

describe('trades by their traits', () => {
  test('are filtered by what they have', () => {
    expect(traitValues(source).year).toEqual(['2015', '2016', 'Marked at the end']);
    expect([...tradesWith(source, { symbol: 'B' })]).toEqual([1, 3]);
    expect([...tradesWith(source, { side: 'Long', result: 'Won' })]).toEqual([0, 2]);
    expect([...tradesWith(source, {}, (trade) => trade > 1)]).toEqual([2, 3]);
  });

  test('groups tell what their closed trades came to', () => {
    expect(groupedBy(source, all, 'symbol')).toEqual([
      { words: 'A', trades: 2, net: 130, winRate: 1, meanReturn: 0.065, meanR: 2.4 },
      { words: 'B', trades: 2, net: -27, winRate: 0, meanReturn: -0.15, meanR: -1.5 },
      expect.objectContaining({ words: 'All shown', trades: 4, net: 103, winRate: 2 / 3 }),
    ]);
    expect(sumsOf(source, Int32Array.of(3), '')).toMatchObject({
      net: 3,
      winRate: null,
      meanR: null,
    });
  });

  test('below a column of money stands its sum, below one of shares the mean', () => {
    const below = (id: string) =>
      totalWords(
        tradeColumns.find((column) => column.id === id)!,
        source,
        all,
      );
    expect(below('net')).toBe('103.00');
    expect(below('r_multiple')).toMatch(/^mean /);
    expect([below('entry_price'), below('cumulative')]).toEqual(['', '']);
  });

  test('every trade is in just one group, whichever the trait', () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(some, fc.constantFrom(...tradeTraits), (rows, trait) => {
        const sums = groupedBy(source, Int32Array.from(rows), trait);
        const total = sums.pop()!;
        expect(sums.reduce((n, { trades }) => n + trades, 0)).toBe(total.trades);
        expect(sums.reduce((sum, { net }) => sum + net, 0)).toBeCloseTo(total.net, 9);
      }),
    );
  });
});
