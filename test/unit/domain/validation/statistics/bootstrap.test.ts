import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonBlockLength } from '../../../../../src/domain/validation/statistics/block-length.ts';
import { bootstrapSums } from '../../../../../src/domain/validation/statistics/bootstrap-means.ts';
import { longRunVariance } from '../../../../../src/domain/validation/statistics/long-run-variance.ts';
import { drawStationary } from '../../../../../src/domain/validation/statistics/stationary-bootstrap.ts';
import { superiorAbility } from '../../../../../src/domain/validation/statistics/superior-ability.ts';
import { finish, foundBy, matrixOf, noise, noiseMatrix, stream } from './series.ts';

const draw = (sessions: number, blockLength: number, seed = 1): Int32Array => {
  const indices = new Int32Array(sessions);
  drawStationary(stream(seed), blockLength, indices);
  return indices;
};

describe('the stationary bootstrap', () => {
  it('draws blocks that wrap around, of the wanted mean length', () => {
    const indices = draw(100_000, 20);
    let blocks = 1;
    for (let i = 1; i < indices.length; i++)
      if (indices[i] !== (indices[i - 1]! + 1) % indices.length) blocks++;
    expect(indices.length / blocks).toBeGreaterThan(19);
    expect(indices.length / blocks).toBeLessThan(21);
    expect(Math.max(...indices.subarray(0, 1000))).toBeLessThan(100_000);
  });

  it('turns the series round where blocks are endless', () => {
    const indices = draw(10, Infinity);
    for (let i = 1; i < 10; i++) expect(indices[i]).toBe((indices[i - 1]! + 1) % 10);
  });

  it.each([1, 2, 3, 4, 6, 9])('sums %d trials as they are drawn', (trials) => {
    const returns = noiseMatrix(trials, 30);
    const sums = new Map<string, number>();
    const work = bootstrapSums(
      returns,
      { samples: 40, blockLength: 3, stream: stream() },
      (sample, trial, sum) => sums.set(`${sample} ${trial}`, sum),
    );
    finish(work);
    const again = stream();
    const indices = new Int32Array(30);
    for (let sample = 0; sample < 40; sample++) {
      drawStationary(again, 3, indices);
      for (let trial = 0; trial < trials; trial++) {
        const expected = indices.reduce((sum, at) => sum + returns.values[trial * 30 + at]!, 0);
        expect(sums.get(`${sample} ${trial}`)).toBeCloseTo(expected, 14);
      }
    }
  });

  it('has its long-run variance by the formula that sums over lags', () => {
    const byLags = (x: Float64Array, mean: number, block: number): number => {
      const n = x.length;
      const q = 1 - 1 / block;
      const kappa = (i: number) => (1 - i / n) * q ** i + (i / n) * q ** (n - i);
      let sum = 0;
      for (let i = 0; i < n; i++)
        for (let t = i; t < n; t++)
          sum += (i === 0 ? 1 : 2 * kappa(i)) * (x[t]! - mean) * (x[t - i]! - mean);
      return sum / n;
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 1, max: 60, noNaN: true }),
        (n, block) => {
          const x = noise(n, n);
          const mean = x.reduce((sum, one) => sum + one, 0) / n;
          const expected = byLags(x, mean, block);
          expect(longRunVariance(x, mean, block)).toBeCloseTo(expected, 12);
        },
      ),
    );
  });
});

describe('reality check and SPA', () => {
  const options = (seed = 1) => ({ samples: 300, blockLength: 2, stream: stream(seed) });

  it('see no edge in noise, and one that is there', () => {
    const returns = noiseMatrix(50, 500);
    expect(finish(superiorAbility(returns, options()))).toMatchObject({ trials: 50, samples: 300 });
    expect(foundBy(superiorAbility(returns, options())).consistent).toBeGreaterThan(0.05);
    returns.values.set(noise(500, 9, 0.003), 7 * 500);
    expect(finish(superiorAbility(returns, options()))).toMatchObject({
      best: 7,
      realityCheck: 0,
      consistent: 0,
    });
  });

  it('order their p-values: lower ≤ consistent ≤ upper', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const rows = Array.from({ length: 8 }, (_, k) => noise(60, seed * 10 + k, 0.001 - k * 0.001));
      const found = foundBy(superiorAbility(matrixOf(rows), options(seed)));
      expect(found.lower).toBeLessThanOrEqual(found.consistent);
      expect(found.consistent).toBeLessThanOrEqual(found.upper);
    }
  });

  it('stop at zero where nothing beats the benchmark', () => {
    const losers = matrixOf([noise(100, 1, -0.01), noise(100, 2, -0.01)]);
    const found = finish(superiorAbility(losers, options()));
    expect(found).toMatchObject({ statistic: 0, upper: expect.toSatisfy((p: number) => p > 0.5) });
    const benchmark = new Float64Array(100).fill(-0.02);
    expect(finish(superiorAbility(losers, { ...options(), benchmark }))).toMatchObject({
      consistent: 0,
    });
  });

  it('leave out trials that never traded', () => {
    const found = superiorAbility(matrixOf([new Float64Array(50), noise(50)]), options());
    expect(finish(found)).toMatchObject({ trials: 1, best: 1 });
    expect(finish(superiorAbility(matrixOf([new Float64Array(50)]), options()))).toEqual({
      reason: 'No trial’s returns vary.',
    });
    expect(finish(superiorAbility(noiseMatrix(2, 19), options()))).toHaveProperty('reason');
  });

  it('take the block length of trials that vary, however many never traded', () => {
    // Returns that last: each is most of the one before.
    const lasting = (seed: number) => {
      const series = noise(500, seed);
      for (let i = 1; i < series.length; i++) series[i]! += 0.8 * series[i - 1]!;
      return series;
    };
    const live = Array.from({ length: 5 }, (_, i) => lasting(i));
    const length = commonBlockLength(matrixOf(live));
    expect(length).toBeGreaterThan(5);
    const dead = Array.from({ length: 40 }, () => new Float64Array(500).fill(-1e-4));
    expect(commonBlockLength(matrixOf([...dead, ...live, ...dead]))).toBe(length);
    expect(commonBlockLength(matrixOf(dead))).toBe(1);
    const both = [matrixOf(live), matrixOf([...live, ...dead])].map((returns) =>
      foundBy(superiorAbility(returns, { ...options(), blockLength: commonBlockLength(returns) })),
    );
    expect(both[1]).toEqual(both[0]);
  });

  it('yield the ratio done', () => {
    const seen = [...superiorAbility(noiseMatrix(200, 1000), options())];
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });
});
