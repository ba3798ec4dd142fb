/**
 * Block lengths and p-values of Python's arch 8.0.0 (arch.json, made by make_arch.py beside it), from the same series
 * and the same draws.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { automaticBlockLength } from '../../../src/domain/validation/statistics/block-length.ts';
import { longRunVariance } from '../../../src/domain/validation/statistics/long-run-variance.ts';
import { trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import { superiorAbility } from '../../../src/domain/validation/statistics/superior-ability.ts';
import { finish } from '../../bench/calibration.ts';

interface Golden {
  blocks: { seed: number; length: number; memory: number; stationary: number }[];
  tests: {
    length: number;
    trials: number;
    lift: number;
    block: number;
    reps: number;
    benchmark: boolean;
    omega: number[];
    realityCheck: number;
    lower: number;
    consistent: number;
    upper: number;
  }[];
}
const golden = JSON.parse(readFileSync(new URL('arch.json', import.meta.url), 'utf8')) as Golden;

/** Numerical Recipes’ linear congruence, as in make_arch.py. */
function draws(seed: number) {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return { uniform, below: (n: number) => Math.floor(uniform() * n) };
}

function series(seed: number, length: number, memory: number, mean = 0): Float64Array {
  const { uniform } = draws(seed);
  let last = 0;
  return Float64Array.from({ length }, () => {
    last = memory * last + uniform() - 0.5;
    return mean + last;
  });
}

describe('arch 8.0.0', () => {
  it.each(golden.blocks)(
    'block length of series $seed: $stationary',
    ({ seed, length, memory, stationary }) => {
      const found = automaticBlockLength(series(seed, length, memory));
      expect(found).toBeCloseTo(Math.max(1, stationary), 9); // Shorter than one session is no block.
    },
  );

  it.each(golden.tests)(
    'SPA and reality check of $trials trials over $length sessions',
    ({ length, trials, lift, block, reps, benchmark: beaten, omega, ...expected }) => {
      const values = new Float64Array(trials * length);
      for (let k = 0; k < trials; k++)
        values.set(series(100 + k, length, 0.2, lift - 0.03 * k), k * length);
      const returns = { sessions: length, trials, values };
      const benchmark = beaten ? series(99, length, 0.2).map((one) => one * 0.3) : undefined;
      const found = finish(
        superiorAbility(returns, {
          samples: reps,
          blockLength: block,
          stream: draws(7),
          benchmark,
        }),
      );
      expect(found).toMatchObject({
        trials,
        realityCheck: expected.realityCheck,
        lower: expected.lower,
        consistent: expected.consistent,
        upper: expected.upper,
      });
      for (let k = 0; k < trials; k++) {
        const own = trialOf(returns, k).map((one, at) => one - (benchmark?.[at] ?? 0));
        const mean = own.reduce((sum, one) => sum + one, 0) / length;
        expect(Math.sqrt(longRunVariance(own, mean, block))).toBeCloseTo(omega[k]!, 12);
      }
    },
  );
});
