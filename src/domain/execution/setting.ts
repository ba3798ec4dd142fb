import type { Market, Signals, StepTimes } from '../market.ts';
import type { Settings } from '../study/schema.ts';
import type { Row, Rows, StepIndices } from '../units.ts';
import { downToLot, lotAt } from './contracts.ts';
import { Common } from './common.ts';
import { delayed } from './delay.ts';
import { NEVER } from './history.ts';
import { type SessionHours, sessionHours } from './session-hours.ts';

/** What a run trades on. */
export interface Setting {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Settings;
  readonly steps: StepTimes;
  /** By step, the number of its session among those of the steps: its own where bars are dated by days. */
  readonly session: Int32Array;
  /** Steps in the order in which they open, where bars of some overlap; null where each is over before the next. */
  readonly opening: StepIndices | null;
  /** What the study's session rules say of bars; null where it has none, and where bars have no clock. */
  readonly hours: SessionHours | null;
  /** By symbol, the row of its first bar with volume: zeros before it mean that nobody counted. */
  readonly volumeFrom: Rows;
  readonly common: Common;
}

/** What a study makes of a market and its signals, over these steps; `common` is that of the market and the steps. */
export function settingOf(
  market: Market,
  signals: Signals,
  settings: Settings,
  steps: StepTimes,
  common = new Common(market, steps),
): Setting {
  const { delay, maximumParticipation } = settings.execution;
  const readsVolume = settings.costs.impact !== null || maximumParticipation !== null;
  const { session, opening } = common;
  return {
    market,
    signals: delay === 0 ? signals : delayed(signals, market, delay),
    settings,
    steps,
    session,
    opening,
    hours: sessionHours(market, settings, session),
    volumeFrom: readsVolume ? common.volumeFrom : new Int32Array(market.symbols.length).fill(NEVER),
    common,
  };
}

/** What of a quantity the volume of the bar that it fills in takes. */
export function capped(quantity: number, symbol: number, row: Row, setting: Setting): number {
  const { market } = setting;
  const { execution, size } = setting.settings;
  const share = execution.maximumParticipation;
  if (share === null || row < setting.volumeFrom[symbol]!) return quantity;
  const multiplier = market.contracts?.multiplier[symbol] ?? 1;
  const most = share * market.volume[row]! * multiplier;
  if (Number.isNaN(most) || quantity <= most) return quantity;
  return downToLot(most, lotAt(market, size, symbol, row));
}
