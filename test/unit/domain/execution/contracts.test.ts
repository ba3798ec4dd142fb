import { describe, expect, it } from 'vitest';
import { buyAndHold } from '../../../../src/domain/benchmark.ts';
import { simulateFills } from '../../../../src/domain/execution/simulate.ts';
import { type Contracts, type Market, stepsOf } from '../../../../src/domain/market.ts';
import { datedTrades, fillsAsTraded } from '../../../../src/domain/run.ts';
import { flat, marketOf, type Said, settingsOf, signalsOf, type Bar } from './market-builder.ts';

type Changes = Parameters<typeof settingsOf>[0];

interface Terms {
  readonly multiplier?: number;
  readonly tick?: number;
  readonly lot?: number;
  readonly margin?: number;
  /** By session: so many shares for one, before its open; and what goes ex before it, per share after the split. */
  readonly split?: Readonly<Record<number, number>>;
  readonly dividend?: Readonly<Record<number, number>>;
}

/** One symbol whose bars are given as printed, with its terms; linked forward as an import does it. */
function withTerms(printed: readonly Bar[], terms: Terms): Market {
  let factor = 1;
  const splits = printed.map((_, i) => (factor *= terms.split?.[i] ?? 1));
  const linked = printed.map(
    ([open, high, low, close, volume = Number.NaN], i): Bar =>
      [open, high, low, close]
        .map((price) => price * splits[i]!)
        .concat(volume / splits[i]!) as unknown as Bar,
  );
  const one = (value = Number.NaN) => Float64Array.of(value);
  const contracts: Contracts = {
    multiplier: one(terms.multiplier ?? 1),
    tick: one(terms.tick),
    lot: one(terms.lot),
    margin: one(terms.margin),
    splits: terms.split ? Float64Array.from(splits) : null,
    dividend: terms.dividend
      ? Float64Array.from(splits, (f, i) => f * (terms.dividend![i] ?? 0))
      : null,
  };
  return { ...marketOf({ A: linked }), contracts };
}

function run(market: Market, said: Readonly<Record<number, Said>>, changes: Changes = {}) {
  const simulation = simulateFills(market, signalsOf(market, { A: said }), settingsOf(changes));
  const { trades, equity } = simulation;
  const told = datedTrades(trades, market, equity.day);
  return {
    ...simulation,
    equity: Array.from(equity.equity),
    cash: Array.from(equity.cash),
    trade: (i = 0) => ({
      quantity: told.asTraded!.quantity[i],
      entry: told.asTraded!.entryPrice[i],
      exit: told.asTraded!.exitPrice[i],
      stop: told.asTraded!.stop[i],
      target: told.asTraded!.target[i],
      gross: trades.gross[i],
      net: trades.net[i],
      dividends: trades.dividends?.[i],
    }),
    asTraded: fillsAsTraded(simulation.fills, trades, market).asTraded!,
  };
}
const bars = (...prices: readonly number[]) => prices.map((price) => flat(price));
const buy = { 0: { side: 1 } } as const;
const sell = { 0: { side: -1 } } as const;

describe('a contract', () => {
  const market = withTerms(bars(100, 100, 102, 101), { multiplier: 50 });

  it('earns its multiplier of every point, and is one in the fills', () => {
    const { equity, trade, asTraded } = run(market, buy, { size: { units: 2 } });
    expect(equity).toEqual([10_000, 10_000, 10_200, 10_100]);
    expect(trade()).toMatchObject({ quantity: 2, entry: 100, exit: 101, gross: 100 });
    expect(Array.from(asTraded.held)).toEqual([2]);
  });

  it('is the share of equity that its value is, and risks its multiplier', () => {
    const half = run(market, buy, { size: { rule: 'fraction', fraction: 0.5, maximum: null } });
    expect(half.trade().quantity).toBe(1);
    const exits = { stop: 2, unit: 'atr' } as const;
    const risked = run(market, buy, { size: { rule: 'atr-risk', risk: 0.01 }, exits });
    // 100 of 10,000, at 2 points of 50.
    expect(risked.trade().quantity).toBe(1);
  });

  it('pays commissions by the contract, and takes its part of a volume in contracts', () => {
    const traded = withTerms([flat(100, 10), flat(100, 10), flat(100, 10)], { multiplier: 50 });
    const { trade, fills } = run(traded, buy, {
      size: { units: 5 },
      risk: { initialCash: 100_000 },
      costs: { commissionPerUnit: 2 },
      execution: { maximumParticipation: 0.3 },
    });
    expect(trade().quantity).toBe(3);
    expect(Array.from(fills.commission)).toEqual([6]);
  });

  it('on margin binds that alone, earns interest on the rest, and is settled at every close', () => {
    const futures = withTerms(bars(100, 100, 102, 98), { multiplier: 50, margin: 1000 });
    const all = { rule: 'buying-power', fraction: 1, whole: true } as const;
    const long = run(futures, buy, { size: all });
    expect(long.trade().quantity).toBe(10);
    expect(long.cash).toEqual([10_000, 10_000, 11_000, 9_000]);
    expect(long.equity).toEqual(long.cash);
    const short = run(futures, sell, { size: all, costs: { borrowFee: 0.1, interest: 0.0365 } });
    expect(short.trade().quantity).toBe(10);
    // Nobody lends it; 10,000 earn 1 a day, 9,001 a tenth less.
    expect(short.cash[1]).toBeCloseTo(10_001, 9);
    expect(short.equity[2]).toBeCloseTo(9_002.0001, 9);
  });

  it('is called for margin once equity no longer holds it', () => {
    const futures = withTerms(bars(100, 100, 98, 98, 98), { multiplier: 50, margin: 1000 });
    const risk = { maintenanceMargin: 0.25 };
    const full = run(futures, buy, { size: { units: 10 }, risk });
    expect(full.alerts.map(({ kind }) => kind)).toEqual(['margin-call']);
    const half = run(futures, buy, { size: { units: 5 }, risk });
    expect(half.alerts).toEqual([]);
  });

  it('is bought and sold in whole lots', () => {
    const coin = withTerms(bars(30_000, 30_000, 30_000), { lot: 0.001 });
    const { trade } = run(coin, buy, { size: { rule: 'fraction', fraction: 0.5, maximum: null } });
    expect(trade().quantity).toBe(0.166);
    const block = withTerms(bars(10, 10, 10), { lot: 100 });
    const one = run(block, buy, { size: { rule: 'fraction', fraction: 0.255, maximum: null } });
    expect(one.trade().quantity).toBe(200);
  });
});

describe('a tick', () => {
  const quarter = { tick: 0.25 };

  it('holds stops and targets, against the position', () => {
    const market = withTerms([flat(100), [100, 101, 99, 100], [100, 103, 97, 100]], quarter);
    const exits = { stop: 1.1, target: 2.1, unit: 'atr' } as const;
    expect(run(market, buy, { exits }).trade()).toMatchObject({
      stop: 98.75,
      target: 102.25,
      exit: 98.75,
    });
    expect(run(market, sell, { exits }).trade()).toMatchObject({ stop: 101.25, target: 97.75 });
  });

  it('holds limits at the better price, and what costs are booked in at the worse', () => {
    const market = withTerms([flat(100), [100, 101, 98, 100], flat(100)], quarter);
    const order = { order: 'limit', offsetUnit: 'ratio', limitOffset: 0.011 } as const;
    expect(run(market, buy, { execution: order }).trade().entry).toBe(98.75);
    const costs = { booking: 'in-price', slippage: 10 } as const;
    expect(run(market, buy, { costs }).trade().entry).toBe(100.25);
    expect(run(market, sell, { costs }).trade().entry).toBe(99.75);
  });

  it('is exact in hundredths', () => {
    const market = withTerms([flat(95.13), flat(95.13), flat(95.13)], { tick: 0.01 });
    const exits = { stop: 0.01, unit: 'ratio' } as const;
    expect(run(market, buy, { exits }).trade().stop).toBe(94.17);
  });
});

describe('a split', () => {
  it('changes quantity, stop and target, and no value', () => {
    const market = withTerms([flat(400), flat(400), flat(100), [100, 101, 87, 90], flat(90)], {
      split: { 2: 4 },
    });
    const exits = { stop: 0.1, target: 0.5, unit: 'ratio' } as const;
    const { equity, trade, asTraded } = run(market, buy, { size: { units: 10 }, exits });
    expect(equity).toEqual([10_000, 10_000, 10_000, 9_600, 9_600]);
    // Ten bought at 400 with a stop at 360 are forty with one at 90.
    expect(trade()).toMatchObject({ quantity: 10, entry: 400, stop: 360, exit: 90, net: -400 });
    expect(Array.from(asTraded.quantity)).toEqual([10, 40]);
    expect(Array.from(asTraded.price)).toEqual([400, 90]);
  });

  it('of odd shares pays out the fraction at the close before', () => {
    const market = withTerms(bars(30, 30, 20, 22), { split: { 2: 1.5 } });
    const { asTraded, equity, fills } = run(market, buy, { size: { units: 5, whole: true } });
    expect(Array.from(asTraded.quantity)).toEqual([5, 0.5]);
    expect(Array.from(asTraded.price)).toEqual([30, 20]);
    expect(Array.from(asTraded.held)).toEqual([5, 7]);
    expect(Array.from(fills.commission)).toEqual([0, 0]);
    expect(equity.at(-1)).toBeCloseTo(10_000 + 7 * 2, 9);
    // What was bought in parts of shares stays so.
    const parts = run(market, buy, { size: { units: 5 } });
    expect(Array.from(parts.asTraded.quantity)).toEqual([5]);
    expect(parts.equity.at(-1)).toBeCloseTo(10_000 + 7.5 * 2, 9);
  });

  it('that leaves less than a share ends the position', () => {
    const market = withTerms(bars(1, 1, 10, 12), { split: { 2: 0.1 } });
    const { trades, equity } = run(market, buy, { size: { units: 5, whole: true } });
    expect(trades.reason[0]).not.toBe(-1);
    expect(equity.at(-1)).toBe(10_000);
  });

  it('doubles what a share’s commission is paid on', () => {
    const market = withTerms(bars(100, 100, 50, 50, 50), { split: { 2: 2 } });
    const said = { 0: { side: 1 }, 2: { exit: 1 } } as const;
    const { fills } = run(market, said, {
      size: { units: 10 },
      costs: { commissionPerUnit: 0.01 },
    });
    expect(Array.from(fills.commission, (paid) => Number(paid.toFixed(9)))).toEqual([0.1, 0.2]);
  });
});

describe('a dividend', () => {
  const market = withTerms(bars(100, 100, 98, 98), { dividend: { 2: 2 } });

  it('is paid to longs and by shorts that were there before its open, and is part of the trade', () => {
    const long = run(market, buy, { size: { units: 10 } });
    expect(long.equity).toEqual([10_000, 10_000, 10_000, 10_000]);
    expect(long.trade()).toMatchObject({ dividends: 20, gross: 0, net: 0 });
    const short = run(market, sell, { size: { units: 10 } });
    expect(short.equity).toEqual([10_000, 10_000, 10_000, 10_000]);
    expect(short.trade()).toMatchObject({ dividends: -20, net: 0 });
  });

  it('is not paid on what is bought at the open at which it goes ex, and is on what is sold there', () => {
    const late = run(market, { 1: { side: 1 } }, { size: { units: 10 } });
    expect(late.trade().dividends).toBe(0);
    const out = run(market, { 0: { side: 1 }, 1: { exit: 1 } }, { size: { units: 10 } });
    expect(out.trade()).toMatchObject({ dividends: 20, net: 0 });
  });

  it('follows fills that are dated back to the close before', () => {
    const size = { units: 10 };
    const execution = { fill: 'prior-close' } as const;
    const bought = run(market, { 1: { side: 1 } }, { size, execution });
    expect(bought.trade()).toMatchObject({ dividends: 20, net: 0 });
    const sold = run(market, { 0: { side: 1 }, 1: { exit: 1 } }, { size, execution });
    expect(sold.trade()).toMatchObject({ dividends: 0, net: 0 });
  });

  it('of the day of a split is that of a share after it', () => {
    const both = withTerms(bars(100, 100, 49, 49), { split: { 2: 2 }, dividend: { 2: 1 } });
    expect(run(both, buy, { size: { units: 10 } }).equity).toEqual(new Array(4).fill(10_000));
  });

  it('is kept beside buy & hold as cash', () => {
    const held = buyAndHold(market, stepsOf(market, -Infinity, Infinity), 10_000);
    expect(Array.from(held)).toEqual(new Array(4).fill(10_000));
  });
});
