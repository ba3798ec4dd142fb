import type { Market } from '../market.ts';
import type { RiskSettings } from '../study/schema.ts';
import type { Account } from './account.ts';

/**
 * Value that exposure limits leave for a position of this side, at the prices of the account's last `value`;
 * Infinity without limits, 0 or less where one is reached. Every limit is a share of equity at those prices.
 */
export function roomFor(
  symbol: number,
  side: 1 | -1,
  account: Account,
  risk: RiskSettings,
  market: Market,
): number {
  const { maximumGross, maximumNet, maximumPerSymbol, maximumPerGroup } = risk;
  const { worth, longs, shorts } = account;
  let room = Infinity;
  if (maximumGross !== null) room = Math.min(room, maximumGross * worth - (longs + shorts));
  if (maximumNet !== null) room = Math.min(room, maximumNet * worth - side * (longs - shorts));
  // A symbol is held already where the rest of its entry is carried.
  if (maximumPerSymbol !== null)
    room = Math.min(room, maximumPerSymbol * worth - exposure((one) => one === symbol));
  const groupOf = market.listings?.group;
  const group = groupOf?.[symbol] ?? -1;
  if (maximumPerGroup !== null && group >= 0)
    room = Math.min(room, maximumPerGroup * worth - exposure((one) => groupOf?.[one] === group));
  return room;

  function exposure(belongs: (symbol: number) => boolean): number {
    let sum = 0;
    for (const position of account.open) {
      if (belongs(position.symbol)) sum += account.valueOf(position);
    }
    return sum;
  }
}
