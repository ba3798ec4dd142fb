import { describe, expect, test } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import type { MeasuredRun, MeasuredTrade } from '../../../src/domain/metrics/measured.ts';
import { metricsOf } from '../../../src/domain/metrics/metrics.ts';

/** 2024-01-01 was a Monday. */
const monday = dayFromIso('2024-01-01');

/** A run of 100 in cash, one session a day from Monday on where no days are given. */
function run(
  equity: readonly number[],
  { days = equity.map((_, i) => i), ...rest }: Partial<MeasuredRun> & { days?: number[] } = {},
): MeasuredRun {
  return {
    equity: {
      day: Int32Array.from(days, (day) => monday + day),
      equity: Float64Array.from(equity),
      cash: new Float64Array(equity.length),
      gross: new Float64Array(equity.length),
      positions: new Int32Array(equity.length),
    },
    trades: [],
    benchmark: equity,
    initialCash: 100,
    riskFreeRate: 0,
    ...rest,
  };
}

/** A closed trade of 2 units at 50: its value at entry is 100, so its return in percent is its net. */
const trade = (net: number, rest: Partial<MeasuredTrade> = {}): MeasuredTrade => ({
  quantity: 2,
  entryPrice: 50,
  reason: 'stop',
  commission: 1,
  spread: 0.5,
  slippage: 0.25,
  net,
  bars: 4,
  ...rest,
});

/** One metric: its value, or its reason. */
function of(id: string, measured: MeasuredRun): number | string {
  const metric = metricsOf(measured).find((one) => one.id === id);
  if (metric === undefined) throw new Error(`There is no metric ${id}.`);
  return metric.value ?? metric.reason;
}

/** 100 → 110 → 99 → 108.9: returns +10 %, −10 %, +10 %, Monday to Wednesday. */
const zigzag = [110, 99, 108.9];

describe('returns', () => {
  test('final equity and total return', () => {
    expect(of('final-equity', run(zigzag))).toBe(108.9);
    expect(of('total-return', run(zigzag))).toBeCloseTo(0.089, 15);
  });

  test('buy & hold return is the benchmark’s', () => {
    expect(of('buy-and-hold-return', run(zigzag, { benchmark: [105, 90, 125] }))).toBe(0.25);
  });

  test('CAGR over calendar days: doubling in 365 of the 365.25 days of a year is a little more', () => {
    // 2^(365.25 ÷ 365) − 1 = 2 × 2^0.000684932 − 1 = 2 × 1.000474871 − 1
    const doubled = run([100, 200], { days: [0, 365] });
    expect(of('cagr', doubled)).toBeCloseTo(1.000949742, 9);
  });

  test('CAGR of four years and a leap day is the fourth root, exactly 1461 days', () => {
    // 1.1⁴ = 1.4641
    expect(of('cagr', run([100, 146.41], { days: [0, 1461] }))).toBeCloseTo(0.1, 14);
  });
});

describe('risk', () => {
  // Mean 1/30. Squared distances (2/30)², (4/30)², (2/30)²: their sum ÷ 2 is 0.04/3, the variance.
  test('volatility is the sd (n − 1) × √252: √(0.04/3 × 252) = √3.36', () => {
    expect(of('volatility', run(zigzag))).toBeCloseTo(Math.sqrt(3.36), 14);
  });

  test('Sharpe: √((1/30)² ÷ (0.04/3) × 252) = √21', () => {
    expect(of('sharpe', run(zigzag))).toBeCloseTo(Math.sqrt(21), 13);
  });

  test('Sortino: the one loss, 10 %, over all three sessions: (1/30) ÷ √(0.01/3) × √252 = √84', () => {
    expect(of('sortino', run(zigzag))).toBeCloseTo(Math.sqrt(84), 13);
  });

  test('the risk-free rate comes off every session’s return, its 252nd part', () => {
    // 2.52 a year is 1 % a session: excess +9 %, −11 %, +9 %, mean 7/300, the same sd.
    const measured = run(zigzag, { riskFreeRate: 2.52 });
    expect(of('sharpe', measured)).toBeCloseTo(
      (7 / 300 / Math.sqrt(0.04 / 3)) * Math.sqrt(252),
      13,
    );
    expect(of('sortino', measured)).toBeCloseTo(
      (7 / 300 / Math.sqrt(0.0121 / 3)) * Math.sqrt(252),
      12,
    );
    expect(of('volatility', measured)).toBeCloseTo(Math.sqrt(3.36), 14);
  });

  test('where weekends trade a year has 365 sessions, and the definition says so', () => {
    const weekend = run(zigzag, { days: [4, 5, 6] });
    expect(of('sharpe', weekend)).toBeCloseTo(Math.sqrt(365 / 12), 13);
    const sharpe = (measured: MeasuredRun) =>
      metricsOf(measured).find(({ id }) => id === 'sharpe')?.definition;
    expect(sharpe(weekend)).toContain('√365');
    expect(sharpe(run(zigzag, { riskFreeRate: 0.02 }))).toContain('0.02 a year ÷ 252');
  });

  test('cash that earns nothing loses to the risk-free rate at no risk: Sortino is −√N, Sharpe none', () => {
    const idle = run([100, 100, 100], { riskFreeRate: 0.0252 });
    expect(of('sortino', idle)).toBeCloseTo(-Math.sqrt(252), 13);
    expect(of('sharpe', idle)).toBe('Volatility is zero: equity’s returns don’t vary.');
    expect(of('volatility', idle)).toBe(0);
  });

  test('a scatter that is only rounding is none', () => {
    // 0.7 % a session, as far as doubles go: the returns differ in their last bits.
    const steady = Array.from({ length: 50 }, (_, i) => 100 * 1.007 ** (i + 1));
    expect(of('volatility', run(steady))).not.toBe(0);
    expect(of('sharpe', run(steady))).toBe('Volatility is zero: equity’s returns don’t vary.');
    expect(of('sortino', run(steady, { riskFreeRate: 0.007 * 252 }))).toBe(
      'No session returned less than the risk-free rate.',
    );
  });
});

describe('drawdown', () => {
  test('its depth is negative: 99 ÷ 110 − 1', () => {
    expect(of('max-drawdown', run(zigzag))).toBeCloseTo(-0.1, 15);
  });

  test('the initial cash is the first peak', () => {
    expect(of('max-drawdown', run([80, 90]))).toBeCloseTo(-0.2, 15);
  });

  test('losing more than everything is more than −100 %', () => {
    expect(of('max-drawdown', run([-20, 50]))).toBeCloseTo(-1.2, 15);
  });

  test('lasts from the peak to the close that reaches it again, in calendar days', () => {
    // Peak on day 0, back on day 4; peak on day 4, back on day 10.
    expect(of('longest-drawdown', run([105, 100, 105, 104, 106], { days: [0, 3, 4, 7, 10] }))).toBe(
      6,
    );
  });

  test('lasts to the last session where the peak is never reached again', () => {
    expect(of('longest-drawdown', run(zigzag))).toBe(2);
    expect(of('longest-drawdown', run([90, 95, 99], { days: [0, 1, 9] }))).toBe(9);
  });

  test('from peak to peak without a lower close between is none, however long', () => {
    const rising = run([100, 101, 102], { days: [0, 100, 200] });
    expect(of('longest-drawdown', rising)).toBe(0);
    expect(of('max-drawdown', rising)).toBe(0);
    expect(of('calmar', rising)).toBe('There was no drawdown.');
  });

  test('Calmar is CAGR ÷ depth: 10 % a year for four years against a fall of 20 %', () => {
    expect(of('calmar', run([80, 146.41], { days: [0, 1461] }))).toBeCloseTo(0.5, 13);
  });
});

describe('trading', () => {
  const trades = [
    trade(30, { bars: 2 }),
    trade(-10, { bars: 4, quantity: 1 }), // −10 of 50: −20 %
    trade(0, { bars: 9, reason: 'time' }),
    trade(5, { bars: 100, reason: null }), // open: counts, and has cost, but hasn't won
  ];
  const measured = run(zigzag, { trades });

  test.each([
    ['trades', 4],
    ['open-trades', 1],
    ['win-rate', 1 / 3],
    ['profit-factor', 30 / 10],
    ['profit-factor-percent', 0.3 / 0.2],
    ['expectancy', (30 - 10 + 0) / 3],
    ['expectancy-percent', (0.3 - 0.2 + 0) / 3],
    ['average-bars', (2 + 4 + 9) / 3],
    ['costs', 4 * 1.75],
  ])('%s', (id, value) => {
    expect(of(id, measured)).toBeCloseTo(value, 15);
  });

  test('exposure is the share of closes with a position', () => {
    const { equity } = measured;
    const positions = Int32Array.of(0, 3, 1);
    expect(of('exposure', { ...measured, equity: { ...equity, positions } })).toBe(2 / 3);
  });

  test('no trades cost nothing: that is a number', () => {
    expect(of('costs', run(zigzag))).toBe(0);
    expect(of('trades', run(zigzag))).toBe(0);
    expect(of('exposure', run(zigzag))).toBe(0);
  });
});

describe('what can’t be computed says why', () => {
  const ofClosed = [
    'win-rate',
    'profit-factor',
    'expectancy',
    'expectancy-percent',
    'average-bars',
  ];

  test.each(ofClosed)('%s needs a closed trade', (id) => {
    expect(of(id, run(zigzag))).toBe('There are no trades.');
    expect(of(id, run(zigzag, { trades: [trade(5, { reason: null })] }))).toBe(
      'Every trade is still open.',
    );
  });

  test.each(['profit-factor', 'profit-factor-percent'])('%s needs a loss', (id) => {
    expect(of(id, run(zigzag, { trades: [trade(30)] }))).toBe('No closed trade lost money.');
  });

  test.each([
    'final-equity',
    'total-return',
    'buy-and-hold-return',
    'max-drawdown',
    'longest-drawdown',
    'calmar',
    'exposure',
  ])('%s needs a session', (id) => {
    expect(of(id, run([]))).toBe('There are no sessions.');
  });

  test.each(['cagr', 'volatility', 'sharpe', 'sortino'])('%s needs two sessions', (id) => {
    expect(of(id, run([]))).toBe('There are fewer than two sessions.');
    expect(of(id, run([110]))).toBe('There are fewer than two sessions.');
  });

  test.each(['volatility', 'sharpe', 'sortino', 'cagr', 'calmar'])(
    '%s ends where the money ends',
    (id) => {
      expect(of(id, run([50, 0]))).toBe('Equity fell to zero or below.');
      expect(of(id, run([50, -1]))).toBe('Equity fell to zero or below.');
    },
  );

  test('the growth of a year may be too large for a number', () => {
    expect(of('cagr', run([100, 1000]))).toBe('The numbers are too large to compute with.');
  });
});

test('every metric has its own id, a label, a unit and a definition', () => {
  const metrics = metricsOf(run(zigzag));
  expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
  for (const { label, definition } of metrics) {
    expect(label).not.toBe('');
    expect(definition).toMatch(/^[A-Z].*\.$/);
  }
  expect(metrics.map(({ id, unit }) => `${id}: ${unit}`)).toMatchInlineSnapshot(`
    [
      "final-equity: currency",
      "total-return: percent",
      "buy-and-hold-return: percent",
      "cagr: percent",
      "volatility: percent",
      "sharpe: ratio",
      "sortino: ratio",
      "max-drawdown: percent",
      "longest-drawdown: days",
      "calmar: ratio",
      "exposure: percent",
      "trades: count",
      "win-rate: percent",
      "profit-factor: ratio",
      "profit-factor-percent: ratio",
      "expectancy: currency",
      "expectancy-percent: percent",
      "average-bars: ratio",
      "costs: currency",
      "open-trades: count",
    ]
  `);
});
