import type { Example } from './strategy.ts';

/**
 * Studies that stand in another program's shoes: every setting that could differ is said, so that runs on that program's
 * data give its trades. What is ours alone (impact, participation, margin, kill-switch) is off.
 */
type PeerSettings = Omit<Example, 'name' | 'parameters'>;

const bare = {
  risk: { initialCash: 1_000_000, maximumPositions: 1, maintenanceMargin: null, killSwitch: null },
  costs: { commission: 0, slippage: 0, impact: null, borrowFee: 0 },
  exits: { stop: null, target: null, trailing: 'off', longestHolding: null },
} as const;

/** backtesting.py 0.6.6 with finalize_trades: whole units, all of equity but the last bit (1 − 2⁻⁵²), reversing on `reverse`. */
export const backtestingPy = (options: {
  readonly fill?: 'next-open' | 'prior-close';
  readonly commissionBps?: number;
  readonly reverse?: boolean;
}): PeerSettings => ({
  execution: {
    fill: options.fill ?? 'next-open',
    maximumParticipation: null,
    endOfData: 'open',
  },
  size: { rule: 'buying-power', fraction: 0.9999999999999998, whole: true, tooDear: 'cancel' },
  exits: { ...bare.exits, oppositeSignal: options.reverse ? 'reverse' : 'ignore' },
  risk: bare.risk,
  costs: { ...bare.costs, commissionBps: options.commissionBps ?? 0 },
  metrics: { convention: 'backtesting.py' },
});

/** vectorbt 1.1.0's from_signals: fractional units, all of equity, slippage inside the price. */
export const vectorbt = (options: {
  readonly fill: 'next-open' | 'same-close';
  readonly commissionBps?: number;
  readonly slippage?: number;
  readonly reverse?: boolean;
  /** Trailing stop as a ratio. */
  readonly trailing?: number;
}): PeerSettings => ({
  execution: {
    fill: options.fill,
    maximumParticipation: null,
    reentry: 'next-bar',
    endOfData: 'mark',
  },
  size: { rule: 'buying-power', fraction: 1, whole: false },
  exits: {
    ...bare.exits,
    ...(options.trailing !== undefined && {
      trailing: 'percent',
      trailingRatio: options.trailing,
    }),
    oppositeSignal: options.reverse ? 'reverse' : 'ignore',
  },
  risk: bare.risk,
  costs: {
    ...bare.costs,
    booking: 'in-price',
    commissionBps: options.commissionBps ?? 0,
    slippage: options.slippage ?? 0,
  },
  metrics: { convention: 'vectorbt' },
});
