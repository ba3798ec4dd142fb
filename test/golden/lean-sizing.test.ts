/**
 * Quantities as LEAN’s SetHoldings sets them (QuantConnect, “Position Sizing”: the holdings wanted ÷ the price at the
 * time of the order, rounded down to the lot): an own loop over one symbol’s bars, written from those words, against the
 * simulation with sizes taken at the signal’s close. LEAN’s buffer of 2.5 % is left out, and so are fees.
 */
import { expect, it } from 'vitest';
import {
  flat,
  marketOf,
  settingsOf,
  signalsOf,
  simulate,
} from '../unit/domain/execution/market-builder.ts';
import { randomStream } from '../../src/domain/random.ts';

interface Holding {
  readonly signalRow: number;
  readonly entryRow: number;
  readonly quantity: number;
}

/** Orders at a close, quantity = floor(weight × equity ÷ close); all fills at the next open. */
function setHoldings(
  bars: readonly (readonly [open: number, close: number])[],
  signals: readonly (1 | -1 | 0)[],
  { weight, cash: start, hold }: { weight: number; cash: number; hold: number },
): { holdings: Holding[]; equity: number[] } {
  let [cash, quantity, held] = [start, 0, 0];
  let ordered = { buy: 0, sell: false, signalRow: -1 };
  const holdings: Holding[] = [];
  const equity: number[] = [];
  bars.forEach(([open, close], row) => {
    if (ordered.sell) [cash, quantity, held] = [cash + quantity * open, 0, 0];
    if (ordered.buy !== 0) {
      [cash, quantity, held] = [cash - ordered.buy * open, ordered.buy, 0];
      holdings.push({ signalRow: ordered.signalRow, entryRow: row, quantity: Math.abs(quantity) });
    }
    const worth = cash + quantity * close;
    equity.push(worth);
    if (quantity !== 0) held++;
    const side = quantity === 0 ? signals[row]! : 0;
    ordered = {
      buy: side * Math.floor((weight * worth) / close),
      sell: quantity !== 0 && held >= hold,
      signalRow: row,
    };
  });
  return { holdings, equity };
}

it.each([0.3, 0.9, 1.7])('quantity = ⌊weight %d × equity ÷ the signal’s close⌋', (weight) => {
  const { uniform, below, normal } = randomStream(7, `set holdings ${weight}`);
  let price = 40;
  const bars = Array.from({ length: 400 }, () => {
    const open = price * (1 + 0.02 * normal());
    price = Math.max(5, open * (1 + 0.02 * normal()));
    return [open, price] as const;
  });
  const signals = bars.map(() => (uniform() < 0.3 ? (below(3) === 0 ? -1 : 1) : 0));
  const cash = 100_000;
  const hold = 4;
  const market = marketOf({
    A: bars.map(([open, close]) => [open, Math.max(open, close), Math.min(open, close), close]),
    // Another symbol keeps the last session alive and trades nothing.
    B: bars.map(() => flat(1)),
  });
  const said = Object.fromEntries(
    signals.flatMap((side, row) => (side === 0 ? [] : [[row, { side }] as const])),
  );
  const { trades, equity } = simulate(
    market,
    signalsOf(market, { A: said }),
    settingsOf({
      size: {
        rule: 'fraction',
        fraction: weight,
        price: 'signal-close',
        minimum: 0,
        maximum: null,
        whole: true,
      },
      exits: { longestHolding: hold },
      risk: { initialCash: cash, leverage: 10 },
    }),
  );
  const expected = setHoldings(bars, signals, { weight, cash, hold });
  const found = trades.map(({ signalRow, entryRow, quantity }) => ({
    signalRow,
    entryRow,
    quantity,
  }));
  expect(found).toEqual(expected.holdings);
  expect(found.length).toBeGreaterThan(20);
  equity.equity.forEach((worth, i) => {
    expect(Math.abs(worth / expected.equity[i]! - 1)).toBeLessThan(1e-12);
  });
});
