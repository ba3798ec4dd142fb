import { describe, expect, test } from 'vitest';
import { buyAndHold } from '../../../src/domain/benchmark.ts';
import { type Market, stepsOf } from '../../../src/domain/market.ts';
import { type Bar, firstDay, marketOf } from './execution/market-builder.ts';

/** A bar of which only the open and the close matter here. */
const bar = (open: number, close: number): Bar => [
  open,
  Math.max(open, close),
  Math.min(open, close),
  close,
];

const hold = (market: Market, cash: number, from = 0, to = 99): number[] => [
  ...buyAndHold(market, stepsOf(market, firstDay + from, firstDay + to), cash),
];

describe('buy & hold', () => {
  test('buys at the first open and is marked at every close', () => {
    // 1000 ÷ 50 = 20 units.
    expect(hold(marketOf({ AAA: [bar(50, 55), bar(40, 45), bar(45, 60)] }), 1000)).toEqual([
      1100, 900, 1200,
    ]);
  });

  test('a part is cash until its symbol’s first bar', () => {
    const market = marketOf({
      AAA: [bar(50, 55), bar(55, 60), bar(60, 50)], // 500 buys 10 units at 50
      BBB: [null, bar(20, 25), bar(25, 30)], // 500 waits, then buys 25 units at 20
    });
    expect(hold(market, 1000)).toEqual([550 + 500, 600 + 625, 500 + 750]);
  });

  test('a symbol without a bar today stands at its last close', () => {
    const market = marketOf({
      AAA: [bar(10, 10), bar(10, 10), bar(10, 10)],
      BBB: [bar(10, 12), null, null], // delisted: 500 buys 50 units, marked at 12 for good
    });
    expect(hold(market, 1000)).toEqual([1100, 1100, 1100]);
  });

  test('only bars inside the sessions count: the first open there, and no part for those without', () => {
    const market = marketOf({
      AAA: [bar(1, 1), bar(50, 55), bar(55, 60)],
      OLD: [bar(10, 10), null, null],
    });
    expect(hold(market, 1000, 1, 2)).toEqual([1100, 1200]);
  });

  test('no sessions, no values', () => {
    expect(hold(marketOf({ AAA: [bar(1, 1)] }), 1000, 50, 60)).toEqual([]);
  });
});
