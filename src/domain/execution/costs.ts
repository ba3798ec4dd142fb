import type { CostSettings } from '../study/schema.ts';

/** What a fill costs: a fee in currency, the others as ratios of the fill's value. */
export interface CostRates {
  readonly fee: number;
  readonly commission: number;
  readonly halfSpread: number;
  readonly slippage: number;
}

/**
 * How a fill came about. A market fill (every open, every stop, every close-out) crosses the spread and
 * slips; a limit fill (a target) waits for the market to come, and pays commission only.
 */
export type FillKind = 'market' | 'limit';

/** Settings in bps → ratios. */
export function costRates(costs: CostSettings): CostRates {
  return {
    fee: costs.commission,
    commission: costs.commissionBps / 10_000,
    halfSpread: costs.halfSpread / 10_000,
    slippage: costs.slippage / 10_000,
  };
}

/** Commission of one fill of this value, in currency. */
export function commissionOf(value: number, rates: CostRates): number {
  return rates.fee + value * rates.commission;
}

/** Half spread of one fill of this value, in currency. */
export function spreadOf(value: number, kind: FillKind, rates: CostRates): number {
  return kind === 'market' ? value * rates.halfSpread : 0;
}

/** Slippage of one fill of this value, in currency. */
export function slippageOf(value: number, kind: FillKind, rates: CostRates): number {
  return kind === 'market' ? value * rates.slippage : 0;
}

/** All costs of one fill, in currency: the one sum that sizing and booking share, so that both have its bits. */
export function costsOf(value: number, kind: FillKind, rates: CostRates): number {
  return commissionOf(value, rates) + spreadOf(value, kind, rates) + slippageOf(value, kind, rates);
}
