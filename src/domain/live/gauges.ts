import type { Gauge } from '../monitoring/gauges.ts';
import type { Instant } from '../units.ts';
import { haltOf, type LiveState } from './account.ts';
import type { Drift } from './drift.ts';

/** What is watched of a live account. */
export interface LiveWatched {
  readonly study: string;
  readonly state: LiveState;
  readonly equity: number;
  readonly cash: number;
  readonly positions: number;
  readonly drift: Drift | null;
  /** When the newest bar was known, and now. */
  readonly knownAt: Instant;
  readonly now: Instant;
}

/** A live account as Prometheus gauges; what is unknown has none. */
export function liveGauges(watched: LiveWatched): readonly Gauge[] {
  const { study, state, drift, now, knownAt } = watched;
  const { intents, account } = state;
  const labels = { study, broker: account.broker };
  const count = (wanted: string): number =>
    intents.filter(({ state: one }) => one === wanted).length;
  const values: readonly (readonly [name: string, help: string, value: number | null])[] = [
    ['equity', 'Equity of the account, by the broker.', watched.equity],
    ['cash', 'Cash of the account, by the broker.', watched.cash],
    ['positions', 'Open positions of the study.', watched.positions],
    ['orders', 'Orders that were decided on.', intents.length],
    ['refused_orders', 'Orders that the broker refused.', count('refused')],
    ['held_orders', 'Orders that guards, or a dry run, held back.', count('held')],
    ['unknown_orders', 'Orders whose outcome is not known yet.', count('sending')],
    [
      'slippage_bps',
      'How much worse fills were than the simulator’s, mean, basis points.',
      drift?.slippage ?? null,
    ],
    ['missed_fills', 'Fills that the simulator has and the market had not.', drift?.missed ?? null],
    [
      'latency_seconds',
      'From the sending of an order to its fill, in the middle.',
      drift?.latency ?? null,
    ],
    ['data_age_seconds', 'Time since the newest bar was known.', Math.max(0, now - knownAt)],
    ['halted', '1 where trading is halted.', haltOf(state) === null ? 0 : 1],
  ];
  return values.flatMap(([name, help, value]) =>
    value === null || !Number.isFinite(value)
      ? []
      : [{ name: `outsample_live_${name}`, help, samples: [{ labels, value }] }],
  );
}
