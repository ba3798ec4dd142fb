import { expect, it } from 'vitest';
import { byStep } from '../../../src/ui/chart/symbol-trades.ts';

const steps = {
  day: Int32Array.of(7, 7, 7, 8),
  known: Float64Array.of(100, 200, 300, 400),
};
const values = Float64Array.of(1, 2, 3);

it('bars stand at the steps at which they are known; others have none', () => {
  const bars = { day: Int32Array.of(7, 7, 8), known: Float64Array.of(100, 300, 400) };
  expect([...byStep(bars, values, steps)]).toEqual([1, NaN, 2, 3]);
});

it('bars dated by days stand at their sessions, those outside the run nowhere', () => {
  const sessions = { day: Int32Array.of(7, 8, 9) };
  expect([...byStep({ day: Int32Array.of(6, 7, 9) }, values, sessions)]).toEqual([2, NaN, 3]);
});
