import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesOf, heaviest } from '../../../src/domain/thin.ts';

const bars = (rows: readonly (readonly [number, number, number, number])[]) => ({
  open: Float64Array.from(rows, ([open]) => open),
  high: Float64Array.from(rows, ([, high]) => high),
  low: Float64Array.from(rows, ([, , low]) => low),
  close: Float64Array.from(rows, ([, , , close]) => close),
});
const none = [NaN, NaN, NaN, NaN] as const;

describe('candles', () => {
  const five = bars([[10, 12, 9, 11], [11, 15, 10, 14], none, [14, 14, 8, 9], [9, 10, 7, 8]]);

  it('are the bars where there is room', () => {
    const { each, open, close, bars: count } = candlesOf(five, 0, 4, 100);
    expect([each, open, close, count]).toEqual([1, [10, 11, 14, 9], [11, 14, 9, 8], 4]);
  });

  it('are several bars each where there is not: first open, highest, lowest, last close', () => {
    expect(candlesOf(five, 0, 4, 3)).toEqual({
      each: 2,
      from: [0, 2, 4],
      to: [1, 3, 4],
      open: [10, 14, 9],
      high: [15, 14, 10],
      low: [9, 8, 7],
      close: [14, 9, 8],
      bars: 4,
    });
  });

  it('lose no high, no low and no bar, and are never too many', () => {
    const price = fc.double({ min: 1, max: 100, noNaN: true });
    const bar = fc.tuple(price, price, price, price);
    fc.assert(
      fc.property(
        fc.array(bar, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (rows, most) => {
          const made = candlesOf(bars(rows), 0, rows.length - 1, most);
          expect(made.open.length).toBeLessThanOrEqual(most);
          expect(made.bars).toBe(rows.length);
          expect(Math.max(...made.high)).toBe(Math.max(...rows.map(([, high]) => high)));
          expect(Math.min(...made.low)).toBe(Math.min(...rows.map(([, , low]) => low)));
          expect(made.close.at(-1)).toBe(rows.at(-1)![3]);
        },
      ),
    );
  });
});

describe('the heaviest', () => {
  it('of each column stays, losses by their size', () => {
    expect(heaviest([0, 1, 5, 6, 9], [3, -7, 1, 2, 0], 0, 9, 2)).toEqual([1, 3]);
    expect(heaviest([0, 1, 5, 6, 9], [3, -7, 1, 2, 0], 0, 9, 10)).toEqual([0, 1, 2, 3, 4]);
    expect(heaviest([], [], 0, 9, 2)).toEqual([]);
  });
});
