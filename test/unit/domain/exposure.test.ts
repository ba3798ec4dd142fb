import { expect, test } from 'vitest';
import { averageExposure } from '../../../src/domain/metrics/exposure.ts';

const of = (equity: readonly number[], gross: readonly number[]) =>
  averageExposure({ equity: Float64Array.from(equity), gross: Float64Array.from(gross) });

test('the average exposure counts sessions without positions, and none once all is lost', () => {
  expect(of([100, 100, 0, -5], [50, 0, 10, 10])).toBe(0.125);
  expect(of([], [])).toBe(0);
});
