/** Other programs' statistics under our names, and what it takes to compare them. */
import { expect } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar.ts';

/** What a peer calls a metric, our name of it, and how many of its units make one of ours. */
export type Names = Readonly<Record<string, readonly [id: string, per?: number]>>;

export const backtestingNames: Names = {
  Start: ['start'],
  End: ['end'],
  Duration: ['duration'],
  'Exposure Time [%]': ['exposure', 100],
  'Equity Final [$]': ['final-equity'],
  'Equity Peak [$]': ['peak-equity'],
  'Commissions [$]': ['commission'],
  'Return [%]': ['total-return', 100],
  'Buy & Hold Return [%]': ['buy-and-hold-return', 100],
  'Return (Ann.) [%]': ['annual-return', 100],
  'Volatility (Ann.) [%]': ['volatility', 100],
  'CAGR [%]': ['cagr', 100],
  'Sharpe Ratio': ['sharpe'],
  'Sortino Ratio': ['sortino'],
  'Calmar Ratio': ['calmar'],
  'Alpha [%]': ['alpha', 100],
  Beta: ['beta'],
  'Max. Drawdown [%]': ['max-drawdown', 100],
  'Avg. Drawdown [%]': ['average-drawdown', 100],
  'Max. Drawdown Duration': ['longest-drawdown'],
  'Avg. Drawdown Duration': ['average-drawdown-duration'],
  '# Trades': ['trades'],
  'Win Rate [%]': ['win-rate', 100],
  'Best Trade [%]': ['best-trade', 100],
  'Worst Trade [%]': ['worst-trade', 100],
  'Avg. Trade [%]': ['average-trade', 100],
  'Max. Trade Duration': ['longest-trade'],
  'Avg. Trade Duration': ['average-trade-duration'],
  'Profit Factor': ['profit-factor'],
  'Expectancy [%]': ['expectancy-percent', 100],
  SQN: ['sqn'],
  'Kelly Criterion': ['kelly'],
};

export const vectorbtNames: Names = {
  Start: ['start'],
  End: ['end'],
  Period: ['duration'],
  'End Value': ['final-equity'],
  'Total Return [%]': ['total-return', 100],
  'Benchmark Return [%]': ['buy-and-hold-return', 100],
  'Max Gross Exposure [%]': ['max-gross-exposure', 100],
  'Total Fees Paid': ['commission'],
  'Max Drawdown [%]': ['max-drawdown', 100],
  'Max Drawdown Duration': ['longest-drawdown'],
  'Total Trades': ['trades'],
  'Total Closed Trades': ['closed-trades'],
  'Total Open Trades': ['open-trades'],
  'Open Trade PnL': ['open-profit'],
  'Win Rate [%]': ['win-rate', 100],
  'Best Trade [%]': ['best-trade', 100],
  'Worst Trade [%]': ['worst-trade', 100],
  'Avg Winning Trade [%]': ['average-winning-trade', 100],
  'Avg Losing Trade [%]': ['average-losing-trade', 100],
  'Avg Winning Trade Duration': ['average-winning-trade-duration'],
  'Avg Losing Trade Duration': ['average-losing-trade-duration'],
  'Profit Factor': ['profit-factor'],
  Expectancy: ['expectancy'],
  'Sharpe Ratio': ['sharpe'],
  'Calmar Ratio': ['calmar'],
  'Omega Ratio': ['omega'],
  'Sortino Ratio': ['sortino'],
};

export const quantstatsNames: Names = {
  alpha: ['alpha'],
  avg_drawdown: ['average-drawdown'],
  avg_drawdown_days: ['average-drawdown-duration'],
  best: ['best-day'],
  best_ME: ['best-month'],
  best_YE: ['best-year'],
  beta: ['beta'],
  cagr: ['cagr'],
  calmar: ['calmar'],
  comp: ['total-return'],
  conditional_value_at_risk: ['conditional-value-at-risk'],
  exposure: ['exposure'],
  kelly_criterion: ['kelly'],
  kurtosis: ['kurtosis'],
  longest_drawdown_days: ['longest-drawdown'],
  max_drawdown: ['max-drawdown'],
  omega: ['omega'],
  payoff_ratio: ['payoff-ratio'],
  profit_factor: ['profit-factor'],
  r_squared: ['r-squared'],
  sharpe: ['sharpe'],
  skew: ['skew'],
  sortino: ['sortino'],
  tail_ratio: ['tail-ratio'],
  ulcer_index: ['ulcer-index'],
  value_at_risk: ['value-at-risk'],
  volatility: ['volatility'],
  win_rate: ['win-rate'],
  worst: ['worst-day'],
  worst_ME: ['worst-month'],
  worst_YE: ['worst-year'],
  MTD: ['month-to-date'],
  '3M': ['three-months'],
  '6M': ['six-months'],
  YTD: ['year-to-date'],
  '1Y': ['one-year'],
  '3Y (ann.)': ['three-years'],
  '5Y (ann.)': ['five-years'],
};

/** Said twice, or given by the set-up. */
export const notCompared = ['Start Value', 'final_value', 'max_drawdown', 'sharpe_252', 'omega'];

/** A date, a length of time in days, or a number. */
export function numberOf(stat: string | number | null): number | null {
  if (typeof stat !== 'string') return stat;
  const [, days, hours, minutes, seconds] = /^(\d+) days (\d+):(\d+):([\d.]+)$/.exec(stat) ?? [];
  if (days === undefined) return dayFromIso(stat.slice(0, 10));
  return Number(days) + (Number(hours) + (Number(minutes) + Number(seconds) / 60) / 60) / 24;
}

export const relative = (value: number, golden: number): number =>
  Math.abs(value - golden) / Math.max(Math.abs(golden), Number.MIN_VALUE);

export function expectNear(
  value: number | string | undefined,
  golden: number,
  tolerance = 1e-9,
): void {
  if (golden === 0) expect(value).toBe(0);
  else {
    expect(value).toBeTypeOf('number');
    expect(relative(value as number, golden), `${value} is not ${golden}`).toBeLessThan(tolerance);
  }
}
