/** What a second simulator, written from the words alone, found in the first. */
import { describe, expect, it } from 'vitest';
import {
  type Bar,
  flat,
  marketOf,
  settingsOf,
  signalsOf,
  simulate,
} from '../unit/domain/execution/market-builder.ts';

const long = { side: 1 } as const;

it('a weekend to come does not change what a volatility target buys before it', () => {
  const closes = [100, 101, 99, 100, 101, 102, 103, 104];
  const settings = settingsOf({
    size: { rule: 'volatility', volatilityTarget: 0.1, volatilityBars: 3 },
  });
  const bought = (sessions: number) => {
    const market = marketOf({ A: closes.slice(0, sessions).map((close) => flat(close)) });
    return simulate(market, signalsOf(market, { A: { 4: long } }), settings).trades[0]?.quantity;
  };
  expect(bought(8)).toBe(bought(6));
});

describe('the smallest position', () => {
  it.each([true, false])('holds where a limit leaves less, whole units (%s) or not', (whole) => {
    const market = marketOf({ A: [flat(10), flat(10)] });
    const settings = settingsOf({
      size: { rule: 'fraction', fraction: 0.5, minimum: 100, whole },
      risk: { initialCash: 100_000, maximumGross: 0.0005 },
    });
    const { orders } = simulate(market, signalsOf(market, { A: { 0: long } }), settings);
    expect(orders).toMatchObject({ filled: 0, noPower: 1 });
  });

  it('is not what roundings leave of a spent account', () => {
    const market = marketOf({ A: [flat(17.63), flat(17.63)], B: [flat(21), flat(21)] });
    const settings = settingsOf({
      size: { rule: 'fraction', fraction: 1, minimum: 0, maximum: null },
      costs: { slippage: 10 },
    });
    const { trades, orders } = simulate(
      market,
      signalsOf(market, { A: { 0: long }, B: { 0: long } }),
      settings,
    );
    expect(trades).toHaveLength(1);
    expect(orders).toMatchObject({ filled: 1, noPower: 1 });
  });
});

it('a drawdown stop on the same close does not shorten the kill-switch’s pause', () => {
  const prices = [100, 100, 90, 90, 90, 90, 90, 90, 90];
  const market = marketOf({ A: prices.map((price) => flat(price)) });
  const everyBar = Object.fromEntries(prices.map((_, session) => [session, long]));
  const entries = (risk: object) =>
    simulate(
      market,
      signalsOf(market, { A: everyBar }),
      settingsOf({ size: { units: 90 }, risk: { killSwitch: 0.98, killSwitchPause: 4, ...risk } }),
    ).trades.map(({ entryRow }) => entryRow);
  expect(entries({})).toEqual([1, 7]);
  expect(entries({ drawdownStop: 0.05, drawdownPause: 1 })).toEqual([1, 7]);
});

it('a stop-limit order never pays beyond its limit', () => {
  const market = marketOf({ A: [flat(100), [100, 102, 100, 101]] });
  const settings = settingsOf({
    execution: { order: 'stop-limit', offsetUnit: 'ratio', stopOffset: 0.005, limitOffset: 0 },
    costs: { slippage: 100, booking: 'in-price' },
  });
  const { trades } = simulate(market, signalsOf(market, { A: { 0: long } }), settings);
  expect(trades).toMatchObject([{ entryPrice: 100.5 }]);
});

it('a slot that a stop frees inside the bar comes too late for an entry inside that bar', () => {
  const drop: Bar = [100, 100, 80, 85];
  const market = marketOf({ A: [flat(100), flat(100), drop], B: [flat(100), flat(100), drop] });
  const settings = settingsOf({
    execution: { order: 'limit', offsetUnit: 'ratio', limitOffset: 0 },
    exits: { unit: 'ratio', stop: 0.1 },
    risk: { maximumPositions: 1 },
  });
  const held = simulate(market, signalsOf(market, { A: { 0: long } }), settings);
  expect(held.trades).toMatchObject([{ exitRow: 2, reason: 'stop' }]);
  const both = simulate(market, signalsOf(market, { A: { 0: long }, B: { 1: long } }), settings);
  expect(both.orders).toMatchObject({ filled: 1, noSlot: 1 });
});

it('the rest of an entry is not bought at an open beyond its stop', () => {
  const market = marketOf({
    A: [flat(100, 100), [100, 100, 100, 100, 100], [92, 92, 92, 92, 1e6], flat(92, 1e6)],
  });
  const settings = settingsOf({
    size: { units: 100 },
    execution: { maximumParticipation: 0.1, unfilled: 'carry' },
    exits: { unit: 'ratio', stop: 0.02 },
    risk: { initialCash: 100_000 },
  });
  const { trades } = simulate(market, signalsOf(market, { A: { 0: long } }), settings);
  expect(trades).toMatchObject([{ quantity: 10, exitPrice: 92, reason: 'stop' }]);
});

it('bars before a symbol’s first volume do not thin the average that impact is measured by', () => {
  const impact = (early: number) => {
    const volumes = [early, early, early, 1e4, 1e4, 1e4];
    const market = marketOf({
      A: volumes.map((volume, i) => flat(100 + (i % 2), volume)),
    });
    const settings = settingsOf({ size: { units: 10 }, costs: { impact: 1, impactBars: 5 } });
    return simulate(market, signalsOf(market, { A: { 4: long } }), settings).trades[0]?.impact;
  };
  expect(impact(0)).toBeGreaterThan(0);
  expect(impact(0)).toBe(impact(Number.NaN));
});
