import type { Account } from './account.ts';
import type { CostModel } from './costs.ts';
import type { Dealer } from './dealer.ts';
import { Entries } from './entries.ts';
import { Rebalances } from './portfolio/rebalances.ts';
import type { Setting } from './setting.ts';

/** Entries, or holdings where the strategy gives weights. */
export function dealerFor(
  setting: Setting,
  account: Account,
  costs: CostModel,
  equity: Float64Array,
): Dealer {
  const { weight } = setting.signals;
  const { portfolio } = setting.settings;
  return weight === undefined || portfolio === undefined
    ? new Entries(setting, account, costs, equity)
    : new Rebalances(setting, weight, portfolio, account, costs, equity);
}
