import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReturnsMatrix } from '../../../../../src/domain/validation/search.ts';
import { type Pbo, pbo } from '../../../../../src/domain/validation/statistics/pbo.ts';
import { combinations } from '../../../../../src/domain/validation/combinations.ts';
import { finish, foundBy, matrixOf, noise, noiseMatrix } from './series.ts';

const pboOf = (returns: ReturnsMatrix): Pbo => foundBy(pbo(returns));

/** The paper’s steps one by one, without any saving: ω of each split, and the Sharpe ratios of the chosen trial. */
function stepByStep({ sessions, trials, values }: ReturnsMatrix) {
  const length = Math.floor(sessions / 16);
  const first = sessions % 16;
  const sharpe = (trial: number, blocks: readonly number[]): number => {
    const count = blocks.length * length;
    const over = (add: (one: number) => number): number => {
      let sum = 0;
      for (const block of blocks) {
        const from = trial * sessions + first + block * length;
        for (let at = from; at < from + length; at++) sum += add(values[at]!);
      }
      return sum;
    };
    const mean = over((one) => one) / count;
    const squares = over((one) => (one - mean) ** 2);
    return squares > 1e-25 ? mean / Math.sqrt(squares / (count - 1)) : -Infinity;
  };
  const all = Array.from({ length: trials }, (_, trial) => trial);
  return combinations(16, 8).map((training) => {
    const test = Array.from({ length: 16 }, (_, b) => b).filter((b) => !training.includes(b));
    const inside = all.map((trial) => sharpe(trial, training));
    const outside = all.map((trial) => sharpe(trial, test));
    const chosen = inside.indexOf(Math.max(...inside));
    const below = outside.filter((one) => one < outside[chosen]!).length;
    const equal = outside.filter((one) => one === outside[chosen]!).length;
    const omega = (below + (equal + 1) / 2) / (trials + 1);
    return { omega, inside: inside[chosen]!, outside: outside[chosen]! };
  });
}

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe('PBO', () => {
  it('is what the paper’s steps give, split by split', () => {
    const early = noise(85, 5).fill(0, 20); // never traded again
    const returns = matrixOf([
      noise(85, 1),
      noise(85, 2, 0.001),
      noise(85, 3),
      early,
      noise(85, 4, -0.002),
    ]);
    const found = pboOf(returns);
    const expected = stepByStep(returns);
    expect(found).toMatchObject({ trials: 5, splits: 12_870, blockSessions: 5, dropped: 5 });
    expect(found.probability).toBe(expected.filter(({ omega }) => omega <= 0.5).length / 12_870);
    const inside = expected.map((one) => one.inside);
    const outside = expected.map((one) => one.outside);
    // The splits stand in another order.
    for (const [ours, theirs] of [
      [found.logits, expected.map(({ omega }) => Math.log(omega / (1 - omega)))],
      [found.inSample, inside],
      [found.outOfSample, outside],
    ] as const) {
      const wanted = sorted(theirs);
      const off = sorted(ours).map((one, i) =>
        one === wanted[i] ? 0 : Math.abs(one - wanted[i]!),
      );
      expect(Math.max(...off)).toBeLessThan(1e-10);
    }
    expect(found.probabilityOfLoss).toBe(outside.filter((one) => one < 0).length / 12_870);
  });

  it('is 0 where one trial is best everywhere, and the chosen line is flat or falls', () => {
    const found = pboOf(matrixOf([noise(320, 1), noise(320, 2, 0.05), noise(320, 3)]));
    expect(found.probability).toBe(0);
    expect(found.probabilityOfLoss).toBe(0);
    expect(found.degradation!.slope).toBeLessThan(0); // What one half has, the other lacks.
  });

  it('is 1 where all trials are the same: the choice is in the middle of equals', () => {
    const one = noise(320);
    const found = pboOf(matrixOf([one, one, one]));
    expect(found.probability).toBe(1);
    expect(new Set(found.logits)).toEqual(new Set([0]));
  });

  it('ranks a trial without a Sharpe ratio last, however much it earns', () => {
    // It varies in the first of 16 blocks alone, and earns most: chosen in every half with that block, it has no ratio
    // in the other half, and ranks below the losing one there; chosen in no half without it.
    const steady = noise(320, 7).fill(0.01, 20);
    const found = pboOf(matrixOf([steady, noise(320, 1, -0.001)]));
    expect(found.outOfSample.filter(Number.isNaN)).toHaveLength(12_870 / 2);
    expect(found.inSample.filter(Number.isNaN)).toHaveLength(0);
    expect(found.probability).toBe(1); // Whichever is chosen, the other one is better out of sample.
  });

  it('leaves out trials that never traded: beside them the chosen one would never be below the middle', () => {
    const live = Array.from({ length: 10 }, (_, i) => noise(320, i + 1));
    const dead = Array.from({ length: 90 }, (_, i) =>
      new Float64Array(320).fill(i % 2 === 0 ? 0 : -1e-4),
    );
    const alone = pboOf(matrixOf(live));
    expect(alone.probability).toBeGreaterThan(0.2);
    expect(pboOf(matrixOf([...dead, ...live]))).toEqual(alone);
    expect(finish(pbo(matrixOf([...dead, live[0]!])))).toEqual({
      reason: 'Fewer than two trials have returns that vary.',
    });
  });

  it('does not depend on the trials’ order, nor on the scale of returns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const returns = noiseMatrix(6, 80, seed);
        const { probability } = pboOf(returns);
        const rows = Array.from({ length: 6 }, (_, t) => returns.values.slice(t * 80, t * 80 + 80));
        expect(pboOf(matrixOf(rows.toReversed())).probability).toBe(probability);
        expect(pboOf({ ...returns, values: returns.values.map((r) => r * 4) }).probability).toBe(
          probability,
        );
      }),
      { numRuns: 5 },
    );
  });

  it('says why there is none', () => {
    expect(finish(pbo(noiseMatrix(1, 500)))).toEqual({
      reason: 'With one trial there was nothing to choose from.',
    });
    expect(finish(pbo(noiseMatrix(9, 63)))).toEqual({
      reason: 'There are 63 sessions; the splits need at least 64.',
    });
  });

  it('yields the ratio done', () => {
    const seen = [...pbo(noiseMatrix(400, 80))];
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(sorted(seen));
    expect(seen.every((ratio) => ratio > 0 && ratio < 1)).toBe(true);
  });
});
