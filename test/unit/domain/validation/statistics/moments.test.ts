import { describe, expect, it } from 'vitest';
import { automaticBlockLength } from '../../../../../src/domain/validation/statistics/block-length.ts';
import {
  distributionOf,
  shareOf,
} from '../../../../../src/domain/validation/statistics/distribution.ts';
import { momentsOf } from '../../../../../src/domain/validation/statistics/moments.ts';
import { excessOf, returnsOf } from '../../../../../src/domain/validation/statistics/returns.ts';

describe('returns', () => {
  it('start from the initial cash', () => {
    expect(returnsOf(Float64Array.of(110, 99), 100)).toEqual(
      Float64Array.of(110 / 100 - 1, 99 / 110 - 1),
    );
  });
  it('end where equity is gone', () => {
    expect(returnsOf(Float64Array.of(110, 0, 5), 100)).toBeNull();
  });
  it('are the same array above a rate of 0', () => {
    const returns = Float64Array.of(0.01, 0.02);
    expect(excessOf(returns, 0)).toBe(returns);
    expect(excessOf(returns, 0.01)).toEqual(Float64Array.of(0, 0.01));
  });
});

describe('moments', () => {
  it('deviate with n − 1; skewness and kurtosis count with n, and 3 is the normal’s', () => {
    // scipy 1.17: skew([1, 2, 3, 10]) = 1.0182…, kurtosis(…, fisher=False) = 2.2304
    const { mean, deviation, sharpe, skewness, kurtosis } = momentsOf(
      Float64Array.of(1, 2, 3, 10),
    )!;
    expect(mean).toBe(4);
    expect(deviation).toBeCloseTo(Math.sqrt(50 / 3), 14);
    expect(sharpe).toBeCloseTo(4 / Math.sqrt(50 / 3), 14);
    expect(skewness).toBeCloseTo(180 / 4 / 12.5 ** 1.5, 12);
    expect(kurtosis).toBeCloseTo(1394 / 4 / 12.5 ** 2, 12);
  });
  it('are none where returns don’t vary', () => {
    expect(momentsOf(Float64Array.of(0.01))).toBeNull();
    expect(momentsOf(new Float64Array(9))).toBeNull();
    expect(momentsOf(new Float64Array(9).fill(0.1))).toBeNull();
  });
});

describe('a distribution', () => {
  it('has quantiles as numpy and counts every value once', () => {
    const { p5, p25, median, p75, p95, edges, counts } = distributionOf(
      Float64Array.from({ length: 101 }, (_, i) => 100 - i),
    );
    expect([p5, p25, median, p75, p95]).toEqual([5, 25, 50, 75, 95]);
    expect(edges).toHaveLength(counts.length + 1);
    expect([edges[0], edges.at(-1)]).toEqual([0, 100]);
    expect(counts.reduce((sum, one) => sum + one)).toBe(101);
  });
  it('of equal values is one bin', () => {
    const { median, edges, counts } = distributionOf(Float64Array.of(2, 2, 2));
    expect({ median, edges, counts }).toEqual({ median: 2, edges: [2, 2], counts: [3] });
  });
  it('counts shares', () => {
    expect(shareOf(Float64Array.of(-1, 0, 1, 2), (one) => one < 0)).toBe(0.25);
  });
});

it('a flat or very short series has blocks of one session', () => {
  expect(automaticBlockLength(new Float64Array(100))).toBe(1);
  expect(automaticBlockLength(Float64Array.of(1, 2, 3))).toBe(1);
});
