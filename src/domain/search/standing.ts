import type { QuickMetrics } from '../metrics/quick.ts';
import type { Objective } from '../study/validation.ts';

/** How a trial stands among others: the higher tier first, then the higher value. */
export interface Standing {
  /** 2 with an objective and trades enough, 1 with too few trades, 0 without an objective. */
  readonly tier: 0 | 1 | 2;
  readonly value: number;
}

export const last: Standing = { tier: 0, value: 0 };

/** The number that trials are ranked by; null where it has none. */
export function objectiveOf(result: QuickMetrics, objective: Objective): number | null {
  switch (objective) {
    case 'sharpe':
      return result.sharpe;
    case 'sortino':
      return result.sortino;
    case 'total-return':
      return result.totalReturn;
    case 'profit-factor':
      return result.profitFactor;
  }
}

/** How a trial stands; one that was not simulated comes last. */
export function standingOf(
  result: QuickMetrics | null,
  objective: Objective,
  leastTrades: number,
): Standing {
  const value = result && objectiveOf(result, objective);
  if (result === null || value === null) return last;
  return { tier: result.trades >= leastTrades ? 2 : 1, value };
}

/** Above 0 where `a` stands before `b`, 0 where they stand alike. */
export const leadOf = (a: Standing, b: Standing): number => a.tier - b.tier || a.value - b.value;
