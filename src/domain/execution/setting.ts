import type { Market, Sessions, Signals } from '../market.ts';
import type { Settings } from '../study/schema.ts';
import type { Row, Rows } from '../units.ts';
import { downToLot, lotAt } from './contracts.ts';

/** What a run trades on. */
export interface Setting {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Settings;
  /** Dates of the range on which any symbol has a bar. */
  readonly sessions: Pick<Sessions, 'day'>;
  /** By symbol, the row of its first bar with volume: zeros before it mean that nobody counted. */
  readonly volumeFrom: Rows;
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
