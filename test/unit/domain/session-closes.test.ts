import { expect, it } from 'vitest';
import type { Equity } from '../../../src/domain/run.ts';
import { closingSteps, sessionCloses } from '../../../src/domain/session-closes.ts';

const curve = (days: readonly number[], more: Partial<Equity> = {}): Equity => {
  const column = (): Float64Array => Float64Array.from(days, (_, i) => i);
  return {
    day: Int32Array.from(days),
    known: column(),
    equity: column(),
    cash: column(),
    gross: column(),
    net: column(),
    positions: Int32Array.from(days, (_, i) => i),
    ...more,
  };
};

it('keeps the last step of each session, and what was paid in between', () => {
  const paid = Float64Array.of(1, 2, 4, 8, 16);
  const units = Float64Array.of(10, 20, 30, 40, 50);
  const closes = sessionCloses(curve([7, 7, 8, 8, 9], { payments: { units, paid } }));
  expect([...closes.day]).toEqual([7, 8, 9]);
  expect([...closes.equity]).toEqual([1, 3, 4]);
  expect([...closes.positions]).toEqual([1, 3, 4]);
  expect([...closes.payments!.units]).toEqual([20, 40, 50]);
  expect([...closes.payments!.paid]).toEqual([3, 12, 16]);
});

it('has rising sessions also where those of two exchanges overlap', () => {
  expect([...closingSteps(curve([7, 8, 7, 8, 8]))!]).toEqual([2, 4]);
});

it('leaves a curve without a clock as it is', () => {
  const { known: _, ...daily } = curve([7, 8]);
  expect(sessionCloses(daily)).toBe(daily);
});

it('has nothing of nothing', () => {
  expect([...sessionCloses(curve([])).day]).toEqual([]);
});
