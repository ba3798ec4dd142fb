import type { Account } from './account.ts';
import { downToLot, lotAt, unitsPerContract } from './contracts.ts';
import { takeSplit } from './exits.ts';
import type { Position } from './position.ts';
import type { Setting } from './setting.ts';
import type { Step } from '../units.ts';

/** What companies do to positions before a step's opens. */

/** Parts of a number that roundings may have moved it by. */
const ROUNDING = 1e-9;
/** A lot of at least one share, whatever roundings made of it. */
const WHOLE = 1 - ROUNDING;

/**
 * Quantities, stops and targets follow a split by themselves, being linked as prices are; what it leaves off their
 * grids is settled: a fraction of a share is paid out at the last close, levels go to the next tick.
 */
export function takeSplits(account: Account, { market, settings }: Setting, step: Step): void {
  for (const position of account.open) {
    const { symbol, today, mark, quantity } = position;
    if (today < 0 || !takeSplit(position, market, today)) continue;
    const lot = lotAt(market, settings.size, symbol, today);
    const one = unitsPerContract(market, symbol, today);
    // Odd lots stay; only parts of a share have no market.
    if (lot < one * WHOLE) continue;
    const whole = downToLot(quantity, one);
    // What roundings make of a whole number is one.
    if (quantity - whole > quantity * ROUNDING)
      account.settle(position, mark, 'split', step, quantity - whole);
  }
  account.release();
}

/** Only the universe file ends a symbol: at its last close × (1 + return), or against the position under stress. */
export function delist(account: Account, setting: Setting, step: Step): void {
  const { market, steps, settings } = setting;
  const { delistedOn, delistingReturn } = market.listings!;
  const { risk } = settings;
  for (const position of account.open) {
    if (position.today >= 0 || steps.day[step]! < delistedOn[position.symbol]!) continue;
    if (isInBar(position, setting, step)) continue;
    const said = delistingReturn[position.symbol]!;
    const change =
      risk.delistingStress !== null
        ? -position.side * risk.delistingStress
        : Number.isNaN(said)
          ? risk.delistingReturn
          : said;
    account.settle(position, position.mark * (1 + change), 'delisting', step);
  }
  account.release();
}

/** Whether a position's bar is not over yet where the step's bars open. */
const isInBar = ({ row }: Position, { market, steps }: Setting, step: Step): boolean =>
  market.clock !== undefined && market.clock.known[row]! > (steps.clock?.opens[step] ?? Infinity);
