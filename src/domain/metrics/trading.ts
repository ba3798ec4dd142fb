import { type Finding, because, metric } from './finding.ts';
import type { MeasuredRun, MeasuredTrade } from './measured.ts';
import type { Metric } from './metric.ts';

/** How often and how well positions were taken. Only a closed trade has won or lost. */
export function tradingMetrics({ equity, trades }: MeasuredRun): Metric[] {
  const closed = trades.filter(({ reason }) => reason !== null);
  const noneClosed = trades.length === 0 ? 'There are no trades.' : 'Every trade is still open.';
  /** Applies a measure to the closed trades, if there are any. */
  const ofClosed = (measure: (closed: readonly MeasuredTrade[]) => Finding): Finding =>
    closed.length === 0 ? noneClosed : measure(closed);
  return [
    metric(
      'exposure',
      'Exposure',
      'percent',
      'Share of sessions with an open position at their close.',
      exposure(equity.positions),
    ),
    metric(
      'trades',
      'Trades',
      'count',
      'Positions entered, those open at the end included.',
      trades.length,
    ),
    metric(
      'win-rate',
      'Win rate',
      'percent',
      'Share of closed trades with a profit after costs.',
      ofClosed((all) => all.filter(({ net }) => net > 0).length / all.length),
    ),
    metric(
      'profit-factor',
      'Profit factor',
      'ratio',
      'Money won ÷ money lost, over closed trades, after costs.',
      ofClosed((all) => profitFactor(all.map(({ net }) => net))),
    ),
    metric(
      'profit-factor-percent',
      'Profit factor, of returns',
      'ratio',
      'Sum of the positive ÷ sum of the negative returns of closed trades; a trade’s return is its profit after costs ÷ its value at entry.',
      ofClosed((all) => profitFactor(all.map(returnOf))),
    ),
    metric(
      'expectancy',
      'Expectancy',
      'currency',
      'Mean profit of a closed trade after costs.',
      ofClosed((all) => mean(all.map(({ net }) => net))),
    ),
    metric(
      'expectancy-percent',
      'Expectancy, of returns',
      'percent',
      'Mean return of a closed trade: its profit after costs ÷ its value at entry.',
      ofClosed((all) => mean(all.map(returnOf))),
    ),
    metric(
      'average-bars',
      'Average bars held',
      'ratio',
      'Mean number of bars of closed trades, the entry bar being the first.',
      ofClosed((all) => mean(all.map(({ bars }) => bars))),
    ),
    metric(
      'costs',
      'Costs paid',
      'currency',
      'Commission, spread and slippage of all trades, those open at the end included.',
      sum(trades.map(({ commission, spread, slippage }) => commission + spread + slippage)),
    ),
    metric(
      'open-trades',
      'Open at the end',
      'count',
      'Trades still open at the last close, marked at it.',
      trades.length - closed.length,
    ),
  ];
}

function exposure(positions: Int32Array): Finding {
  if (positions.length === 0) return because.noSessions;
  return positions.filter((open) => open > 0).length / positions.length;
}

function profitFactor(profits: readonly number[]): Finding {
  const lost = sum(profits.filter((profit) => profit < 0));
  if (lost === 0) return 'No closed trade lost money.';
  return sum(profits.filter((profit) => profit > 0)) / -lost;
}

const returnOf = ({ net, quantity, entryPrice }: MeasuredTrade): number =>
  net / (quantity * entryPrice);

const mean = (values: readonly number[]): number => sum(values) / values.length;

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
