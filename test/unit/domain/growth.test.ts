import { expect, test } from 'vitest';
import { equityBeside } from '../../../src/domain/growth.ts';

test('another run beside this one: equal where it begins, its newest close up to each session, nothing outside it', () => {
  const mine = {
    day: Int32Array.of(1, 2, 3, 4, 5),
    equity: Float64Array.of(100, 110, 120, 130, 140),
  };
  const other = { day: Int32Array.of(2, 4), equity: Float64Array.of(1000, 500) };
  expect([...equityBeside(mine, other)]).toEqual([NaN, 110, 110, 55, NaN]);
  const never = { day: Int32Array.of(8, 9), equity: Float64Array.of(1, 1) };
  expect([...equityBeside(mine, never)]).toEqual([NaN, NaN, NaN, NaN, NaN]);
});
