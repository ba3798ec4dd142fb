import { expect, it } from 'vitest';
import { type OutcomeFan, outcomeFan } from '../../../../src/domain/live/outcome-fan.ts';
import { randomStream } from '../../../../src/domain/random.ts';
import { isMissing } from '../../../../src/domain/validation/statistics/found.ts';

/** Equity of 300 steps whose returns are normal with a deviation of 1 %. */
function walk(): Float64Array {
  const { normal } = randomStream(7, 'walk');
  let equity = 100_000;
  return Float64Array.from({ length: 300 }, () => (equity *= 1 + 0.01 * normal()));
}

function fanOf(equity: Float64Array, from: number): OutcomeFan {
  const fan = outcomeFan(equity, 100_000, from, 1);
  if (isMissing(fan)) throw new Error(fan.reason);
  return fan;
}

it('begins at the equity of its start, widens with time and keeps its bands in order', () => {
  const equity = walk();
  const { bands, returns, samples } = fanOf(equity, 239);
  expect([returns, samples, bands.length]).toEqual([240, 1000, 5]);
  for (const band of bands) {
    expect(band).toHaveLength(61);
    expect(band[0]).toBe(equity[239]);
  }
  const width = (step: number): number => bands[4]![step]! / bands[0]![step]! - 1;
  for (let step = 1; step < 61; step++)
    for (let band = 1; band < 5; band++)
      expect(bands[band]![step]).toBeGreaterThanOrEqual(bands[band - 1]![step]!);
  // 90 % of a walk of 1 % a step lie within ±1.645 · √60 % after 60 steps: some 25 % apart.
  expect(width(60)).toBeGreaterThan(0.2);
  expect(width(60)).toBeLessThan(0.35);
  expect(width(60) / width(15)).toBeGreaterThan(1.7);
});

it('knows nothing of what follows its start, and is the same for the same seed', () => {
  const equity = walk();
  const other = equity.slice();
  other.fill(1, 240);
  expect(fanOf(other, 239)).toEqual(fanOf(equity, 239));
  expect(outcomeFan(equity, 100_000, 239, 2)).not.toEqual(fanOf(equity, 239));
});

it('says why there is none: too few returns, none that vary, or a ruin', () => {
  const reason = (equity: Float64Array, from: number): string => {
    const found = outcomeFan(equity, 100_000, from, 1);
    return isMissing(found) ? found.reason : '';
  };
  expect(reason(walk(), 5)).toBe('There are only 6 returns up to its start; 20 are wanted.');
  expect(reason(new Float64Array(100).fill(100_000), 60)).toMatch(/had not moved/);
  expect(reason(walk().fill(-1, 3, 4), 60)).toBe('Equity fell to zero or below.');
});
