import { expect, test } from 'vitest';
import { Eta } from '../../../src/state/eta.ts';

test('the time left follows the pace', () => {
  const eta = new Eta();
  expect(eta.at(0, 0)).toBeNull();
  expect(eta.at(500, 0.05)).toBeNull(); // Too early to say.
  expect(eta.at(2000, 0.2)).toBeCloseTo(8000, 6);
});

test('a jump at the start is no pace', () => {
  const eta = new Eta();
  eta.at(0, 0.8); // What was known already.
  expect(eta.at(2000, 0.9)).toBeCloseTo(2000, 6);
});

test('only the last seconds count, and standing still says nothing', () => {
  const eta = new Eta();
  for (let second = 0; second <= 20; second++) eta.at(second * 1000, second * 0.001);
  for (let second = 21; second <= 32; second++) eta.at(second * 1000, 0.02 + (second - 20) * 0.05);
  expect(eta.at(33_000, 0.67)).toBeCloseTo((0.33 / 0.05) * 1000, -1);
  const still = new Eta();
  still.at(0, 0.1);
  expect(still.at(5000, 0.1)).toBeNull();
});
