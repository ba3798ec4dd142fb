import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate, decimateSteps } from '../../../src/domain/decimate.ts';

const days = (count: number) => Int32Array.from({ length: count }, (_, day) => day);

describe('decimate', () => {
  test('keeps every point of a short line', () => {
    expect(decimate(days(4), [1, 2, 3, 4], 0, 3, 100)).toEqual([0, 1, 2, 3]);
  });

  test('keeps first, lowest, highest and last of a pixel column', () => {
    expect(decimate(days(8), [5, 9, 4, 6, 1, 7, 3, 2], 0, 7, 1)).toEqual([0, 1, 4, 7]);
  });

  test('leaves out what lies outside the range', () => {
    expect(decimate(days(10), days(10), 3, 5, 100)).toEqual([3, 4, 5]);
  });

  test('keeps a gap a gap', () => {
    const y = [1, 2, 3, 4, 5, NaN, NaN, NaN, NaN, NaN, 6, 7, 8, 9, 10];
    const rows = decimate(days(15), y, 0, 14, 3);
    expect(rows.map((row) => y[row])).toEqual([1, 5, NaN, 6, 10]);
  });

  test('has nothing to draw of nothing', () => {
    expect(decimate([], [], 0, 0, 100)).toEqual([]);
  });

  test('never draws more than four points a column, and never loses a peak', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (y, columns) => {
          const rows = decimate(days(y.length), y, 0, y.length - 1, columns);
          const drawn = rows.map((row) => y[row]!);
          expect(rows.length).toBeLessThanOrEqual(4 * columns);
          expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
          expect(Math.max(...drawn)).toBe(Math.max(...y));
          expect(Math.min(...drawn)).toBe(Math.min(...y));
          expect([rows[0], rows.at(-1)]).toEqual([0, y.length - 1]);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('decimateSteps', () => {
  test('keeps what decimate does of points that stand at their row numbers', () => {
    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN));
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 700 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(300),
        fc.nat(700),
        (values, columns, a, b) => {
          const y = Float64Array.from(values);
          const [from, to] = [Math.min(a, b), Math.min(Math.max(a, b), Math.max(y.length - 1, 0))];
          fc.pre(from <= to);
          const x = y.map((_, row) => row);
          expect(decimateSteps(y, from, to, columns)).toEqual(decimate(x, y, from, to, columns));
        },
      ),
    );
  });
});
