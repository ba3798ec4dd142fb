import type { SizeSettings } from '../study/schema.ts';
import { type CostRates, costsOf } from './costs.ts';

/** What is known when an entry is sized, at the open where it fills. */
export interface SizeRequest {
  /** The fill: today's open. */
  readonly price: number;
  /** Equity at the signal's close, in currency. */
  readonly equity: number;
  /** The signal row's size factor; 1 where nothing applies. */
  readonly factor: number;
  /** Price units from reference to stop: what one unit loses when the first stop fills. */
  readonly stopDistance: number;
  /** Buying power left at this open, in currency. */
  readonly power: number;
}

/** The largest double below 1: taken off a quantity that is too dear by a rounding. */
const JUST_BELOW_ONE = 1 - Number.EPSILON / 2;

/**
 * Units to trade; 0 is no trade. The size factor comes first, then the fraction rule's bounds, then buying
 * power: value and entry costs together must fit, so cash never pays for what the account doesn't have.
 * A factor of 0 is no trade; the smallest position would raise it from the dead.
 */
export function quantityFor(size: SizeSettings, request: SizeRequest, rates: CostRates): number {
  const { price, power, factor } = request;
  if (!(price > 0) || !(factor > 0)) return 0;
  const affordable = affordableValue(power, rates);
  if (!(affordable > 0)) return 0;

  let wanted: number;
  if (size.rule === 'fraction') {
    const value = Math.min(boundedValue(size, request.equity * size.fraction * factor), affordable);
    if (value < size.minimum) return 0;
    wanted = value / price;
  } else if (size.rule === 'units') {
    wanted = size.units * factor;
  } else {
    wanted = (size.risk * request.equity * factor) / request.stopDistance;
  }

  const step = size.whole ? Math.floor : same;
  let quantity = step(wanted);
  if (!(quantity > 0)) return 0;
  if (fits(quantity, price, power, rates)) return quantity;
  // What buying power pays for, by division; a few roundings may have made it an ulp too dear.
  quantity = step(affordable / price);
  for (let ulps = 0; ulps < 8 && !fits(quantity, price, power, rates); ulps++) {
    quantity = step(quantity * JUST_BELOW_ONE);
  }
  return fits(quantity, price, power, rates) ? quantity : 0;
}

/** The fraction rule's bounds: small values are raised to the minimum, large ones cut to the maximum. */
function boundedValue(size: SizeSettings, value: number): number {
  const raised = Math.max(value, size.minimum);
  return size.maximum === null ? raised : Math.min(raised, size.maximum);
}

/** The value that buying power pays for together with its own market costs. */
function affordableValue(power: number, rates: CostRates): number {
  return (power - rates.fee) / (1 + rates.commission + rates.halfSpread + rates.slippage);
}

function fits(quantity: number, price: number, power: number, rates: CostRates): boolean {
  const value = quantity * price;
  return value + costsOf(value, 'market', rates) <= power;
}

function same(quantity: number): number {
  return quantity;
}
