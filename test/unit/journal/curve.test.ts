import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostPoints, smallCurve } from '../../../workers/services/journal/curve.ts';

describe('a small curve', () => {
  it('is the curve itself where that is short', () => {
    const { day, equity } = smallCurve(Int32Array.of(4, 5), Float64Array.of(100, 101.5));
    expect([...day]).toEqual([4, 5]);
    expect([...equity]).toEqual([100, 101.5]);
  });

  it('keeps the ends, the highest and the lowest value, in order of days', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 201, maxLength: 900 }),
        (values) => {
          const day = Int32Array.from(values, (_, i) => 1000 + i);
          const small = smallCurve(day, Float64Array.from(values));
          expect(small.day).toHaveLength(mostPoints);
          expect(small.equity[0]).toBe(values[0]);
          expect(small.equity.at(-1)).toBe(values.at(-1));
          expect(Math.max(...small.equity)).toBe(Math.max(...values));
          expect(Math.min(...small.equity)).toBe(Math.min(...values));
          for (let i = 1; i < mostPoints; i++)
            expect(small.day[i]).toBeGreaterThanOrEqual(small.day[i - 1]!);
        },
      ),
    );
  });
});
