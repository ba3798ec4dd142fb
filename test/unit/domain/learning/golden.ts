/** Golden values of numpy and hmmlearn: test/golden/learning/make_learning.py. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { HiddenMarkov } from '../../../../src/domain/learning/hidden-markov.ts';

export interface Golden {
  readonly linear: {
    readonly x: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly intercept: number;
    readonly coefficients: readonly number[];
    readonly errors: readonly number[];
    readonly explained: number;
  };
  readonly hidden_markov: {
    readonly values: readonly number[];
    readonly guess: HiddenMarkov;
    readonly log_likelihood: number;
    readonly filtered: readonly (readonly number[])[];
    readonly fitted: HiddenMarkov & { readonly log_likelihood: number };
  };
}

export const golden = JSON.parse(
  readFileSync('test/golden/learning/learning.json', 'utf8'),
) as Golden;

/** Equal to `digits` significant digits of the largest, place by place. */
export function expectNear(ours: ArrayLike<number>, theirs: ArrayLike<number>, digits = 1e-10) {
  expect(ours.length).toBe(theirs.length);
  const largest = Math.max(...Array.from(theirs, Math.abs));
  for (let i = 0; i < theirs.length; i++)
    expect(Math.abs(ours[i]! - theirs[i]!), `place ${i}`).toBeLessThanOrEqual(digits * largest);
}
