import { type TradeCost, type Trades, tradeCosts } from '../../run.ts';
import type { Facts } from '../facts.ts';
import { entry } from '../finding.ts';

/** What trading cost, those trades included that are open at the end. */
export function costEntries({ run: { trades, interest } }: Facts) {
  const cost = (label: string, of: string, name: TradeCost) =>
    entry(
      label,
      'currency',
      `${of} of all trades, those open at the end included.`,
      `Σ ${name}`,
      total(trades, name),
    );
  return {
    costs: entry(
      'Costs paid',
      'currency',
      'Commission, half spread, slippage, market impact and borrow fees of all trades, those open at the end included.',
      'Σ (commission + spread + slippage + impact + borrow)',
      allCosts(trades),
    ),
    commission: cost('Commission', 'Commission', 'commission'),
    spread: cost('Spread', 'Half spreads', 'spread'),
    slippage: cost('Slippage', 'Slippage', 'slippage'),
    impact: cost('Market impact', 'Volume-based impact', 'impact'),
    borrow: cost('Borrow fees', 'Borrow fees on the short side', 'borrow'),
    interest: entry(
      'Interest',
      'currency',
      'Interest received on cash less interest paid on credit; below zero it is a cost.',
      'Σ interest received − Σ interest paid',
      interest,
    ),
  };
}

/** The five costs of all trades, trade by trade. */
export function allCosts(trades: Trades): number {
  let sum = 0;
  for (const name of tradeCosts) sum += total(trades, name);
  return sum;
}

function total(trades: Trades, name: TradeCost): number {
  const column = trades[name];
  let sum = 0;
  for (let i = 0; i < trades.length; i++) sum += column[i]!;
  return sum;
}
