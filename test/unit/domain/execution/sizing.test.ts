import { describe, expect, it } from 'vitest';
import { CostModel } from '../../../../src/domain/execution/costs.ts';
import { NEVER, volatilityAt } from '../../../../src/domain/execution/history.ts';
import {
  NO_POWER,
  quantityFor,
  type SizeRequest,
  TOO_SMALL,
} from '../../../../src/domain/execution/sizing.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  firstDay,
  flat,
  marketOf,
  plain,
  rowAt,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

/** The cost model of a symbol without volume, ready for a purchase at this price. */
function quoted(costs: Partial<Settings['costs']>, price: number): CostModel {
  const market = marketOf({ A: [flat(price)] });
  const signals = signalsOf(market, {});
  const model = new CostModel({ ...plain.costs, ...costs }, market, signals, Int32Array.of(NEVER));
  model.quote(0, 0, 0, firstDay, price, 1, 'market', 'entry');
  return model;
}

const usual: Omit<SizeRequest, 'sizedAt' | 'lot'> = {
  price: 10,
  equity: 100_000,
  factor: 1,
  stopDistance: 2,
  volatility: 0.2,
  power: 100_000,
  room: Infinity,
  perContract: 1,
};

/** Units bought at 10 with equity and buying power of 100,000, factor 1 and a stop 2 away. */
function quantity(
  size: Partial<Settings['size']>,
  request: Partial<SizeRequest> = {},
  costs: Partial<Settings['costs']> = {},
) {
  const lot = (size.whole ?? plain.size.whole) ? 1 : 0;
  const asked = { ...usual, lot, ...request };
  const wanted = { sizedAt: asked.price, ...asked };
  return quantityFor({ ...plain.size, ...size }, wanted, quoted(costs, wanted.price));
}

describe('a fraction of equity', () => {
  const rule = 'fraction';

  it('is that share of equity, in units of the fill price', () => {
    expect(quantity({ rule, fraction: 0.005 })).toBe(50);
    expect(quantity({ rule, fraction: 0.01, maximum: null })).toBe(100);
  });

  it('is divided by the signal’s close where it is sized there; power and room are of the fill', () => {
    const size = { rule, fraction: 0.01, maximum: null, price: 'signal-close' } as const;
    expect(quantity(size, { sizedAt: 8 })).toBe(125);
    expect(quantity({ ...size, whole: true }, { sizedAt: 9 })).toBe(111);
    // 125 units at 10 are 1,250.
    expect(quantity(size, { sizedAt: 8, room: 500 })).toBe(50);
    expect(quantity(size, { sizedAt: 8, power: 1000 })).toBe(100);
    expect(quantity({ ...size, tooDear: 'cancel' }, { sizedAt: 8, power: 1000 })).toBe(NO_POWER);
    // Raised to 1,500 at the signal’s close of 12, which is 1,250 at the fill, and no less than wanted.
    expect(quantity({ ...size, minimum: 1500 }, { sizedAt: 12 })).toBe(125);
  });

  it('is reduced by the size factor before it is bounded', () => {
    expect(quantity({ rule }, { factor: 0.5 })).toBe(25);
    // 6,000 × 0.5 is inside the bounds; bounding first would have given 2,500.
    expect(quantity({ rule, fraction: 0.06 }, { factor: 0.5 })).toBe(300);
  });

  it('is raised to the smallest position and cut to the largest', () => {
    expect(quantity({ rule, fraction: 0.0001 })).toBe(10);
    expect(quantity({ rule, fraction: 0.5 })).toBe(500);
    expect(quantity({ rule, fraction: 0.5, maximum: null })).toBe(5000);
  });

  it('is cut to buying power, and below the smallest position there is no trade', () => {
    expect(quantity({ rule }, { power: 200 })).toBe(20);
    expect(quantity({ rule }, { power: 100 })).toBe(10);
    expect(quantity({ rule }, { power: 99 })).toBe(NO_POWER);
    expect(quantity({ rule }, { room: 99 })).toBe(NO_POWER);
  });

  it('is no trade with a factor of 0, which the bounds would raise from the dead', () => {
    expect(quantity({ rule }, { factor: 0 })).toBe(TOO_SMALL);
    expect(quantity({ rule }, { factor: Number.NaN })).toBe(TOO_SMALL);
  });
});

describe('an entry beyond buying power', () => {
  it('is cut to it, or given up where the study says so', () => {
    const size = { rule: 'units', units: 11 } as const;
    expect(quantity(size, { power: 100 })).toBe(10);
    expect(quantity({ ...size, tooDear: 'cancel' }, { power: 100 })).toBe(NO_POWER);
    expect(quantity({ ...size, tooDear: 'cancel' }, { power: 110 })).toBe(11);
  });
});

describe('fixed units', () => {
  it('are taken as they are, times the size factor', () => {
    expect(quantity({ rule: 'units', units: 7 })).toBe(7);
    expect(quantity({ rule: 'units', units: 7 }, { factor: 0.5 })).toBe(3.5);
  });

  it('know no bounds but buying power', () => {
    expect(quantity({ rule: 'units', units: 9000 })).toBe(9000);
    expect(quantity({ rule: 'units', units: 11_000 })).toBe(10_000);
    expect(quantity({ rule: 'units', units: 1 }, { power: 5 })).toBe(0.5);
    expect(quantity({ rule: 'units', units: 1 }, { power: 0 })).toBe(NO_POWER);
  });
});

describe('ATR risk', () => {
  it('loses the risk fraction of equity at the stop’s distance', () => {
    expect(quantity({ rule: 'atr-risk', risk: 0.01 })).toBe(500);
    expect(quantity({ rule: 'atr-risk', risk: 0.01 }, { factor: 0.5 })).toBe(250);
  });

  it('takes one ATR for the distance where there is no stop', () => {
    const market = marketOf({ A: [flat(10), flat(10)] });
    const signals = signalsOf(market, { A: { 0: { side: 1, atr: 0.5 } } });
    const units = (stop: number | null) =>
      simulate(market, signals, settingsOf({ size: { rule: 'atr-risk' }, exits: { stop } }))
        .trades[0]?.quantity;
    // 1 % of 10,000 over 0.5, and over 3 × 0.5.
    expect(units(null)).toBe(200);
    expect(units(3)).toBe(100 / 1.5);
  });

  it('is no trade with equity below zero', () => {
    expect(quantity({ rule: 'atr-risk' }, { equity: -1 })).toBe(TOO_SMALL);
  });
});

describe('a volatility target', () => {
  const rule = 'volatility';

  it('holds as much as has that yearly volatility, as a share of equity', () => {
    // 10 % of 100,000 over 20 %: 50,000.
    expect(quantity({ rule, volatilityTarget: 0.1 })).toBe(5000);
    expect(quantity({ rule, volatilityTarget: 0.1 }, { volatility: 0.4, factor: 0.5 })).toBe(1250);
  });

  it('takes the symbol’s own over the bars up to the signal, annualised by the calendar so far', () => {
    // Returns of ±1 % in turn, mean 0: σ = √(4 × 0.01² ÷ 3) a day. On the Friday no weekend has been seen.
    const closes = [100, 101, 99.99, 100.9899, 99.980001, 99.980001, 100, 100];
    const market = marketOf({ A: closes.map((close) => flat(close)) });
    const settings = settingsOf({ size: { rule, volatilityTarget: 0.1, volatilityBars: 4 } });
    const at = (session: number) =>
      simulate(market, signalsOf(market, { A: { [session]: { side: 1 } } }), settings);
    const yearly = Math.sqrt((4 * 0.01 * 0.01) / 3) * Math.sqrt(252);
    expect(at(4).trades[0]?.quantity).toBeCloseTo((10_000 * 0.1) / yearly / 99.980001, 9);
    // Four returns need five bars.
    expect(at(3).orders).toMatchObject({ filled: 0, noAtr: 1 });
  });

  it('counts a year in the symbol’s own bars, whatever others trade, and from before the range too', () => {
    const prices = Array.from({ length: 91 }, (_, day) => 100 + (Math.floor(day / 7) % 2));
    const on = (days: readonly number[]) =>
      prices.map((price, day) => (days.includes(day % 7) ? flat(price) : null));
    const market = marketOf({
      daily: on([0, 1, 2, 3, 4, 5, 6]),
      exchange: on([0, 1, 2, 3, 4]),
      weekly: on([4]),
    });
    const bought = (symbol: string, session: number, from: string | null) => {
      const settings = settingsOf({
        size: { rule, volatilityTarget: 0.01, volatilityBars: 8 },
        range: { from, to: null },
        // The weekly symbol’s next bar is seven sessions away.
        execution: { fill: 'same-close' },
      });
      const said = signalsOf(market, { [symbol]: { [session]: { side: 1 } } });
      return simulate(market, said, settings).trades[0]!;
    };
    const yearly = (symbol: string, session: number) => {
      const row = rowAt(market, symbol, session);
      return volatilityAt(market, market.symbols.indexOf(symbol), row, 8);
    };
    // Session 67 is a Friday; 2024-03-08 is that day: nothing of the range lies before it.
    for (const from of [null, '2024-03-08'])
      for (const [symbol, perYear] of [
        ['daily', 365],
        ['exchange', 252],
        ['weekly', 52],
      ] as const) {
        const { quantity: units, entryPrice } = bought(symbol, 67, from);
        const volatility = yearly(symbol, 67) * Math.sqrt(perYear);
        expect(units * entryPrice, symbol).toBeCloseTo((10_000 * 0.01) / volatility, 6);
      }
  });
});

describe('a share of buying power', () => {
  const rule = 'buying-power';

  it('counts what the costs take, so that all in is all in', () => {
    const all = { rule, fraction: 1 } as const;
    expect(quantity(all, { power: 1000 })).toBe(100);
    expect(quantity(all, { power: 1011 }, { commission: 1, slippage: 100 })).toBe(100);
    expect(
      quantity({ rule, fraction: 0.5 }, { power: 1011 }, { commission: 1, slippage: 100 }),
    ).toBe(50);
    expect(quantity(all, { power: 1000, room: 300 })).toBe(30);
  });

  it('finds what it can pay for where costs grow faster than the quantity', () => {
    const closes = [10, 11, 10, 11, 10];
    const market = marketOf({ A: [...closes.map((close) => flat(close, 1000)), flat(10, 1000)] });
    const signals = signalsOf(market, { A: { 4: { side: 1 } } });
    const costs = { impact: 1, impactBars: 4, commissionMinimum: 2 };
    const bought = (whole: boolean) => {
      const settings = settingsOf({ size: { rule, fraction: 1, whole }, costs });
      return simulate(market, signals, settings).trades[0]!;
    };
    const paid = ({ quantity, entryPrice, commission, impact }: ReturnType<typeof bought>) =>
      quantity * entryPrice + commission + impact;
    expect(paid(bought(false))).toBeLessThanOrEqual(10_000);
    expect(paid(bought(false))).toBeGreaterThan(10_000 - 1e-8);
    expect(bought(true).quantity).toBe(Math.floor(bought(false).quantity));
    expect(bought(true).impact).toBeGreaterThan(500);
  });
});

describe('ATR risk with distances as ratios', () => {
  it('loses the risk fraction at a stop that is a share of the price', () => {
    const market = marketOf({ A: [flat(20), flat(25)] });
    const settings = settingsOf({
      size: { rule: 'atr-risk', risk: 0.01 },
      exits: { unit: 'ratio', stop: 0.1 },
    });
    const { trades } = simulate(market, signalsOf(market, { A: { 0: { side: 1 } } }), settings);
    expect(trades[0]?.quantity).toBe(100 / 2.5);
  });
});

describe('whole units', () => {
  it('are rounded down; zero units are no trade', () => {
    expect(quantity({ rule: 'fraction', whole: true }, { price: 30 })).toBe(16);
    expect(quantity({ rule: 'fraction', whole: true }, { price: 501 })).toBe(TOO_SMALL);
    expect(quantity({ rule: 'units', units: 2.9, whole: true })).toBe(2);
    expect(quantity({ rule: 'units', units: 100, whole: true }, { power: 55 })).toBe(5);
    expect(quantity({ rule: 'units', units: 100, whole: true }, { power: 9 })).toBe(NO_POWER);
  });
});

describe('buying power', () => {
  it('pays for the entry’s own costs too', () => {
    const costs = { commission: 1, commissionBps: 10, halfSpread: 20, slippage: 70 };
    expect(quantity({ rule: 'units', units: 1000 }, { power: 1011 }, costs)).toBe(100);
    expect(quantity({ rule: 'units', units: 1000 }, { power: 1 }, costs)).toBe(NO_POWER);
  });

  it('is never overdrawn by a rounding', () => {
    const costs = { commission: 0.1, commissionBps: 3, halfSpread: 1, slippage: 7 };
    for (let i = 1; i < 2000; i++) {
      const price = 0.1 + i / 7;
      const power = 1000 / 3 + i / 11;
      const units = quantityFor(
        { ...plain.size, units: 1e9 },
        { ...usual, lot: 0, price, sizedAt: price, power },
        quoted(costs, price),
      );
      const value = units * price;
      const paid = 0.1 + value * (3 / 1e4) + value * (1 / 1e4) + value * (7 / 1e4);
      expect(value + paid).toBeLessThanOrEqual(power);
      expect(value + paid).toBeGreaterThan(power * (1 - 1e-12));
    }
  });

  it('buys nothing at a price of zero or below', () => {
    expect(quantity({}, { price: 0 })).toBe(TOO_SMALL);
    expect(quantity({}, { price: -37.63 })).toBe(TOO_SMALL);
  });

  it('stays finite where the stop’s distance is next to nothing', () => {
    expect(quantity({ rule: 'atr-risk' }, { stopDistance: 5e-324 })).toBe(10_000);
    expect(quantity({ rule: 'units', units: 1 }, { price: 5e-324, power: 1e300 })).toBe(1);
    const cheap = { price: 5e-324, power: 1e300 };
    expect(quantity({ rule: 'units', units: Infinity }, cheap)).toBe(NO_POWER);
  });
});

describe('at one open', () => {
  const all = [flat(10), flat(10), flat(10)];

  it('each fill leaves less for the next', () => {
    const market = marketOf({ A: all, B: all, C: all });
    const signals = signalsOf(market, {
      A: { 0: { side: 1 } },
      B: { 0: { side: 1 } },
      C: { 0: { side: 1 } },
    });
    const { trades, orders } = simulate(market, signals, settingsOf({ size: { units: 600 } }));
    expect(trades.map((t) => t.quantity)).toEqual([600, 400]);
    expect(orders).toMatchObject({ filled: 2, noPower: 1 });
  });

  it('proceeds of short sales buy nothing', () => {
    const market = marketOf({ A: all, B: all });
    const signals = signalsOf(market, { A: { 0: { side: -1 } }, B: { 0: { side: 1 } } });
    const { trades, equity } = simulate(market, signals, settingsOf({ size: { units: 700 } }));
    expect(trades.map((t) => t.quantity)).toEqual([700, 300]);
    expect(equity.cash[1]).toBe(10_000 + 7000 - 3000);
    expect(equity.gross[1]).toBe(10_000);
  });

  it('positions count at today’s open, or at their last close without a bar', () => {
    // 500 units short at 10; at the open of session 2 they stand at 12, or still at 11.
    const signalsFor = (market: ReturnType<typeof marketOf>) =>
      signalsOf(market, { A: { 0: { side: -1 } }, B: { 1: { side: 1 } } });
    const settings = settingsOf({ size: { units: 500 } });
    const bought = (third: (typeof all)[number] | null) => {
      const market = marketOf({ A: [flat(10), [10, 11, 10, 11], third], B: all });
      return simulate(market, signalsFor(market), settings).trades[1]?.quantity;
    };
    expect(bought([12, 12, 11, 11])).toBe((15_000 - 2 * 6000) / 10);
    expect(bought(null)).toBe((15_000 - 2 * 5500) / 10);
  });

  it('is sized by equity at the signal’s close', () => {
    const market = marketOf({ A: [flat(10), [10, 20, 10, 20], flat(40)], B: all });
    const signals = signalsOf(market, {
      A: { 0: { side: 1 } },
      B: { 1: { side: 1, factor: 0.1 } },
    });
    const { trades } = simulate(
      market,
      signals,
      settingsOf({ size: { rule: 'fraction', fraction: 0.5, maximum: null } }),
    );
    // Half of 10,000 in A doubles by the close of session 1; its further rise at the open doesn't count.
    expect(trades.map((t) => t.quantity)).toEqual([500, 75]);
  });
});
