import { perYearOf } from '../calendar.ts';
import { sessionCloses } from '../session-closes.ts';
import { isRounding } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { Equity, Trades } from '../run.ts';
import { allCosts } from './outsample/costs.ts';
import { growthPerYear } from './outsample/returns.ts';
import type { Ratio } from '../units.ts';

/** The numbers that trials are ranked by, in Outsample's convention; null where there is none. */
export interface QuickMetrics {
  readonly totalReturn: Ratio | null;
  readonly cagr: Ratio | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: Ratio | null;
  readonly trades: number;
  readonly winRate: Ratio | null;
  readonly profitFactor: number | null;
  readonly costs: number | null;
}

/** The bits of `metricsOf` without its words: two loops over the curve, one over the trades, no arrays made. */
export function quickMetrics(
  run: Pick<MeasuredRun, 'equity' | 'trades' | 'initialCash' | 'riskFreeRate'>,
): QuickMetrics {
  const { equity } = run.equity;
  const closes = sessionCloses(run.equity);
  return {
    totalReturn: equity.length === 0 ? null : finite(equity.at(-1)! / run.initialCash - 1),
    ...curveMetrics(closes === run.equity ? run : { ...run, equity: closes }),
    trades: run.trades.length,
    ...ofClosed(run.trades),
    costs: finite(allCosts(run.trades)),
  };
}

/** Those that need no trades, of a curve of session closes. */
export function curveMetrics({
  equity: { day, equity, perYear },
  initialCash,
  riskFreeRate,
}: Pick<MeasuredRun, 'initialCash' | 'riskFreeRate'> & {
  readonly equity: Pick<Equity, 'day' | 'equity' | 'perYear'>;
}): Pick<QuickMetrics, 'cagr' | 'sharpe' | 'sortino' | 'maxDrawdown'> {
  const sessions = equity.length;
  let sum = 0;
  let peak = initialCash;
  let deepest = 0;
  let previous = initialCash;
  let ruined = false;
  for (let session = 0; session < sessions; session++) {
    const value = equity[session]!;
    if (!(value > 0)) ruined = true;
    sum += value / previous - 1;
    previous = value;
    if (value >= peak) peak = value;
    else deepest = Math.min(deepest, value / peak - 1);
  }
  const maxDrawdown = sessions === 0 ? null : finite(deepest);
  if (ruined || sessions < 2) return { cagr: null, sharpe: null, sortino: null, maxDrawdown };

  const year = perYearOf({ day, ...(perYear !== undefined && { perYear }) });
  const free = riskFreeRate / year;
  const mean = sum / sessions;
  let squares = 0;
  let short = 0;
  previous = initialCash;
  for (let session = 0; session < sessions; session++) {
    const value = equity[session]!;
    const returned = value / previous - 1;
    previous = value;
    squares += (returned - mean) * (returned - mean);
    const below = returned - free;
    if (below < 0) short += below * below;
  }
  const average = mean - free;
  const scale = Math.sqrt(year);
  const per = (risk: number): number | null =>
    isRounding(risk, average) ? null : finite((average / risk) * scale);
  return {
    cagr: finite(growthPerYear(previous / initialCash, day[sessions - 1]! - day[0]!)),
    sharpe: per(Math.sqrt(squares / (sessions - 1))),
    sortino: per(Math.sqrt(short / sessions)),
    maxDrawdown,
  };
}

function ofClosed(trades: Trades): Pick<QuickMetrics, 'winRate' | 'profitFactor'> {
  let closed = 0;
  let wins = 0;
  let gained = 0;
  let losses = 0;
  let lost = 0;
  for (let i = 0; i < trades.length; i++) {
    if (trades.reason[i]! < 0) continue;
    const net = trades.net[i]!;
    closed++;
    if (net > 0) {
      wins++;
      gained += net;
    } else if (net < 0) {
      losses++;
      lost += net;
    }
  }
  return {
    winRate: closed === 0 ? null : wins / closed,
    profitFactor: losses === 0 ? null : finite(gained / -lost),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value + 0 : null);
