import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Bar,
  flat,
  marketOf,
  type Said,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

type Costs = Partial<Settings['costs']>;
type Changes = Parameters<typeof settingsOf>[0];
type Words = Readonly<Record<number, Said>>;

function run(bars: readonly (Bar | null)[], words: Words, changes: Changes) {
  const market = marketOf({ A: bars });
  return simulate(market, signalsOf(market, { A: words }), settingsOf(changes));
}

describe('commission', () => {
  /** Of 200 units bought at 10. */
  const of = (costs: Costs) =>
    run([flat(10), flat(10)], { 0: { side: 1 } }, { size: { units: 200 }, costs }).trades[0]!
      .commission;

  it('adds up what is asked per fill, by value and by quantity', () => {
    expect(of({ commission: 1 })).toBe(1);
    expect(of({ commissionBps: 5 })).toBe(1);
    expect(of({ commissionPerUnit: 0.005 })).toBe(1);
    expect(of({ commission: 1, commissionBps: 5, commissionPerUnit: 0.005 })).toBe(3);
  });

  it('has a least and a most; the most, a share of the value, wins', () => {
    expect(of({ commissionPerUnit: 0.005, commissionMinimum: 1.5 })).toBe(1.5);
    expect(of({ commissionPerUnit: 0.005, commissionMinimum: 0.5 })).toBe(1);
    expect(of({ commissionPerUnit: 0.5, commissionMaximum: 0.01 })).toBe(20);
    expect(of({ commissionMinimum: 100, commissionMaximum: 0.01 })).toBe(20);
  });

  /** In and out of 100 units at 10 on the given sessions of January and February 2024; the commissions of each trade. */
  const tiered = (costs: Costs, entries: readonly number[]) =>
    run(
      Array.from({ length: 40 }, () => flat(10)),
      Object.fromEntries(entries.map((session) => [session - 1, { side: 1 }])),
      { size: { units: 100 }, costs, exits: { longestHolding: 1 } },
    ).trades.map((t) => t.commission);

  it('by tiers of quantity falls with what the month has traded, and starts anew with the next', () => {
    const costs: Costs = { tiers: 'units', tierFrom: [0, 150], tierRates: [0.01, 0.005] };
    // 0 and 100 were traded before; then 200 and 300; on 31 January 400, on 1 February 0.
    expect(tiered(costs, [1, 3, 30])).toEqual([2, 1, 0.5 + 1]);
  });

  it('by tiers of value, in bps, the tier’s own edge included', () => {
    const costs: Costs = { tiers: 'value', tierFrom: [0, 1000, 3000], tierRates: [10, 4, 1] };
    // 1,000 a fill: 10 bps, then 4 bps at exactly 1,000 and at 2,000, then 1 bp.
    expect(tiered(costs, [1, 3])).toEqual([1 + 0.4, 0.4 + 0.1]);
  });

  it('by tiers comes on top of the others', () => {
    const costs: Costs = { commission: 1, tiers: 'units', tierFrom: [0], tierRates: [0.01] };
    expect(tiered(costs, [1])).toEqual([4]);
  });
});

describe('the estimated half spread', () => {
  const bars = [flat(100), flat(100), flat(100), flat(100)];
  const words: Words = {
    0: { side: 1, halfSpread: 0.01 },
    1: { halfSpread: 0.02 },
    2: { halfSpread: 0.04 },
  };
  const spread = (execution: Partial<Settings['execution']>, words: Words) =>
    run(bars, words, { execution, exits: { longestHolding: 2 }, costs: { halfSpread: 500 } })
      .trades[0]!.spread;

  it('is that of the newest bar that is over when the fill comes', () => {
    // In at the open of 1, out at the open of 3: what bars 0 and 2 said.
    expect(spread({}, words)).toBe(1 + 4);
    // In at the close of 1, out at the close of 3, whose bars are over then.
    expect(spread({ fill: 'next-close' }, { ...words, 3: { halfSpread: 0.08 } })).toBe(2 + 8);
    expect(spread({ fill: 'same-close' }, words)).toBe(1 + 4);
    expect(spread({ fill: 'prior-close' }, words)).toBe(1 + 4);
  });

  it('is nothing where it is unknown', () => {
    expect(spread({}, { ...words, 2: { halfSpread: Number.NaN } })).toBe(1);
  });
});

it('slippage by ATR is a fraction of that of the bar before the fill, a unit', () => {
  const bars = [flat(100), flat(100), flat(100), flat(80)];
  const words: Words = { 0: { side: 1, atr: 2 }, 1: { atr: 4 }, 2: { atr: 6 }, 3: { atr: 9 } };
  const { trades } = run(bars, words, {
    size: { units: 10 },
    exits: { longestHolding: 2 },
    costs: { slippageModel: 'atr', slippageAtr: 0.05 },
  });
  expect(trades[0]?.slippage).toBeCloseTo(10 * 0.05 * (2 + 6), 12);
});

describe('market impact', () => {
  // Twenty returns of ±1 %, mean 0: σ = √(20 × 0.01² ÷ 19). Volume 900 and 1,100 in turn: ADV 1,000.
  const closes = [100];
  for (let i = 1; i <= 20; i++) closes.push(closes[i - 1]! * (i % 2 === 1 ? 1.01 : 0.99));
  const history = closes.map((close, i) => flat(close, i % 2 === 1 ? 900 : 1100));
  const sigma = Math.sqrt((20 * 0.01 * 0.01) / 19);
  const impact: Costs = { impact: 1, impactBars: 20 };
  const words: Words = { 20: { side: 1 } };
  const size = { units: 10 };

  it('is Y·σ·√(quantity ÷ ADV) of the value, over the twenty bars before the fill', () => {
    const bars = [...history, [100, 300, 50, 200, 9e9] as const];
    const cost = (costs: Costs) => run(bars, words, { size, costs }).trades[0]!.impact;
    expect(cost(impact)).toBeCloseTo(1000 * sigma * Math.sqrt(10 / 1000), 9);
    expect(cost({ ...impact, impact: 0.5 })).toBeCloseTo(500 * sigma * Math.sqrt(10 / 1000), 9);
    // The last two returns are ±1 %, the last two volumes 900 and 1,100.
    expect(cost({ ...impact, impactBars: 2 })).toBeCloseTo(1000 * 0.01 * Math.sqrt(2) * 0.1, 9);
  });

  it('knows only what is over: at an open nothing of that bar', () => {
    const cost = (bar: Bar) =>
      run([...history, bar], words, { size, costs: impact }).trades[0]!.impact;
    expect(cost([100, 300, 50, 200, 9e9])).toBe(cost([100, 100, 100, 100, 1]));
  });

  it('is nothing without volume, without a history, and for a limit fill', () => {
    const still = [...history, flat(100, 1000)];
    const cost = (bars: readonly Bar[], words: Words, changes: Changes = {}) =>
      run(bars, words, { size, costs: impact, ...changes }).trades[0]!.impact;
    expect(
      cost(
        still.map(([o, h, l, c]) => [o, h, l, c]),
        words,
      ),
    ).toBe(0);
    expect(cost(still, { 0: { side: 1 } })).toBe(0);
    const limit = { execution: { order: 'limit', limitOffset: 0 } } as const;
    expect(cost([...history, flat(90, 1000)], words, limit)).toBe(0);
    expect(cost(still, words)).toBeGreaterThan(0);
  });
});

describe('on which fills they fall', () => {
  // In at 100, out at a target of 110 or at the close of the second bar held.
  const bars: Bar[] = [flat(100), flat(100), [100, 112, 100, 104], flat(104)];
  const trade = (costs: Costs, changes: Changes = {}, words: Words = { 0: { side: 1 } }) =>
    run(bars, words, { size: { units: 10 }, costs, ...changes }).trades[0]!;
  const target = { exits: { unit: 'ratio', target: 0.1 } } as const;
  const sold = { exits: { longestHolding: 2 } } as const;

  it('the spread: half of it on both market fills, or all of it on the entry’s', () => {
    expect(trade({ halfSpread: 10 }, sold).spread).toBeCloseTo(1 + 1.04, 12);
    expect(trade({ halfSpread: 10, spreadOn: 'entry' }, sold).spread).toBe(2);
    expect(trade({ halfSpread: 10, spreadOn: 'entry' }, target).spread).toBe(2);
    const limit = { execution: { order: 'limit', limitOffset: 0 }, ...sold } as const;
    expect(trade({ halfSpread: 10, spreadOn: 'entry' }, limit).spread).toBe(0);
  });

  it('the estimated spread too', () => {
    const words: Words = { 0: { side: 1, halfSpread: 0.01 }, 2: { halfSpread: 0.5 } };
    const estimated = { spread: 'corwin-schultz', spreadOn: 'entry' } as const;
    expect(trade(estimated, sold, words).spread).toBe(20);
  });

  it('in the price, as backtesting.py’s spread of 20 bps: a long pays 0.2 % more, a short gets 0.2 % less', () => {
    const costs: Costs = { halfSpread: 10, spreadOn: 'entry', booking: 'in-price' };
    expect(trade(costs, sold)).toMatchObject({ entryPrice: 100 * 1.002, exitPrice: 104 });
    expect(trade(costs, sold, { 0: { side: -1 } })).toMatchObject({
      entryPrice: 100 * 0.998,
      exitPrice: 104,
    });
  });

  it('slippage: market and stop fills, or limit entries and targets too', () => {
    expect(trade({ slippage: 10 }, target).slippage).toBe(1);
    expect(trade({ slippage: 10, slippageOn: 'all' }, target).slippage).toBeCloseTo(1 + 1.1, 12);
    const limit = { execution: { order: 'limit', limitOffset: 0 }, ...target } as const;
    expect(trade({ slippage: 10 }, limit).slippage).toBe(0);
    expect(trade({ slippage: 10, slippageOn: 'all' }, limit).slippage).toBeCloseTo(2.1, 12);
    // A tenth of an ATR of 1 is a thousandth of the price.
    const byAtr = { slippageModel: 'atr', slippageAtr: 0.1, slippageOn: 'all' } as const;
    expect(trade(byAtr, target).slippage).toBeCloseTo(1 + 1, 12);
  });

  it('slippage in the price: a target gets less than its price', () => {
    const costs: Costs = { slippage: 10, slippageOn: 'all', booking: 'in-price' };
    expect(trade(costs, target).exitPrice).toBeCloseTo(110 * 0.999, 12);
  });
});

describe('costs booked in the price', () => {
  const costs: Costs = { booking: 'in-price', halfSpread: 10, slippage: 20, commissionBps: 10 };
  const at = (side: 1 | -1) =>
    run(
      [flat(100), flat(100), flat(110)],
      { 0: { side } },
      { size: { units: 10 }, costs, exits: { longestHolding: 1 } },
    );

  it('make a buyer’s price higher and a seller’s lower; commission is taken of that', () => {
    const { trades, equity } = at(1);
    const trade = trades[0]!;
    expect(trade.entryPrice).toBeCloseTo(100.3, 12);
    expect(trade.exitPrice).toBeCloseTo(110 * 0.997, 12);
    expect(trade.commission).toBeCloseTo((1003 + 1100 * 0.997) / 1000, 12);
    expect(trade.gross).toBeCloseTo(1100 * 0.997 - 1003, 9);
    // They are in the price, so they aren't paid once more.
    expect(trade).toMatchObject({ spread: 0, slippage: 0, impact: 0 });
    expect(equity.equity[2]).toBeCloseTo(10_000 + trade.net, 9);
  });

  it('and the other way round for a short', () => {
    const trade = at(-1).trades[0]!;
    expect(trade.entryPrice).toBeCloseTo(99.7, 12);
    expect(trade.exitPrice).toBeCloseTo(110 * 1.003, 12);
  });

  it('leave stop and target where the market’s price put them', () => {
    const { trades } = run(
      [flat(100), flat(100)],
      { 0: { side: 1, atr: 5 } },
      {
        costs,
        exits: { stop: 1, target: 2 },
      },
    );
    expect(trades[0]).toMatchObject({ stop: 95, target: 110 });
  });
});

describe('by calendar days', () => {
  // A weekend after session 1: three days pass to the next one.
  const bars = [flat(100), flat(100), null, null, flat(110), flat(100)];
  const size = { units: 10 };

  it('a short pays the borrow fee on what it owes, a long doesn’t', () => {
    const of = (side: 1 | -1) => run(bars, { 0: { side } }, { size, costs: { borrowFee: 0.365 } });
    const { trades, equity } = of(-1);
    // 0.1 % a day: three days of 1,000, one of 1,100.
    expect(trades[0]?.borrow).toBeCloseTo(3 + 1.1, 12);
    expect(trades[0]?.net).toBeCloseTo(-4.1, 12);
    expect(equity.equity[2]).toBeCloseTo(10_000 - 100 - 3, 9);
    expect(equity.equity[3]).toBeCloseTo(10_000 - 4.1, 9);
    expect(of(1).trades[0]?.borrow).toBe(0);
  });

  it('cash earns interest, proceeds of short sales don’t', () => {
    const interest = (side?: 1 | -1) =>
      run(bars, side ? { 0: { side } } : {}, { size, costs: { interest: 0.0365 } }).interest;
    // 0.01 % a day, five days in all.
    expect(interest()).toBeCloseTo(10_000 * (1.0005 + 7e-8) - 10_000, 4);
    // A day of 10,000, then four of 9,000.
    expect(interest(1)).toBeCloseTo(1 + 4 * 0.9, 2);
    // A short's proceeds are set aside, and so is what it owes beyond them: 10 × 10 on the last day but one.
    expect(interest(-1)).toBeCloseTo(1 + 3 * 1 + 0.99, 2);
  });

  it('debt costs its own rate', () => {
    const { interest, equity } = run(
      bars,
      { 0: { side: 1 } },
      {
        size: { units: 200 },
        risk: { leverage: 2 },
        costs: { interest: 0.9, marginInterest: 0.073 },
      },
    );
    // 90 % a year on 10,000 for the first day; then 0.02 % a day on a debt of some 10,000.
    const first = (10_000 * 0.9) / 365;
    const debt = 10_000 - first;
    expect(interest).toBeCloseTo(first - debt * 0.0006 - debt * 1.0006 * 0.0002, 9);
    expect(equity.equity[3]).toBeCloseTo(10_000 + interest, 9);
  });
});
