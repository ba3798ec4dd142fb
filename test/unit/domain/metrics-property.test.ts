import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conventions } from '../../../src/domain/metrics/convention.ts';
import type { MeasuredRun } from '../../../src/domain/metrics/measured.ts';
import { metricsOf, metricsOfAll } from '../../../src/domain/metrics/metrics.ts';
import { type QuickMetrics, quickMetrics } from '../../../src/domain/metrics/quick.ts';
import { type TradeSketch, runOf } from './metrics-runs.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
/** From ordinary money to anything a double can hold. */
const money = fc.oneof(amount, fc.double({ min: 90, max: 110, noNaN: true }), finite);
const price = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
const ratio = fc.double({ min: -0.5, max: 1, noNaN: true });

/** A trade of a run with so many sessions. */
const tradeIn = (sessions: number): fc.Arbitrary<TradeSketch> =>
  fc
    .record({
      side: fc.constantFrom(1 as const, -1 as const),
      quantity: price,
      entryPrice: price,
      exitPrice: price,
      entry: fc.nat(sessions - 1),
      held: fc.integer({ min: -1, max: sessions }),
      commission: amount,
      spread: amount,
      slippage: amount,
      impact: amount,
      borrow: amount,
      net: money,
      mae: fc.double({ min: -1, max: 0, noNaN: true }),
      mfe: amount,
    })
    .map(({ held, ...trade }) => ({
      ...trade,
      exit: held < 0 ? -1 : Math.min(trade.entry + held, sessions - 1),
    }));

const session = fc.record({
  gap: fc.integer({ min: 1, max: 400 }),
  equity: money,
  cash: finite,
  gross: amount,
  positions: fc.nat(4),
  benchmark: money,
  close: money,
});

const anyRun: fc.Arbitrary<MeasuredRun> = fc.array(session, { maxLength: 30 }).chain((sessions) =>
  fc
    .record({
      trades:
        sessions.length === 0
          ? fc.constant([])
          : fc.array(tradeIn(sessions.length), { maxLength: 10 }),
      initialCash: fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
      riskFreeRate: ratio,
      warmup: fc.nat(40),
      interest: finite,
    })
    .map((rest) => {
      let day = 0;
      return runOf(
        sessions.map(({ equity }) => equity),
        {
          ...rest,
          days: sessions.map(({ gap }) => (day += gap)),
          benchmark: sessions.map(({ benchmark }) => benchmark),
          closes: sessions.map(({ close }) => close),
          equity: {
            cash: Float64Array.from(sessions, ({ cash }) => cash),
            gross: Float64Array.from(sessions, ({ gross }) => gross),
            positions: Int32Array.from(sessions, ({ positions }) => positions),
          },
        },
      );
    }),
);

test('no run has a metric that is NaN, infinite or −0: it is a number, or it says why not', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      for (const metric of Object.values(metricsOfAll(run)).flat()) {
        if (metric.value === null) expect(metric.reason, metric.id).toMatch(/^[A-Z].*\.$/);
        else if (!Number.isFinite(metric.value) || Object.is(metric.value, -0)) {
          expect.fail(`${metric.id} is ${metric.value}`);
        }
      }
    }),
    { seed: 20240103, numRuns: 1000 },
  );
});

const quickNames: Readonly<Record<keyof QuickMetrics, string>> = {
  totalReturn: 'total-return',
  cagr: 'cagr',
  sharpe: 'sharpe',
  sortino: 'sortino',
  maxDrawdown: 'max-drawdown',
  trades: 'trades',
  winRate: 'win-rate',
  profitFactor: 'profit-factor',
  costs: 'costs',
};

test('the quick metrics have the bits of the full ones', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const full = new Map(metricsOf(run, 'outsample').map(({ id, value }) => [id, value]));
      const quick = Object.entries(quickMetrics(run));
      expect(quick).toEqual(Object.entries(quickNames).map(([name, id]) => [name, full.get(id)]));
    }),
    { seed: 20240105, numRuns: 500 },
  );
});

test('ratios don’t know the currency: 1024 times the money has the same bits', () => {
  const steady = fc.array(fc.double({ min: 50, max: 150, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(steady, (values) => {
      const run = (scale: number): MeasuredRun =>
        runOf(
          values.map((value) => value * scale),
          {
            initialCash: 100 * scale,
            riskFreeRate: 0.01,
            trades: [{ quantity: scale, entryPrice: 50, net: 7 * scale, entry: 0, exit: 1 }],
          },
        );
      for (const convention of conventions) {
        const once = metricsOf(run(1), convention);
        metricsOf(run(1024), convention).forEach((metric, i) => {
          // A power of two, so that even the bits are the same.
          if (metric.unit !== 'currency') expect(metric).toEqual(once[i]);
        });
      }
    }),
    { seed: 20240104, numRuns: 200 },
  );
});
