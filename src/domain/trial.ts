import { Common } from './execution/common.ts';
import { simulate } from './execution/simulate.ts';
import { type Market, type Steps, type Signals, symbolsIn } from './market.ts';
import { type QuickMetrics, quickMetrics } from './metrics/quick.ts';
import type { Equity, Trades } from './run.ts';
import { sessionCloses, sessionNumbers } from './session-closes.ts';
import type { Settings } from './study/schema.ts';
import type { StepIndices } from './units.ts';

/** What is kept of a trial: one parameter set simulated, its trades and its curve forgotten. */
export type TrialResult = QuickMetrics;

/** What folds and the statistics of overfitting need of a trial beside its numbers. */
export interface TrialCurve {
  readonly initialCash: number;
  /** At the close of each session of the range. */
  readonly equity: Float64Array;
  /** Of closed trades: sessions of the range, and P&L after costs. */
  readonly entry: StepIndices;
  readonly exit: StepIndices;
  readonly net: Float64Array;
}

export interface TrialOutcome {
  readonly result: TrialResult;
  readonly curve: TrialCurve | null;
}

/** Simulates settings on signals that may stand beside spread estimates of other settings. */
export function runTrial(
  market: Market,
  signals: Signals,
  settings: Settings,
  sessions: Steps,
  withCurve = false,
  common = new Common(market, sessions),
): TrialOutcome {
  const { halfSpread } = signals;
  const own = settings.costs.spread === 'fixed' && halfSpread !== null;
  const { equity, trades } = simulate(
    market,
    own ? { ...signals, halfSpread: null } : signals,
    settings,
    sessions,
    common,
  );
  const initialCash = startingCash(settings, market, sessions);
  const { riskFreeRate } = settings.metrics;
  return {
    result: quickMetrics({
      equity: { ...equity, perYear: common.perYear },
      trades,
      initialCash,
      riskFreeRate,
    }),
    curve: withCurve
      ? { initialCash, equity: sessionCloses(equity).equity.slice(), ...closedOf(trades, equity) }
      : null,
  };
}

function closedOf({ length, reason, entryStep, exitStep, net }: Trades, equity: Equity) {
  const session = sessionNumbers(equity);
  const closed = Array.from({ length }, (_, i) => i).filter((i) => reason[i]! >= 0);
  return {
    entry: Int32Array.from(closed, (i) => session[entryStep[i]!]!),
    exit: Int32Array.from(closed, (i) => session[exitStep[i]!]!),
    net: Float64Array.from(closed, (i) => net[i]!),
  };
}

/** The initial cash of all accounts together. */
export function startingCash(
  { risk }: Pick<Settings, 'risk'>,
  market: Market,
  sessions: Steps,
): number {
  return accountsIn({ risk }, market, sessions) * risk.initialCash;
}

/** How many accounts trade in these sessions: one, or one for each symbol that has a bar. */
export function accountsIn(
  { risk }: Pick<Settings, 'risk'>,
  market: Market,
  sessions: Steps,
): number {
  return risk.accounts === 'shared' ? 1 : symbolsIn(sessions, market).length;
}
