/* Single figures that other programs made. Whole runs of theirs: test/golden/metrics-peers.test.ts. */
import { describe, expect, test } from 'vitest';
import { growthPerYear } from '../../../src/domain/metrics/outsample/returns.ts';
import { metricOf, runOf, valuesOf } from './metrics-runs.ts';

/** Equal to twelve digits. */
function expectNear(value: unknown, golden: number): void {
  expect(Math.abs(Number(value) / golden - 1)).toBeLessThan(1e-12);
}

describe('CAGR', () => {
  // freqtrade's tests/data/test_metrics.py, to four digits. A year of freqtrade has 365 days, ours 365.25:
  // 1.5^3.6525 − 1 and (176000 ÷ 64900)^(365.25 ÷ 365) − 1, made with Python's floats.
  test.each([
    [1000, 1500, 100, 3.3927, 3.397170682393331],
    [64900, 176000, 365, 1.7119, 1.7137180911032637],
  ])('%d → %d in %d days', (from, to, days, freqtrade, ours) => {
    expect(growthPerYear(to / from, days, 365)).toBeCloseTo(freqtrade, 4);
    expectNear(growthPerYear(to / from, days), ours);
    expectNear(metricOf('cagr', runOf([from, to], { days: [0, days], initialCash: from })), ours);
  });

  // backtesting.py 0.6.6 over the S&P 500, 2000-01-03..2020-04-17 (7410 days), 1,000,000 in cash, CAGR [%].
  test.each([
    ['sma-20-100-reverse', 1169083.045201183, 0.7730027572254716],
    ['sma-20-100-reverse-same-close', 1197917.3516403842, 0.8941015153846932],
    ['sma-50-200-long', 2690121.9240290006, 4.998743961279928],
    ['zscore-reversion-sl-tp', 1037134.6731928579, 0.1798872226140169],
  ])('backtesting.py counts 365.25 days too: %s', (_, final, percent) => {
    expectNear(growthPerYear(final / 1e6, 7410), percent / 100);
  });
});

describe('the shape of returns', () => {
  // pandas 3.0: Series([0.1, −0.05, 0.02, 0.03, −0.12, 0.04]): skew(), kurt(), quantile(.05), quantile(.95).
  const returns = [0.1, -0.05, 0.02, 0.03, -0.12, 0.04];
  let value = 100;
  const run = runOf(returns.map((r) => (value *= 1 + r)));
  const values = valuesOf(run);

  test.each([
    ['skew', -0.6879281544173361],
    ['kurtosis', 0.26600424299704517],
    ['value-at-risk', -0.1025],
    ['conditional-value-at-risk', -0.12],
    ['tail-ratio', 0.085 / 0.1025],
  ])('%s', (id, golden) => {
    expect(values[id]).toBeCloseTo(golden, 13);
  });
});
