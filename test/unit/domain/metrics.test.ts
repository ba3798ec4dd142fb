import { describe, expect, test } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import { conventions } from '../../../src/domain/metrics/convention.ts';
import type { MeasuredRun } from '../../../src/domain/metrics/measured.ts';
import { headline, metricsOf, metricsOfAll } from '../../../src/domain/metrics/metrics.ts';
import { quickMetrics } from '../../../src/domain/metrics/quick.ts';
import { type TradeSketch, metricOf as of, monday, runOf as run } from './metrics-runs.ts';

/** A closed trade of 2 units at 50: its value at entry is 100, so its return in percent is its net. */
const trade = (net: number, rest: Partial<TradeSketch> = {}): TradeSketch => ({
  quantity: 2,
  entryPrice: 50,
  exitPrice: 50,
  entry: 0,
  exit: 1,
  net,
  commission: 1,
  spread: 0.5,
  slippage: 0.25,
  ...rest,
});

/** 100 → 110 → 99 → 108.9: returns +10 %, −10 %, +10 %, Monday to Wednesday. */
const zigzag = [110, 99, 108.9];

describe('the run', () => {
  test('its dates and lengths', () => {
    const measured = run(zigzag, { days: [0, 1, 4] });
    expect(of('start', measured)).toBe(monday);
    expect(of('end', measured)).toBe(monday + 4);
    expect(of('duration', measured)).toBe(4);
    expect(of('sessions', measured)).toBe(3);
  });

  test('exposure is the share of closes with a position', () => {
    const positions = Int32Array.of(0, 3, 1);
    expect(of('exposure', run(zigzag, { equity: { positions } }))).toBe(2 / 3);
  });

  test('gross exposure is positions beside equity: 148.5 ÷ 99', () => {
    const gross = Float64Array.of(110, 148.5, 0);
    expect(of('max-gross-exposure', run(zigzag, { equity: { gross } }))).toBe(1.5);
  });

  test('turnover: bought and sold for 100 + 110, bought for 100, at a mean equity of 105, in 3 of 252 sessions', () => {
    const trades = [trade(10, { exitPrice: 55 }), trade(0, { exit: -1 })];
    expect(of('turnover', run([100, 105, 110], { trades }))).toBeCloseTo(
      (310 / 105) * (252 / 3),
      10,
    );
  });

  test('the peak of equity is the initial cash where it was never above it', () => {
    expect(of('peak-equity', run([90, 95]))).toBe(100);
    expect(of('peak-equity', run([90, 95]), 'backtesting.py')).toBe(95);
  });
});

describe('returns', () => {
  test('final equity and total return', () => {
    expect(of('final-equity', run(zigzag))).toBe(108.9);
    expect(of('total-return', run(zigzag))).toBeCloseTo(0.089, 15);
  });

  test('buy & hold: Outsample’s from the first open, vectorbt’s between closes, backtesting.py’s after warm-up', () => {
    const measured = run(zigzag, { benchmark: [105, 90, 125], closes: [1, 2, 3], warmup: 1 });
    expect(of('buy-and-hold-return', measured)).toBe(0.25);
    expect(of('buy-and-hold-return', measured, 'vectorbt')).toBe(2);
    expect(of('buy-and-hold-return', measured, 'quantstats')).toBe(2);
    expect(of('buy-and-hold-return', measured, 'backtesting.py')).toBe(0.5);
    expect(of('buy-and-hold-return', { ...measured, warmup: 3 }, 'backtesting.py')).toBe(
      'Indicators had no values during the run.',
    );
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

  test('the annual return counts sessions: 1.21 in two of 252 is 1.21^126', () => {
    expect(of('annual-return', run([110, 121]))).toBeCloseTo(1.21 ** 126 - 1, -2);
  });
});

describe('bars longer than a day', () => {
  // The same returns as below, a week, a calendar month or a year apart.
  const apart = (days: number) =>
    run([...zigzag, 119.79, 107.811], {
      days: [0, 1, 2, 3, 4].map((i) => Math.round(i * days)),
      riskFreeRate: 0.52,
    });

  test.each([
    ['weeks', 7, 52],
    ['months', 365.25 / 12, 12],
    ['quarters', 365.25 / 4, 4],
    ['years', 365.25, 1],
  ])('are annualised with as many as a year has: %s', (_, days, n) => {
    const daily = apart(1);
    const longer = apart(days);
    const over = (name: string) => (of(name, longer) as number) / (of(name, daily) as number);
    expect(over('volatility')).toBeCloseTo(Math.sqrt(n / 252), 12);
    expect(of('annual-return', longer)).toBeCloseTo(1.07811 ** (n / 5) - 1, 8);
    const mean = (0.1 - 0.1 + 0.1 + 0.1 - 0.1) / 5 - 0.52 / n;
    const deviation = (of('volatility', daily) as number) / Math.sqrt(252);
    expect(of('sharpe', longer)).toBeCloseTo((mean / deviation) * Math.sqrt(n), 12);
    expect(quickMetrics(longer).sharpe).toBe(of('sharpe', longer));
    expect(quickMetrics(longer).sortino).toBe(of('sortino', longer));
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

  test('Omega: 20 % gained, 10 % lost', () => {
    expect(of('omega', run(zigzag))).toBeCloseTo(2, 13);
  });

  test('the risk-free rate comes off every session’s return, its 252nd part', () => {
    // 2.52 a year is 1 % a session: excess +9 %, −11 %, +9 %, mean 7/300, the same sd.
    const measured = run(zigzag, { riskFreeRate: 2.52 });
    const mean = 7 / 300;
    expect(of('sharpe', measured)).toBeCloseTo((mean / Math.sqrt(0.04 / 3)) * Math.sqrt(252), 13);
    expect(of('sortino', measured)).toBeCloseTo(
      (mean / Math.sqrt(0.0121 / 3)) * Math.sqrt(252),
      12,
    );
    expect(of('volatility', measured)).toBeCloseTo(Math.sqrt(3.36), 14);
    expect(of('omega', measured)).toBeCloseTo(18 / 11, 13);
  });

  test('beta, alpha and R² of a curve that is half of buy & hold’s, and 1 % a session more', () => {
    // b: +10 %, −10 %, +20 %; r = 1 % + b ÷ 2.
    const measured = run([106, 106 * 0.96, 106 * 0.96 * 1.11], {
      benchmark: [110, 99, 118.8],
      riskFreeRate: 0,
    });
    expect(of('beta', measured)).toBeCloseTo(0.5, 13);
    expect(of('alpha', measured)).toBeCloseTo(0.01 * 252, 12);
    expect(of('r-squared', measured)).toBeCloseTo(1, 13);
    // With 1 % risk-free a session: 1 % − rf + ½ rf = ½ %.
    expect(of('alpha', { ...measured, riskFreeRate: 2.52 })).toBeCloseTo(0.005 * 252, 12);
  });

  test('the ulcer index is the root of the mean square below the peak: 10 % and 1 % in three sessions', () => {
    expect(of('ulcer-index', run(zigzag))).toBeCloseTo(Math.sqrt((0.1 ** 2 + 0.01 ** 2) / 3), 14);
  });

  test('where weekends trade a year has 365 sessions, and the definition says so', () => {
    const weekend = run(zigzag, { days: [4, 5, 6] });
    expect(of('sharpe', weekend)).toBeCloseTo(Math.sqrt(365 / 12), 13);
    const sharpe = (measured: MeasuredRun) =>
      metricsOf(measured, 'outsample').find(({ id }) => id === 'sharpe')?.definition;
    expect(sharpe(weekend)).toContain('√365');
    expect(sharpe(run(zigzag, { riskFreeRate: 0.02 }))).toContain('0.02 a year ÷ 252');
  });

  test('cash that earns nothing loses to the risk-free rate at no risk: Sortino is −√N, Sharpe none', () => {
    const idle = run([100, 100, 100], { riskFreeRate: 0.0252 });
    expect(of('sortino', idle)).toBeCloseTo(-Math.sqrt(252), 13);
    expect(of('sharpe', idle)).toBe('Volatility is zero: equity’s returns don’t vary.');
    expect(of('volatility', idle)).toBe(0);
  });

  test('a scatter that is only rounding is none, by any convention', () => {
    // 0.7 % a session, as far as doubles go: the returns differ in their last bits.
    const steady = Array.from({ length: 50 }, (_, i) => 100 * 1.007 ** (i + 1));
    expect(of('volatility', run(steady))).not.toBe(0);
    for (const convention of conventions) {
      expect(of('sharpe', run(steady), convention)).toBe(
        'Volatility is zero: equity’s returns don’t vary.',
      );
      expect(
        of('beta', run(zigzag, { closes: [1, 1, 1], benchmark: [100, 100, 100] }), convention),
      ).toBe('Buy & hold’s returns don’t vary.');
    }
    expect(of('skew', run(steady))).toBe('Returns don’t vary.');
    expect(of('sortino', run(steady, { riskFreeRate: 0.007 * 252 }))).toBe(
      'No session returned less than the risk-free rate.',
    );
  });
});

describe('drawdown', () => {
  test('its depth is negative: 99 ÷ 110 − 1; vectorbt’s is its size', () => {
    expect(of('max-drawdown', run(zigzag))).toBeCloseTo(-0.1, 15);
    expect(of('max-drawdown', run(zigzag), 'vectorbt')).toBeCloseTo(0.1, 15);
  });

  test('the initial cash is the first peak; to the others the first close is', () => {
    expect(of('max-drawdown', run([80, 90]))).toBeCloseTo(-0.2, 15);
    expect(of('max-drawdown', run([80, 90]), 'backtesting.py')).toBe(0);
  });

  test('losing more than everything is more than −100 %', () => {
    expect(of('max-drawdown', run([-20, 50]))).toBeCloseTo(-1.2, 15);
  });

  // Peak on day 0, back on day 4; peak on day 4, back on day 10.
  const twice = run([105, 100, 105, 104, 106], { days: [0, 3, 4, 7, 10] });

  test('lasts from the peak to the close that reaches it again, in calendar days', () => {
    expect(of('longest-drawdown', twice)).toBe(6);
    expect(of('average-drawdown-duration', twice)).toBe(5);
    expect(of('average-drawdown', twice)).toBeCloseTo((100 / 105 + 104 / 105) / 2 - 1, 15);
  });

  test('is one bar long to vectorbt, and from below to below to quantstats', () => {
    expect(of('longest-drawdown', twice, 'vectorbt')).toBe(1);
    expect(of('longest-drawdown', twice, 'quantstats')).toBe(1);
    expect(of('longest-drawdown', twice, 'backtesting.py')).toBe(6);
  });

  test('lasts to the last session where the peak is never reached again', () => {
    expect(of('longest-drawdown', run(zigzag))).toBe(2 - 0);
    expect(of('longest-drawdown', run([90, 95, 99], { days: [0, 1, 9] }))).toBe(9);
  });

  test('that began on the last bar is none to backtesting.py', () => {
    expect(of('longest-drawdown', run([100, 110, 105]), 'backtesting.py')).toBe(
      'There was no drawdown.',
    );
    expect(of('longest-drawdown', run([100, 110, 105]))).toBe(1);
  });

  test('from peak to peak without a lower close between is none, however long', () => {
    const rising = run([100, 101, 102], { days: [0, 100, 200] });
    expect(of('longest-drawdown', rising)).toBe(0);
    expect(of('max-drawdown', rising)).toBe(0);
    expect(of('calmar', rising)).toBe('There was no drawdown.');
    expect(of('average-drawdown', rising)).toBe('There was no drawdown.');
  });

  test('Calmar is CAGR ÷ depth: 10 % a year for four years against a fall of 20 %', () => {
    expect(of('calmar', run([80, 146.41], { days: [0, 1461] }))).toBeCloseTo(0.5, 13);
  });
});

describe('trades', () => {
  const trades = [
    trade(30, { entry: 0, exit: 1, mae: -0.02, mfe: 0.4 }),
    trade(-10, { entry: 0, exit: 3, quantity: 1, side: -1, mae: -0.3, mfe: 0.1 }), // −10 of 50: −20 %
    trade(0, { entry: 1, exit: 3, mae: -0.1, mfe: 0.1 }),
    trade(5, { entry: 2, exit: -1, mfe: 9 }), // open: counts, and has cost, but hasn't won
  ];
  const measured = run([110, 99, 108.9, 120], { days: [0, 1, 4, 7], trades });
  const sd = Math.sqrt(((30 - 20 / 3) ** 2 + (10 + 20 / 3) ** 2 + (20 / 3) ** 2) / 2);

  test.each([
    ['trades', 4],
    ['closed-trades', 3],
    ['open-trades', 1],
    ['open-profit', 5],
    ['win-rate', 1 / 3],
    ['best-trade', 0.3],
    ['worst-trade', -0.2],
    ['average-trade', (0.3 - 0.2 + 0) / 3],
    ['average-winning-trade', 0.3],
    ['average-losing-trade', -0.2],
    ['profit-factor', 30 / 10],
    ['profit-factor-percent', 0.3 / 0.2],
    ['expectancy', (30 - 10 + 0) / 3],
    ['expectancy-percent', (0.3 - 0.2 + 0) / 3],
    ['payoff-ratio', 3],
    ['sqn', (Math.sqrt(3) * (20 / 3)) / sd],
    ['kelly', 1 / 3 - 2 / 3 / 3],
    ['longest-trade', 7],
    ['average-trade-duration', (1 + 7 + 6) / 3],
    ['average-winning-trade-duration', 1],
    ['average-losing-trade-duration', 7],
    ['average-bars', (2 + 4 + 3) / 3],
    ['average-mae', -0.14],
    ['worst-mae', -0.3],
    ['average-mfe', 0.2],
    ['best-mfe', 0.4],
    ['long-trades', 3],
    ['long-win-rate', 1 / 2],
    ['long-profit', 30],
    ['long-average-trade', 0.15],
    ['long-profit-factor', 'No closed long trade lost money.'],
    ['long-expectancy', 15],
    ['short-trades', 1],
    ['short-win-rate', 0],
    ['short-profit', -10],
    ['short-average-trade', -0.2],
    ['short-profit-factor', 0],
    ['short-expectancy', -10],
    ['costs', 4 * 1.75],
    ['commission', 4],
    ['spread', 2],
    ['slippage', 1],
    ['impact', 0],
    ['borrow', 0],
    ['interest', 0],
  ])('%s', (id, value) => {
    if (typeof value === 'string') expect(of(id, measured)).toBe(value);
    else expect(of(id, measured)).toBeCloseTo(value, 14);
  });

  test('backtesting.py knows closed trades only, means geometrically and rounds days up', () => {
    const by = (id: string) => of(id, measured, 'backtesting.py');
    expect(by('trades')).toBe(3);
    expect(by('average-trade')).toBeCloseTo(Math.cbrt(1.3 * 0.8) - 1, 14);
    expect(by('average-trade-duration')).toBe(5);
    expect(by('profit-factor')).toBeCloseTo(1.5, 14);
    expect(by('commission')).toBe(3);
    expect(by('exposure')).toBe(1);
  });

  test('vectorbt counts bars, and a trade without profit as a mean loss', () => {
    const by = (id: string) => of(id, measured, 'vectorbt');
    expect(by('longest-trade')).toBe(3);
    expect(by('average-trade-duration')).toBe((1 + 3 + 2) / 3);
    expect(by('expectancy')).toBeCloseTo(30 / 3 - (2 / 3) * 10, 14);
  });

  test('quantstats knows sessions, not trades: two gains of 10 % and one loss of 10 %', () => {
    const by = (id: string) => of(id, run([100, ...zigzag]), 'quantstats');
    expect(by('win-rate')).toBe(2 / 3);
    expect(by('payoff-ratio')).toBeCloseTo(1, 13);
    expect(by('profit-factor')).toBeCloseTo(2, 13);
    expect(by('kelly')).toBeCloseTo(1 / 3, 13);
    expect(by('exposure')).toBe(1);
  });

  test('a thousand halvings have a geometric mean', () => {
    const halvings = Array.from({ length: 3000 }, () => trade(-50));
    expect(of('average-trade', run(zigzag, { trades: halvings }), 'backtesting.py')).toBeCloseTo(
      -0.5,
      12,
    );
    const tenfold = Array.from({ length: 3000 }, () => trade(900));
    expect(of('average-trade', run(zigzag, { trades: tenfold }), 'backtesting.py')).toBeCloseTo(
      9,
      11,
    );
  });

  test('vectorbt’s gross exposure takes twice the open shorts’ proceeds off cash', () => {
    // Sold 1 at 100 with 100 in cash: cash 200, of which 0 is free; at 110 all that counts is the short.
    const equity = { cash: Float64Array.of(200, 200), gross: Float64Array.of(100, 110) };
    const short = trade(0, { side: -1, quantity: 1, entryPrice: 100, entry: 0, exit: -1 });
    expect(of('max-gross-exposure', run([100, 90], { equity, trades: [short] }), 'vectorbt')).toBe(
      1,
    );
  });

  test('no trades cost nothing: that is a number', () => {
    for (const id of ['costs', 'trades', 'exposure', 'turnover', 'open-profit']) {
      expect(of(id, run(zigzag))).toBe(0);
    }
  });
});

describe('periods', () => {
  const dates = [
    '2019-12-31',
    '2020-01-31',
    '2020-02-28',
    '2021-01-15',
    '2021-02-26',
    '2021-03-01',
  ];
  const measured = run([110, 121, 60.5, 90.75, 181.5, 199.65], {
    days: dates.map((date) => dayFromIso(date) - monday),
  });

  test.each([
    ['month-to-date', 0.1],
    ['three-months', 199.65 / 60.5 - 1],
    ['six-months', 199.65 / 60.5 - 1],
    ['year-to-date', 199.65 / 60.5 - 1],
    ['one-year', 199.65 / 60.5 - 1],
    ['three-years', 'The run is shorter than 3 years.'],
    ['best-day', 1],
    ['worst-day', -0.5],
    ['best-month', 1],
    ['worst-month', -0.5],
    ['best-year', 199.65 / 60.5 - 1],
    ['worst-year', 60.5 / 110 - 1],
  ])('%s', (id, value) => {
    if (typeof value === 'string') expect(of(id, measured)).toBe(value);
    else expect(of(id, measured)).toBeCloseTo(value, 13);
  });

  test('the first month and year begin with the initial cash; quantstats begins with the first close', () => {
    expect(of('best-year', run([110, 121]))).toBeCloseTo(0.21, 14);
    expect(of('best-year', run([110, 121]), 'quantstats')).toBeCloseTo(0.1, 14);
    expect(of('month-to-date', run([110, 121]))).toBeCloseTo(0.21, 14);
  });

  test('years back are a year’s growth: 1.331 in exactly three', () => {
    const day = dayFromIso('2024-02-29') - monday;
    const three = run([100, 133.1], { days: [dayFromIso('2021-02-28') - monday, day] });
    expect(of('three-years', three)).toBeCloseTo(0.1, 14);
    expect(of('five-years', three)).toBe('The run is shorter than 5 years.');
  });

  test('a run shorter than the period has none', () => {
    expect(of('three-months', run(zigzag))).toBe('The run is shorter than 3 months.');
    expect(of('one-year', run(zigzag))).toBe('The run is shorter than a year.');
  });
});

describe('what can’t be computed says why', () => {
  const ofClosed = [
    'win-rate',
    'profit-factor',
    'profit-factor-percent',
    'expectancy',
    'expectancy-percent',
    'average-bars',
    'best-trade',
    'sqn',
    'kelly',
    'worst-mae',
    'longest-trade',
  ];

  test.each(ofClosed)('%s needs a closed trade', (id) => {
    expect(of(id, run(zigzag))).toBe('There are no trades.');
    expect(of(id, run(zigzag, { trades: [trade(5, { exit: -1 })] }))).toBe(
      'Every trade is still open.',
    );
  });

  test.each(['profit-factor', 'profit-factor-percent', 'kelly', 'payoff-ratio'])(
    '%s needs a loss',
    (id) => {
      expect(of(id, run(zigzag, { trades: [trade(30)] }))).toBe('No closed trade lost money.');
    },
  );

  test('Kelly needs a win, the system quality two trades that differ', () => {
    expect(of('kelly', run(zigzag, { trades: [trade(-3)] }))).toBe('No closed trade made money.');
    expect(of('sqn', run(zigzag, { trades: [trade(3)] }))).toBe('There is only one closed trade.');
    expect(of('sqn', run(zigzag, { trades: [trade(3), trade(3)] }))).toBe(
      'Every closed trade made the same.',
    );
  });

  test.each([
    'start',
    'final-equity',
    'total-return',
    'buy-and-hold-return',
    'max-drawdown',
    'longest-drawdown',
    'calmar',
    'exposure',
    'best-month',
  ])('%s needs a session', (id) => {
    expect(of(id, run([]))).toBe('There are no sessions.');
  });

  test.each([
    'cagr',
    'annual-return',
    'volatility',
    'sharpe',
    'sortino',
    'beta',
    'skew',
    'best-day',
  ])('%s needs two sessions', (id) => {
    expect(of(id, run([]))).toBe('There are fewer than two sessions.');
    expect(of(id, run([110]))).toBe('There are fewer than two sessions.');
  });

  test('skew needs three returns, kurtosis four', () => {
    expect(of('skew', run([110, 99]))).toBe('There are fewer than three returns.');
    expect(of('kurtosis', run(zigzag))).toBe('There are fewer than four returns.');
  });

  test('programs that begin with the first close need three sessions', () => {
    for (const convention of ['backtesting.py', 'quantstats'] as const) {
      expect(of('sharpe', run([110, 99]), convention)).toBe('There are fewer than three sessions.');
    }
  });

  test.each([
    'volatility',
    'sharpe',
    'sortino',
    'cagr',
    'calmar',
    'annual-return',
    'best-year',
    'turnover',
  ])('%s ends where the money ends, by any convention', (id) => {
    for (const convention of conventions) {
      expect(of(id, run([50, 0, 20]), convention)).not.toBeTypeOf('number');
    }
    expect(of(id, run([50, 0]))).toBe('Equity fell to zero or below.');
    expect(of(id, run([50, -1]))).toBe('Equity fell to zero or below.');
  });

  test('the growth of a year may be too large for a number', () => {
    expect(of('cagr', run([100, 1000]))).toBe('The numbers are too large to compute with.');
  });
});

describe('by any convention', () => {
  const measured = run(zigzag, { trades: [trade(1), trade(-1)] });
  const all = metricsOfAll(measured);

  test('the metrics are those of metricsOf, with the same ids, groups and labels in the same places', () => {
    const places = (convention: (typeof conventions)[number]) =>
      all[convention].map(({ id, group, label }) => ({ id, group, label }));
    for (const convention of conventions) {
      expect(all[convention]).toEqual(metricsOf(measured, convention));
      expect(places(convention)).toEqual(places('outsample'));
    }
  });

  test('every metric has its own id, a label, a definition in a sentence and a formula', () => {
    for (const convention of conventions) {
      const metrics = all[convention];
      expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
      expect(new Set(metrics.map(({ label }) => label)).size).toBe(metrics.length);
      for (const { id, label, definition, formula } of metrics) {
        expect(id).toMatch(/^[a-z][a-z-]*$/);
        expect(label).not.toBe('');
        expect(definition).toMatch(/^[A-Z].*\.$/);
        expect(definition).not.toMatch(/\.\.|undefined|NaN/);
        expect(formula).not.toBe('');
      }
    }
  });

  test('what a program doesn’t define says that it is Outsample’s', () => {
    const words = (id: string) => all.quantstats.find((metric) => metric.id === id)!.definition;
    expect(words('turnover')).toMatch(/ Outsample’s definition: quantstats has none\.$/);
    expect(words('sharpe')).not.toContain('Outsample’s');
  });

  test('the headline names metrics', () => {
    const ids = all.outsample.map(({ id }) => id);
    for (const convention of conventions) {
      expect(headline[convention]).toHaveLength(12);
      expect(ids).toEqual(expect.arrayContaining([...headline[convention]]));
    }
  });

  test('what there is, in order', () => {
    expect(all.outsample.map(({ id, unit }) => `${id}: ${unit}`)).toMatchInlineSnapshot(`
      [
        "start: date",
        "end: date",
        "duration: days",
        "sessions: count",
        "exposure: percent",
        "max-gross-exposure: percent",
        "turnover: ratio",
        "final-equity: currency",
        "peak-equity: currency",
        "total-return: percent",
        "buy-and-hold-return: percent",
        "annual-return: percent",
        "cagr: percent",
        "volatility: percent",
        "sharpe: ratio",
        "sortino: ratio",
        "calmar: ratio",
        "omega: ratio",
        "alpha: percent",
        "beta: ratio",
        "r-squared: ratio",
        "skew: ratio",
        "kurtosis: ratio",
        "value-at-risk: percent",
        "conditional-value-at-risk: percent",
        "tail-ratio: ratio",
        "ulcer-index: percent",
        "max-drawdown: percent",
        "average-drawdown: percent",
        "longest-drawdown: days",
        "average-drawdown-duration: days",
        "trades: count",
        "closed-trades: count",
        "open-trades: count",
        "open-profit: currency",
        "win-rate: percent",
        "best-trade: percent",
        "worst-trade: percent",
        "average-trade: percent",
        "average-winning-trade: percent",
        "average-losing-trade: percent",
        "profit-factor: ratio",
        "profit-factor-percent: ratio",
        "expectancy: currency",
        "expectancy-percent: percent",
        "payoff-ratio: ratio",
        "sqn: ratio",
        "kelly: ratio",
        "longest-trade: days",
        "average-trade-duration: days",
        "average-winning-trade-duration: days",
        "average-losing-trade-duration: days",
        "average-bars: bars",
        "average-mae: percent",
        "worst-mae: percent",
        "average-mfe: percent",
        "best-mfe: percent",
        "long-trades: count",
        "long-win-rate: percent",
        "long-profit: currency",
        "long-average-trade: percent",
        "long-profit-factor: ratio",
        "long-expectancy: currency",
        "short-trades: count",
        "short-win-rate: percent",
        "short-profit: currency",
        "short-average-trade: percent",
        "short-profit-factor: ratio",
        "short-expectancy: currency",
        "costs: currency",
        "commission: currency",
        "spread: currency",
        "slippage: currency",
        "impact: currency",
        "borrow: currency",
        "interest: currency",
        "month-to-date: percent",
        "three-months: percent",
        "six-months: percent",
        "year-to-date: percent",
        "one-year: percent",
        "three-years: percent",
        "five-years: percent",
        "best-day: percent",
        "worst-day: percent",
        "best-month: percent",
        "worst-month: percent",
        "best-year: percent",
        "worst-year: percent",
      ]
    `);
  });
});
