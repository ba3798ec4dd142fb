import { describe, expect, it } from 'vitest';
import { riskParity } from '../../../../src/domain/execution/portfolio/risk-parity.ts';
import { simulateFills } from '../../../../src/domain/execution/simulate.ts';
import { buyAndHold } from '../../../../src/domain/benchmark.ts';
import { stepsOf, type Market } from '../../../../src/domain/market.ts';
import type { FilledSimulation, Following } from '../../../../src/domain/run.ts';
import type { PortfolioSettings } from '../../../../src/domain/study/portfolio.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { flat, marketOf, rowAt, settingsOf, signalsOf } from './market-builder.ts';

type Changes = Parameters<typeof settingsOf>[0];
type Weights = Readonly<Record<string, number | Readonly<Record<number, number>>>>;

const presets = completeStudy({ strategy: { id: 'constant-weights' } }).portfolio!;

/** What `weights` say, of every session or by session, held as the settings say; 10,000 in cash, no costs. */
function held(
  market: Market,
  weights: Weights,
  portfolio: Partial<PortfolioSettings> = {},
  changes: Changes = {},
): FilledSimulation & { following: Following } {
  const signals = { ...signalsOf(market, {}), weight: new Float64Array(market.day.length) };
  signals.weight.fill(Number.NaN);
  for (const [symbol, said] of Object.entries(weights)) {
    const s = market.symbols.indexOf(symbol);
    if (typeof said === 'number')
      signals.weight.fill(said, market.firstRow[s], market.firstRow[s + 1]);
    else
      for (const [session, weight] of Object.entries(said))
        signals.weight[rowAt(market, symbol, Number(session))] = weight;
  }
  const settings = { ...settingsOf(changes), portfolio: { ...presets, ...portfolio } };
  return simulateFills(market, signals, settings) as ReturnType<typeof held>;
}
const round = (values: Iterable<number>) => Array.from(values, (value) => Number(value.toFixed(6)));
const bars = (...prices: readonly number[]) => prices.map((price) => flat(price));

describe('target weights', () => {
  const market = marketOf({ A: bars(10, 10, 20, 20, 20), B: bars(50, 50, 50, 50, 25) });

  it('are bought at the open after the first close, and traded back to at the opens after every close', () => {
    const { fills, equity, trades } = held(market, { A: 0.5, B: 0.5 }, { rebalance: 'session' });
    expect(round(equity.equity)).toEqual([10_000, 10_000, 15_000, 15_000, 11_250]);
    // At 20 A is worth 10,000 of 15,000: at the same open 125 of 500 are sold, and 50 of B bought.
    expect(Array.from(fills.step)).toEqual([1, 1, 2, 2, 4, 4]);
    expect(round(fills.quantity)).toEqual([500, 100, 125, 50, 93.75, 75]);
    expect(Array.from(fills.side)).toEqual([1, 1, -1, 1, -1, 1]);
    expect(round(fills.held)).toEqual([500, 100, 375, 150, 281.25, 225]);
    // A trade is all of it from flat to flat: both are open still, with what they bought in all.
    expect(Array.from(trades.reason)).toEqual([-1, -1]);
    expect(round(trades.quantity)).toEqual([500, 225]);
  });

  it('of 1 in one symbol are buy & hold, to the bit', () => {
    const one = marketOf({ A: bars(10, 11, 13, 12, 17) });
    const { equity } = held(one, { A: 1 }, { rebalance: 'session' });
    const sessions = stepsOf(one, one.day[1]!, Infinity);
    expect(Array.from(equity.equity.subarray(1))).toEqual(
      Array.from(buyAndHold(one, sessions, 10_000)),
    );
  });

  it('need no ATR for a size that is not theirs, and one for a stop', () => {
    const one = marketOf({ A: bars(10, 11, 13) });
    const signals = { ...signalsOf(one, {}, Number.NaN), weight: new Float64Array(3).fill(1) };
    const bought = (exits: { stop: number | null }): number => {
      const changes = settingsOf({ size: { rule: 'atr-risk' }, exits: { ...exits, unit: 'atr' } });
      return simulateFills(one, signals, { ...changes, portfolio: presets }).fills.length;
    };
    expect(bought({ stop: null })).toBe(1);
    expect(bought({ stop: 2 })).toBe(0);
  });

  it('scale: half the weights are half the positions, the rest is cash', () => {
    const whole = held(market, { A: 0.6, B: 0.4 }, { rebalance: 'once' });
    const half = held(market, { A: 0.3, B: 0.2 }, { rebalance: 'once' });
    expect(Array.from(half.fills.quantity)).toEqual(Array.from(whole.fills.quantity, (q) => q / 2));
    expect(half.equity.cash[1]).toBe(5000);
  });

  it('keep what is held where nothing is said, leave at 0, and turn at a change of sign', () => {
    const said = { A: { 0: 0.5, 1: Number.NaN, 2: 0, 3: -0.5 } };
    const { trades, fills } = held(market, said, { rebalance: 'session' });
    expect(Array.from(fills.step)).toEqual([1, 3, 4]);
    expect(round(fills.held)).toEqual([500, 0, -375]);
    expect(Array.from(trades.side)).toEqual([1, -1]);
    expect(trades.net[0]).toBe(500 * 10);
  });

  it('sell before they buy: what leaves pays for what comes, whatever their order', () => {
    const said = { A: { 0: 0, 1: 1 }, B: { 0: 1, 1: 0 } };
    const { fills, equity } = held(market, said, { rebalance: 'session' });
    expect(round(fills.held)).toEqual([200, 0, 500]);
    expect(equity.cash[2]).toBe(0);
  });
});

describe('when targets are looked at', () => {
  // Session 0 is Monday 2024-01-01; 31 is the first day of February.
  const days = (count: number) => Array.from({ length: count }, (_, i) => 10 + (i % 2));
  const market = marketOf({ A: bars(...days(63)) });
  const looks = (portfolio: Partial<PortfolioSettings>, changes: Changes = {}) =>
    Array.from(held(market, { A: 0.5 }, portfolio, changes).following.rebalances);

  it('at the first close, and at the last or first of each period', () => {
    expect(looks({ rebalance: 'month' })).toEqual([0, 30, 59]);
    expect(looks({ rebalance: 'month', on: 'first' })).toEqual([0, 31, 60]);
    expect(looks({ rebalance: 'week' })).toEqual([0, 6, 13, 20, 27, 34, 41, 48, 55]);
    expect(looks({ rebalance: 'sessions', every: 25 })).toEqual([0, 25, 50]);
    expect(looks({ rebalance: 'once' })).toEqual([0]);
  });

  it('on a signal, where a weight changes', () => {
    const said = { A: { ...Object.fromEntries(days(63).map((_, i) => [i, i < 40 ? 0.5 : 0.2])) } };
    expect(Array.from(held(market, said, { rebalance: 'signal' }).following.rebalances)).toEqual([
      0, 40,
    ]);
  });

  it('and leaves all as it is inside the bands', () => {
    const rising = marketOf({ A: bars(10, 10, 11, 12, 14, 14), B: bars(10, 10, 10, 10, 10, 10) });
    const of = (bands: Partial<PortfolioSettings>) =>
      Array.from(
        held(rising, { A: 0.5, B: 0.5 }, { rebalance: 'session', ...bands }).following.rebalances,
      );
    // A’s weight after closes of 11, 12, 14: 0.524, 0.545, 0.583.
    expect(of({ bandAbsolute: 0.05 })).toEqual([0, 4]);
    // What the open at 14 has put right is not out of its band at that close.
    expect(of({ bandRelative: 0.08 })).toEqual([0, 3]);
  });

  it('but for changes that are too small to be traded', () => {
    const rising = marketOf({ A: bars(10, 10, 11, 14), B: bars(10, 10, 10, 10) });
    const { fills } = held(
      rising,
      { A: 0.5, B: 0.5 },
      { rebalance: 'session', minimumTrade: 0.05 },
    );
    expect(Array.from(fills.step)).toEqual([1, 1, 3, 3]);
  });
});

describe('costs and limits of targets', () => {
  const market = marketOf({ A: bars(10, 10, 10), B: bars(20, 20, 20), C: bars(40, 40, 40) });

  it('a purchase pays its costs out of what the target gives: cash keeps its own share exactly', () => {
    const { equity, fills } = held(
      market,
      { A: 0.4, B: 0.4 },
      { rebalance: 'once' },
      { costs: { commission: 20 } },
    );
    expect(round(fills.quantity)).toEqual([398, 199]);
    expect(equity.cash[1]).toBeCloseTo(2000, 9);
  });

  it('whole units hold no more than asked', () => {
    const { fills } = held(
      market,
      { A: 0.3333, C: 0.3333 },
      { rebalance: 'once' },
      { size: { whole: true } },
    );
    expect(round(fills.quantity)).toEqual([333, 83]);
  });

  it('where buying power is short, all that is bought gets the same part', () => {
    const { fills } = held(market, { A: 1, B: 0.5, C: 0.5 }, { rebalance: 'once' });
    expect(round(fills.quantity)).toEqual([500, 125, 62.5]);
  });

  it('limits scale: per symbol, then gross, then the heavier side', () => {
    const of = (weights: Weights, risk: Changes['risk']) => {
      const { fills, trades } = held(
        market,
        weights,
        { rebalance: 'once' },
        { risk: { leverage: 5, ...risk } },
      );
      const price = [10, 20, 40];
      return Array.from(fills.held, (q, i) =>
        Number(((q * price[trades.symbol[fills.trade[i]!]!]!) / 1e4).toFixed(6)),
      );
    };
    expect(of({ A: 0.9, B: 0.3 }, { maximumPerSymbol: 0.5 })).toEqual([0.5, 0.3]);
    expect(of({ A: 0.9, B: -0.6 }, { maximumGross: 1 })).toEqual([0.6, -0.4]);
    expect(of({ A: 0.9, B: 0.3, C: -0.2 }, { maximumNet: 0.4 })).toEqual([0.45, 0.15, -0.2]);
  });

  it('takes what the bar’s volume gives, and carries the rest where wanted', () => {
    const thin = marketOf({ A: [10, 10, 10, 10].map((price) => flat(price, 1000)) });
    const execution = { maximumParticipation: 0.1, unfilled: 'carry' as const };
    const { fills, orders } = held(thin, { A: 0.25 }, { rebalance: 'once' }, { execution });
    expect(round(fills.quantity)).toEqual([100, 100, 50]);
    expect([orders.signals, orders.filled, orders.capped]).toEqual([1, 1, 1]);
  });
});

describe('shares', () => {
  const market = marketOf({
    A: bars(10, 10.1, 10, 10.1, 10, 10),
    B: bars(10, 10.2, 10, 10.2, 10, 10),
    C: bars(10, 10.4, 10, 10.4, 10, 10),
  });
  const weightsOf = (
    weights: Weights,
    portfolio: Partial<PortfolioSettings>,
    risk: Changes['risk'] = {},
  ) => {
    const { fills } = held(market, weights, { rebalance: 'session', ...portfolio }, { risk });
    const last = fills.step.at(-1);
    return round(
      Array.from(fills.step.keys())
        .filter((i) => fills.step[i] === last)
        .map((i) => fills.held[i]! / 1000),
    );
  };

  it('equal and scaled ones add up to all that is not kept in cash', () => {
    expect(
      round(
        held(market, { A: 1, B: 1, C: 0 }, { rebalance: 'once', share: 'equal', cash: 0.2 }).fills
          .quantity,
      ),
    ).toEqual(round([4000 / 10.1, 4000 / 10.2]));
    expect(
      round(held(market, { A: 3, B: 1 }, { rebalance: 'once', share: 'scaled' }).fills.quantity),
    ).toEqual(round([7500 / 10.1, 2500 / 10.2]));
  });

  it('by volatility they are in proportion to 1 ÷ standard deviation, once there are so many returns', () => {
    const [a, b, c] = weightsOf(
      { A: 1, B: 1, C: 1 },
      { share: 'inverse-volatility', shareBars: 4 },
    );
    expect(a! / b!).toBeCloseTo(2.01, 1);
    expect(b! / c!).toBeCloseTo(2.02, 1);
    expect(a! + b! + c!).toBeCloseTo(1, 2);
  });

  it('the best scores are held where fewer may be, and a buffer keeps what is held', () => {
    const scored = (buffer: number) => {
      const signals = {
        ...signalsOf(market, {}),
        weight: new Float64Array(market.day.length).fill(1),
      };
      // A leads at first, B overtakes it: A ranks second of three.
      for (const [symbol, score] of [
        ['A', [3, 2, 2, 2, 2, 2]],
        ['B', [2, 3, 3, 3, 3, 3]],
        ['C', [1, 1, 1, 1, 1, 1]],
      ] as const)
        for (const [session, value] of score.entries())
          signals.score[rowAt(market, symbol, session)] = value;
      const settings = {
        ...settingsOf({ risk: { maximumPositions: 1 } }),
        portfolio: { ...presets, share: 'equal' as const, rebalance: 'session' as const, buffer },
      };
      return new Set(simulateFills(market, signals, settings).trades.symbol);
    };
    expect(scored(0)).toEqual(new Set([0, 1]));
    expect(scored(1)).toEqual(new Set([0]));
  });
});

describe('risk parity', () => {
  /** w ∘ Σw ÷ w′Σw: each asset’s part of the variance. */
  const parts = (weights: Float64Array, covariance: Float64Array) => {
    const n = weights.length;
    const marginal = Array.from(weights, (_, i) =>
      weights.reduce((sum, weight, j) => sum + covariance[i * n + j]! * weight, 0),
    );
    const own = Array.from(weights, (weight, i) => weight * marginal[i]!);
    const all = own.reduce((sum, one) => sum + one, 0);
    return own.map((one) => one / all);
  };

  it('of two assets is 1 ÷ volatility, whatever their correlation', () => {
    for (const correlation of [-0.9, 0, 0.5, 0.99]) {
      const covariance = Float64Array.of(0.04, correlation * 0.02, correlation * 0.02, 0.01);
      expect(riskParity(covariance, 2)[0]).toBeCloseTo(1 / 3, 12);
    }
  });

  it('of four assets has each add a quarter of the variance', () => {
    // Volatilities 10 to 40 % and the correlations of Maillard, Roncalli & Teïletche (2010), first example.
    const volatility = [0.1, 0.2, 0.3, 0.4];
    const correlation = [
      [1, 0.8, 0, 0],
      [0.8, 1, 0, 0],
      [0, 0, 1, -0.5],
      [0, 0, -0.5, 1],
    ];
    const covariance = Float64Array.from(
      correlation.flatMap((row, i) => row.map((one, j) => one * volatility[i]! * volatility[j]!)),
    );
    const weights = riskParity(covariance, 4);
    expect(round(parts(weights, covariance))).toEqual([0.25, 0.25, 0.25, 0.25]);
    // Their table: 38.4, 19.2, 24.3 and 18.2 %.
    expect(Array.from(weights, (weight) => Math.round(1000 * weight) / 10)).toEqual([
      38.4, 19.2, 24.3, 18.2,
    ]);
  });
});

describe('payments', () => {
  const market = marketOf({ A: bars(...Array.from({ length: 62 }, (_, i) => 10 + i)) });
  const paying = (amount: number) =>
    held(
      market,
      { A: 1 },
      { rebalance: 'session' },
      {
        contributions: { amount, each: 'month' },
      },
    );

  it('buy units at what the account is worth at the open: the curve is that of the initial cash', () => {
    const plain = held(market, { A: 1 }, { rebalance: 'session' });
    const { equity } = paying(1000);
    expect(
      Array.from(equity.payments!.paid.keys()).filter((i) => equity.payments!.paid[i] !== 0),
    ).toEqual([31, 60]);
    for (const [i, value] of equity.equity.entries())
      expect(value).toBeCloseTo(plain.equity.equity[i]!, 6);
    const value = equity.equity.at(-1)! * equity.payments!.units.at(-1)!;
    expect(value).toBeGreaterThan(plain.equity.equity.at(-1)! + 2000);
  });

  it('raise no alarm when they go out, and never take more than there is', () => {
    const { equity, alerts } = paying(-4000);
    expect(alerts).toEqual([]);
    expect(equity.payments!.paid[31]).toBe(-4000);
    expect(paying(-1e6).equity.payments!.paid.every((paid) => paid === 0)).toBe(true);
  });
});
