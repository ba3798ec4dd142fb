/**
 * vectorbt's own test of a small portfolio (vectorbt 1.1.0, tests/test_portfolio.py): closes 1 to 5, the first
 * missing, orders of 1, 0.1, −1, −0.1 and 1 units, long only, fees 1 % and 0.1 fixed, slippage 1 %, cash 100. It ends
 * at 99.68951 with fees of 0.35549.
 */
import { expect, it } from 'vitest';
import {
  flat,
  marketOf,
  settingsOf,
  signalsOf,
  simulate,
} from '../unit/domain/execution/market-builder.ts';

it('ends where vectorbt’s does: slippage in the price, fees on the worse price', () => {
  const market = marketOf({
    A: [null, flat(2), flat(3), flat(4), flat(5)],
    B: Array(5).fill(flat(1)),
  });
  // What vectorbt cannot do (buy at no price, sell what it hasn't) is no signal here.
  const signals = signalsOf(market, {
    A: { 1: { side: 1, factor: 0.1 }, 2: { exit: 1 }, 4: { side: 1, factor: 1 } },
  });
  const settings = settingsOf({
    execution: { fill: 'same-close' },
    size: { rule: 'units', units: 1 },
    costs: { booking: 'in-price', commission: 0.1, commissionBps: 100, slippage: 100 },
    risk: { initialCash: 100 },
  });
  const { trades, equity } = simulate(market, signals, settings);
  expect(equity.equity.at(-1)).toBeCloseTo(99.68951, 10);
  expect(trades.reduce((sum, { commission }) => sum + commission, 0)).toBeCloseTo(0.35549, 10);
});
