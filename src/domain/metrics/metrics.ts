import { drawdownMetrics } from './drawdown.ts';
import type { MeasuredRun } from './measured.ts';
import type { Metric } from './metric.ts';
import { returnMetrics } from './returns.ts';
import { riskMetrics } from './risk.ts';
import { tradingMetrics } from './trading.ts';

/** A run's headline numbers in Outsample's own convention, in the order in which they are shown. */
export function metricsOf(run: MeasuredRun): Metric[] {
  return [
    ...returnMetrics(run),
    ...riskMetrics(run),
    ...drawdownMetrics(run),
    ...tradingMetrics(run),
  ];
}
