import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawdownsOf, underwaterOf, worstDrawdowns } from '../../../src/domain/metrics/drawdown.ts';
import { returnsBy } from '../../../src/domain/metrics/periods.ts';
import { rollingOf } from '../../../src/domain/metrics/rolling.ts';

const curve = (...values: number[]): Float64Array => Float64Array.from(values);

describe('the worst drawdowns', () => {
  test('each with its peak, trough and recovery, the deepest first', () => {
    expect(worstDrawdowns(curve(90, 120, 60, 130, 104), 100, 10)).toEqual([
      { peak: 1, trough: 2, recovered: 3, end: 3, depth: -0.5 },
      { peak: 3, trough: 4, recovered: null, end: 4, depth: expect.closeTo(-0.2, 12) },
      { peak: -1, trough: 0, recovered: 1, end: 1, depth: expect.closeTo(-0.1, 12) },
    ]);
    expect(worstDrawdowns(curve(90, 120, 60, 130, 104), 100, 1)).toHaveLength(1);
    expect(worstDrawdowns(curve(100, 101), 100, 10)).toEqual([]);
  });

  test('troughs lie at their depth below the curve’s peaks, and the first is the deepest of all', () => {
    const values = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const equity = Float64Array.from(all);
        const under = underwaterOf(equity, 100);
        const worst = worstDrawdowns(equity, 100, 1000);
        for (const { trough, depth } of worst) expect(under[trough]).toBe(depth);
        expect(worst[0]?.depth ?? 0).toBe(drawdownsOf(equity, 100).deepest);
      }),
    );
  });
});

test('returns by the calendar compound to the whole', () => {
  const day = Int32Array.of(0, 20, 31, 59, 400);
  const periods = returnsBy({ day, equity: curve(110, 99, 121, 121, 242), base: 100 }, (one) =>
    Math.floor(one / 31),
  );
  expect(periods.map(({ key }) => key)).toEqual([0, 1, 12]);
  expect(periods.reduce((growth, { returned }) => growth * (1 + returned), 1)).toBeCloseTo(
    2.42,
    12,
  );
});

describe('rolling figures', () => {
  // Python 3, statistics.stdev([0.01, -0.02, 0.03]) and .mean of the same.
  test('are mean and deviation of the window, annualised', () => {
    const { sharpe, volatility } = rollingOf(curve(0.01, -0.02, 0.03, 0.005), 3, 0, 252);
    expect(Array.from(volatility.subarray(0, 2))).toEqual([Number.NaN, Number.NaN]);
    expect(volatility[2]).toBeCloseTo(0.025166114784235832 * Math.sqrt(252), 12);
    expect(sharpe[2]).toBeCloseTo(
      (0.006666666666666667 / 0.025166114784235832) * Math.sqrt(252),
      12,
    );
  });

  test('returns that do not vary have a volatility and no Sharpe ratio', () => {
    const { sharpe, volatility } = rollingOf(curve(0.01, 0.01, 0.01), 3, 0, 252);
    expect(volatility[2]).toBeCloseTo(0, 12);
    expect(sharpe[2]).toBeNaN();
  });
});
