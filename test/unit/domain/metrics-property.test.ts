import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MeasuredRun, MeasuredTrade } from '../../../src/domain/metrics/measured.ts';
import { metricsOf } from '../../../src/domain/metrics/metrics.ts';
import { exitReasons } from '../../../src/domain/run.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
/** From ordinary money to anything a double can hold. */
const money = fc.oneof(amount, fc.double({ min: 90, max: 110, noNaN: true }), finite);

const trade: fc.Arbitrary<MeasuredTrade> = fc.record({
  quantity: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  entryPrice: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  reason: fc.constantFrom(null, ...exitReasons),
  commission: amount,
  spread: amount,
  slippage: amount,
  net: money,
  bars: fc.nat(1000),
});

const session = fc.record({
  gap: fc.integer({ min: 1, max: 400 }),
  equity: money,
  positions: fc.nat(4),
  benchmark: money,
});

const anyRun: fc.Arbitrary<MeasuredRun> = fc
  .record({
    sessions: fc.array(session, { maxLength: 30 }),
    trades: fc.array(trade, { maxLength: 10 }),
    initialCash: fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
    riskFreeRate: fc.double({ min: -0.5, max: 1, noNaN: true }),
  })
  .map(({ sessions, ...rest }) => {
    let day = 10_000;
    return {
      ...rest,
      equity: {
        day: Int32Array.from(sessions, ({ gap }) => (day += gap)),
        equity: Float64Array.from(sessions, ({ equity }) => equity),
        cash: new Float64Array(sessions.length),
        gross: new Float64Array(sessions.length),
        positions: Int32Array.from(sessions, ({ positions }) => positions),
      },
      benchmark: sessions.map(({ benchmark }) => benchmark),
    };
  });

test('no run has a metric that is NaN, infinite or −0: it is a number, or it says why not', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      for (const metric of metricsOf(run)) {
        if (metric.value === null) expect(metric.reason, metric.id).not.toBe('');
        else {
          expect(metric.value, metric.id).toSatisfy(Number.isFinite);
          expect(Object.is(metric.value, -0), metric.id).toBe(false);
        }
      }
    }),
    { seed: 20240103, numRuns: 1000 },
  );
});

test('ratios don’t know the currency: 1024 times the money has the same bits', () => {
  const steady = fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(steady, (values) => {
      const run = (scale: number): MeasuredRun => ({
        equity: {
          day: Int32Array.from(values, (_, i) => i),
          equity: Float64Array.from(values, (value) => value * scale),
          cash: new Float64Array(values.length),
          gross: new Float64Array(values.length),
          positions: new Int32Array(values.length),
        },
        trades: [],
        benchmark: values,
        initialCash: 100 * scale,
        riskFreeRate: 0.01,
      });
      const once = metricsOf(run(1));
      metricsOf(run(1024)).forEach((metric, i) => {
        // A power of two, so that even the bits are the same.
        if (metric.unit !== 'currency' && metric.id !== 'buy-and-hold-return') {
          expect(metric).toEqual(once[i]);
        }
      });
    }),
    { seed: 20240104, numRuns: 200 },
  );
});
