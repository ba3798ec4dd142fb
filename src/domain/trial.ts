import { simulate } from './execution/simulate.ts';
import { type Market, type Sessions, type Signals, symbolsIn } from './market.ts';
import { type QuickMetrics, quickMetrics } from './metrics/quick.ts';
import type { Settings } from './study/schema.ts';

/** What is kept of a trial: one parameter set simulated, its trades and its curve forgotten. */
export type TrialResult = QuickMetrics;

/** Simulates settings on signals that may stand beside spread estimates of other settings. */
export function runTrial(
  market: Market,
  signals: Signals,
  settings: Settings,
  sessions: Sessions,
): TrialResult {
  const { halfSpread } = signals;
  const own = settings.costs.spread === 'fixed' && halfSpread !== null;
  const { equity, trades } = simulate(
    market,
    own ? { ...signals, halfSpread: null } : signals,
    settings,
    sessions,
  );
  return quickMetrics({
    equity,
    trades,
    initialCash: startingCash(settings, market, sessions),
    riskFreeRate: settings.metrics.riskFreeRate,
  });
}

/** The initial cash of all accounts together. */
export function startingCash(
  { risk }: Pick<Settings, 'risk'>,
  market: Market,
  sessions: Sessions,
): number {
  const accounts = risk.accounts === 'shared' ? 1 : symbolsIn(sessions, market).length;
  return accounts * risk.initialCash;
}
