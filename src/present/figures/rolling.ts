import { leastSessions } from '../../domain/metrics/annualised.ts';
import { type Rolling, rollingOf } from '../../domain/metrics/rolling.ts';
import type { Days, Ratio } from '../../domain/units.ts';
import { count, decimal, percent } from '../format.ts';
import type { Column } from '../tables/table.ts';
import type { CurveFigures } from './curve.ts';

export interface RollingFigures extends Rolling {
  readonly day: Days;
  /** How it is counted. */
  readonly remark: string;
}

/** Half a year of exchange days; a third of the run where that is shorter. */
const longest = 126;

/** Sharpe ratio and volatility as they would have read at the time, or why there are none. */
export function rollingFiguresOf(
  { day, returns, perYear }: CurveFigures,
  riskFreeRate: Ratio,
): RollingFigures | string {
  if (typeof returns === 'string') return `There are none. ${returns}`;
  const window = Math.min(longest, Math.floor(day.length / 3));
  if (window < leastSessions)
    return `There are none. They need ${count(3 * leastSessions)} sessions; the run has ${count(day.length)}.`;
  return {
    day,
    ...rollingOf(returns.values, window, riskFreeRate / perYear, perYear),
    remark: `Over the ${count(window)} sessions up to each day, in Outsample’s convention: mean(r − rf) ÷ sd(r) × √${decimal(perYear)} and sd(r) × √${decimal(perYear)}, r the simple returns of equity per session, rf the risk-free rate of ${percent(riskFreeRate)} a year ÷ ${decimal(perYear)}, sd with n − 1.`,
  };
}

export const rollingColumns: readonly Column<RollingFigures>[] = [
  { id: 'date', title: 'Session', unit: 'date', cell: ({ day }, i) => day[i]! },
  { id: 'sharpe', title: 'Sharpe ratio', unit: 'ratio', cell: ({ sharpe }, i) => sharpe[i]! },
  { id: 'volatility', title: 'Volatility', unit: 'percent', cell: (one, i) => one.volatility[i]! },
];
