import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headline, metricsOf } from '../../../src/domain/metrics/metrics.ts';
import { told } from '../../../src/domain/metrics/annualised.ts';
import { exitedWithin, headlineOfSpan } from '../../../src/domain/metrics/span.ts';
import type { DatedTrades } from '../../../src/domain/run.ts';
import { monday, runOf } from './metrics-runs.ts';

const values = [100, 110, 99, 99, 120, 90, 108];
const measured = runOf(values, {
  benchmark: [100, 105, 110, 100, 90, 95, 104],
  trades: [
    { quantity: 1, entry: 0, exit: 1, entryPrice: 100, net: 10, commission: 1 },
    { quantity: 1, entry: 2, exit: 4, entryPrice: 99, net: 21, commission: 2 },
    { side: -1, quantity: 1, entry: 4, exit: -1, entryPrice: 99, net: -12, commission: 4 },
  ],
});
const { trades } = measured;
const run = {
  ...measured,
  trades: {
    ...trades,
    entryDay: trades.entryStep.map((session) => monday + session),
    exitDay: trades.exitStep.map((session) => monday + session),
  } as DatedTrades,
};
const of = (from: number, to: number) =>
  Object.fromEntries(headlineOfSpan(run, [from, to]).map(({ id, value }) => [id, value]));

test('all sessions give what the run has', () => {
  const own = told(metricsOf(measured, 'outsample'), 'outsample');
  expect(headlineOfSpan(run, [0, 6])).toEqual(
    headline.outsample.map((wanted) => own.find(({ id }) => id === wanted)),
  );
});

test('some sessions count from the close before them, and the trades that were over in them', () => {
  expect(of(2, 4)).toMatchObject({ trades: 1, 'win-rate': 1, costs: 2 });
  expect(of(2, 4)['total-return']).toBeCloseTo(120 / 110 - 1, 12);
  expect(of(2, 4)['buy-and-hold-return']).toBeCloseTo(90 / 105 - 1, 12);
  expect(of(2, 4)['max-drawdown']).toBeCloseTo(-0.1, 12);
  // What is open at the end counts with the last session.
  expect(of(5, 6)).toMatchObject({ trades: 1, 'win-rate': null, costs: 4 });
});

test('spans that follow one another have every trade once, and their returns multiply to the run’s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (cut) => {
      const [before, after] = [of(0, cut - 1), of(cut, 6)];
      expect(before['trades']! + after['trades']!).toBe(3);
      expect((1 + before['total-return']!) * (1 + after['total-return']!)).toBeCloseTo(1.08, 12);
      expect(exitedWithin(trades, 2, [0, cut - 1], 6)).toBe(false);
    }),
  );
});
