import { sessionsPerYear } from '../calendar.ts';
import { type Finding, ROUNDING, because, metric } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { Metric } from './metric.ts';

/** How much the returns of single sessions scatter, and what they pay for it. */
export function riskMetrics(run: MeasuredRun): Metric[] {
  const { riskFreeRate } = run;
  const n = sessionsPerYear(run.equity.day);
  const scale = Math.sqrt(n);
  const returns = sessionReturns(run);
  const excess = typeof returns === 'string' ? returns : returns.map((r) => r - riskFreeRate / n);
  const words = `r the simple returns of equity per session, rf the risk-free rate of ${riskFreeRate} a year ÷ ${n}`;
  return [
    metric(
      'volatility',
      'Volatility',
      'percent',
      `Standard deviation (n − 1) of the simple returns of equity per session × √${n}, the sessions of a year.`,
      typeof returns === 'string' ? returns : deviation(returns) * scale,
    ),
    metric(
      'sharpe',
      'Sharpe ratio',
      'ratio',
      `Mean of r − rf ÷ their standard deviation (n − 1) × √${n}; ${words}.`,
      typeof excess === 'string' ? excess : sharpe(excess, scale),
    ),
    metric(
      'sortino',
      'Sortino ratio',
      'ratio',
      `Mean of r − rf ÷ √(mean of min(r − rf, 0)² over all sessions) × √${n}; ${words}.`,
      typeof excess === 'string' ? excess : sortino(excess, scale),
    ),
  ];
}

/** Simple returns of equity per session, as ratios; the first is against the initial cash. Or why there are none. */
function sessionReturns({ equity: { equity }, initialCash }: MeasuredRun): Float64Array | string {
  if (equity.length < 2) return because.tooFewSessions;
  const returns = new Float64Array(equity.length);
  let previous = initialCash;
  for (let session = 0; session < equity.length; session++) {
    const value = equity[session]!;
    if (value <= 0) return because.ruined;
    returns[session] = value / previous - 1;
    previous = value;
  }
  return returns;
}

function sharpe(excess: Float64Array, scale: number): Finding {
  const average = mean(excess);
  const spread = deviation(excess);
  if (isRounding(spread, average)) return 'Volatility is zero: equity’s returns don’t vary.';
  return (average / spread) * scale;
}

function sortino(excess: Float64Array, scale: number): Finding {
  const average = mean(excess);
  const downside = Math.sqrt(mean(excess.map((r) => (r < 0 ? r * r : 0))));
  if (isRounding(downside, average)) return 'No session returned less than the risk-free rate.';
  return (average / downside) * scale;
}

const isRounding = (divisor: number, average: number): boolean =>
  divisor <= ROUNDING * Math.max(1, Math.abs(average));

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Standard deviation with n − 1, of two values at least. */
function deviation(values: Float64Array): number {
  const average = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = values[i]! - average;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (values.length - 1));
}
