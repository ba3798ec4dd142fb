import type { Market } from '../market.ts';
import type { SizeSettings } from '../study/schema.ts';
import type { Price, Row } from '../units.ts';

/** What is traded, in the simulation's units: see `Contracts`. */

/** Splits that a symbol has had since its first bar, as one factor. */
export const splitsAt = ({ contracts }: Market, row: Row): number => contracts?.splits?.[row] ?? 1;

/** Units of the simulation in one contract or share. */
export const unitsPerContract = (market: Market, symbol: number, row: Row): number =>
  market.contracts === undefined ? 1 : market.contracts.multiplier[symbol]! / splitsAt(market, row);

/** What a unit held through this bar's open is paid, and one sold short pays. */
export const dividendAt = ({ contracts }: Market, row: Row): Price =>
  contracts?.dividend?.[row] ?? 0;

/** The smallest step of a quantity: the instrument's lot, or one where units are whole; 0 where any part can be traded. */
export function lotAt(market: Market, { whole }: SizeSettings, symbol: number, row: Row): number {
  const { contracts } = market;
  if (contracts === undefined) return whole ? 1 : 0;
  const said = contracts.lot[symbol]!;
  const lot = Number.isNaN(said) ? (whole ? 1 : 0) : said;
  return lot * unitsPerContract(market, symbol, row);
}

/** The most whole lots in a quantity, and the fewest that hold it. */
export const downToLot = (quantity: number, lot: number): number =>
  lot === 0 ? quantity : lot === 1 ? Math.floor(quantity) : onGrid(quantity, lot, Math.floor);
export const upToLot = (quantity: number, lot: number): number =>
  lot === 0 ? quantity : lot === 1 ? Math.ceil(quantity) : onGrid(quantity, lot, Math.ceil);

/** The smallest step of a linked price; 0 where the instrument names none. */
export function tickAt(market: Market, symbol: number, row: Row): Price {
  const tick = market.contracts?.tick[symbol] ?? Number.NaN;
  return Number.isNaN(tick) ? 0 : tick * splitsAt(market, row);
}

/** The price itself where it stands on a tick, else the tick above (+1) or below it (−1). */
export const onTick = (price: Price, tick: Price, direction: 1 | -1): Price =>
  tick === 0 || !Number.isFinite(price)
    ? price
    : onGrid(price, tick, direction > 0 ? Math.ceil : Math.floor);

/** Steps that a rounding of doubles may have moved a value off its grid. */
const ROUNDING = 1e-9;

function onGrid(value: number, step: number, round: (steps: number) => number): number {
  const steps = value / step;
  const nearest = Math.round(steps);
  const whole = Math.abs(steps - nearest) <= ROUNDING ? nearest : round(steps);
  // 9513 hundredths are 95.13, and 9513 × 0.01 is not.
  const perUnit = Math.round(1 / step);
  return Math.abs(perUnit * step - 1) <= ROUNDING ? whole / perUnit : whole * step;
}
