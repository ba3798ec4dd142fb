import type { SizeSettings } from '../study/schema.ts';
import { downToLot } from './contracts.ts';
import type { CostModel } from './costs.ts';
import type { Price, Ratio } from '../units.ts';

/** What is known when an entry is sized, at its fill. */
export interface SizeRequest {
  /** The fill's price. */
  price: Price;
  /** The price that turns a wanted value into a quantity: the fill's, or the signal's close. */
  sizedAt: Price;
  /** Equity at the signal's close, in currency. */
  equity: number;
  /** The signal row's size factor; 1 where nothing applies. */
  factor: number;
  /** Price units from reference to stop; without a stop, one ATR (or the price itself, where distances are ratios). */
  stopDistance: Price;
  /** The symbol's yearly volatility, a ratio; NaN where it is unknown or not asked for. */
  volatility: Ratio;
  /** Buying power left at this fill, in currency. */
  power: number;
  /** Value that exposure limits leave room for, in currency; Infinity without any. */
  room: number;
  /** The smallest step of the quantity; 0 where any part can be traded. */
  lot: number;
  /** Units in one contract or share. */
  perContract: number;
}

/** The largest double below 1: taken off a quantity that is too dear by a rounding. */
const JUST_BELOW_ONE = 1 - Number.EPSILON / 2;

/** A position of exactly the minimum may come out a rounding below it. */
const NEARLY_ONE = 1 - 1e-12;

/** Share of equity below which a position that limits have cut is what roundings left over. */
const DUST = 1e-9;

/** Why a sizing ends without a trade. */
export const TOO_SMALL = 0;
export const NO_POWER = -1;

/**
 * Units to trade, or TOO_SMALL or NO_POWER. The size factor comes first, then the fraction rule's bounds, then
 * exposure limits and buying power: value and entry costs together must fit, so cash never pays for what the
 * account doesn't have. A factor of 0 is no trade; the smallest position would raise it from the dead. `costs`
 * has the fill's quote.
 */
export function quantityFor(size: SizeSettings, request: SizeRequest, costs: CostModel): number {
  const { price, sizedAt, power, factor, room, lot } = request;
  if (!(price > 0) || !(sizedAt > 0) || !(factor > 0)) return TOO_SMALL;
  const affordable = costs.affordable(power);
  if (!(affordable > 0) || !(room > 0)) return NO_POWER;
  const wanted = wantedQuantity(size, request, affordable);
  const allowed = Math.min(wanted, room / price);
  const asked = downToLot(wanted, lot);
  if (!(asked > 0)) return TOO_SMALL;
  if (size.tooDear === 'cancel' && !fits(asked, power, costs)) return NO_POWER;
  // The fraction rule never wants less than its minimum, so only a limit can have cut it below; whole units round.
  const least = size.rule === 'fraction' ? size.minimum * NEARLY_ONE : 0;
  if (Math.min(allowed, affordable) * sizedAt < least) return NO_POWER;
  const quantity = largestFitting(lot, allowed, power, costs);
  if (!(quantity > 0) || (lot === 0 && quantity * sizedAt < least)) return NO_POWER;
  // What roundings leave of a spent account is no position.
  const isDust = quantity < asked && quantity * price < DUST * request.equity;
  return isDust ? NO_POWER : quantity;
}

function wantedQuantity(size: SizeSettings, request: SizeRequest, affordable: number): number {
  const { sizedAt, equity, factor } = request;
  switch (size.rule) {
    case 'fraction':
      return boundedValue(size, equity * size.fraction * factor) / sizedAt;
    case 'units':
      return size.units * request.perContract * factor;
    case 'atr-risk':
      return (size.risk * equity * factor) / request.stopDistance;
    case 'volatility':
      return (equity * size.volatilityTarget * factor) / request.volatility / sizedAt;
    case 'buying-power':
      return affordable * size.fraction * factor;
  }
}

/** The fraction rule's bounds: small values are raised to the minimum, large ones cut to the maximum. */
function boundedValue(size: SizeSettings, value: number): number {
  const raised = Math.max(value, size.minimum);
  return size.maximum === null ? raised : Math.min(raised, size.maximum);
}

/** The largest quantity up to `most` that buying power pays for, its own costs included; 0 or less where none is. */
export function largestFitting(lot: number, most: number, power: number, costs: CostModel): number {
  const wanted = downToLot(most, lot);
  if (!(wanted > 0) || fits(wanted, power, costs)) return wanted;
  // In proportion it is a division; a few roundings may have made that an ulp too dear.
  let quantity = downToLot(Math.min(wanted, costs.affordable(power)), lot);
  for (let ulps = 0; ulps < 8; ulps++) {
    if (fits(quantity, power, costs)) return quantity;
    quantity = downToLot(quantity * JUST_BELOW_ONE, lot);
  }
  // Costs that grow faster than the quantity: halve the interval down to neighbouring numbers.
  let low = 0;
  let high = quantity;
  for (let halving = 0; halving < 64; halving++) {
    const middle = (low + high) / 2;
    // Neighbours have nothing between them.
    if (middle === low || middle === high) break;
    if (fits(middle, power, costs)) low = middle;
    else high = middle;
  }
  return downToLot(low, lot);
}

function fits(quantity: number, power: number, costs: CostModel): boolean {
  costs.charge(quantity);
  return costs.binds(quantity) <= power;
}
