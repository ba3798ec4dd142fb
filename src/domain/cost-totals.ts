import { type DatedTrades, type TradeCost, tradeCosts } from './run.ts';

/** What trading cost, open trades included. */
export interface CostTotals {
  readonly costs: readonly { readonly cost: TradeCost; readonly total: number }[];
  readonly total: number;
  /** Value of all entries and exits. */
  readonly turnover: number;
  /** Profit of all trades before costs. */
  readonly gross: number;
}

export function costTotals(trades: DatedTrades): CostTotals {
  const costs = tradeCosts.map((cost) => ({ cost, total: sum(trades[cost], trades.length) }));
  let turnover = 0;
  for (let i = 0; i < trades.length; i++) {
    const exit = trades.reason[i]! < 0 ? 0 : trades.exitPrice[i]!;
    turnover += trades.quantity[i]! * (trades.entryPrice[i]! + exit);
  }
  return {
    costs,
    total: costs.reduce((all, { total }) => all + total, 0),
    turnover,
    gross: sum(trades.gross, trades.length),
  };
}

function sum(column: Float64Array, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += column[i]!;
  return total;
}
