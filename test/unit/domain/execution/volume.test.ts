import { describe, expect, it } from 'vitest';
import { type Bar, flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

type Changes = Parameters<typeof settingsOf>[0];

/** A signal at the close of session 0 for 30 units; a fill takes a tenth of its bar's volume. */
function run(bars: readonly Bar[], { execution, size, ...others }: Changes = {}, side: 1 | -1 = 1) {
  const market = marketOf({ A: bars });
  const settings = settingsOf({
    size: { units: 30, ...size },
    execution: { maximumParticipation: 0.1, ...execution },
    ...others,
  });
  return simulate(market, signalsOf(market, { A: { 0: { side } } }, 10), settings);
}

describe('an entry that its bar’s volume cannot fill', () => {
  it('takes what there is; the rest is given up and reported', () => {
    const { trades, orders, unfilledValue } = run([flat(20, 500), flat(20, 100), flat(20, 900)]);
    expect(trades).toMatchObject([{ quantity: 10 }]);
    expect(orders).toMatchObject({ filled: 1, capped: 1 });
    expect(unfilledValue).toBe(20 * 20);
  });

  it('takes whole units of it where units are whole', () => {
    expect(run([flat(20, 500), flat(20, 109)], { size: { whole: true } }).trades[0]?.quantity).toBe(
      10,
    );
  });

  it('does not happen on a bar without volume', () => {
    expect(run([flat(20, 500), flat(20, 0)])).toMatchObject({
      trades: [],
      orders: { filled: 0, noVolume: 1 },
      unfilledValue: 600,
    });
  });

  it('may carry its rest to the next opens', () => {
    const bars = [
      flat(10, 100),
      flat(10, 100),
      [11, 19, 11, 12, 100],
      [12, 12, 9, 10, 900],
    ] as const;
    const { trades, equity, orders, unfilledValue } = run(bars, {
      execution: { unfilled: 'carry' },
      costs: { commission: 1 },
    });
    // 10 at 10, at 11 and at 12.
    expect(trades).toMatchObject([
      { entryRow: 1, quantity: 30, entryPrice: 11, commission: 3, gross: -30, net: -33 },
    ]);
    expect([...equity.gross]).toEqual([0, 100, 240, 300]);
    expect([...equity.cash]).toEqual([10_000, 9899, 9788, 9667]);
    expect(orders).toMatchObject({ filled: 1, capped: 1 });
    expect(unfilledValue).toBe(0);
  });

  it('may carry all of it past a bar that gave nothing, while the order lives', () => {
    const bars: readonly Bar[] = [
      [100, 101, 99, 100, 1e6],
      flat(100, 0),
      [102, 104, 101, 103, 1e6],
    ];
    const execution = { unfilled: 'carry' } as const;
    const late = run(bars, { execution });
    expect(late.trades).toMatchObject([
      { signalRow: 0, entryRow: 2, entryPrice: 102, quantity: 30 },
    ]);
    expect(late.orders).toMatchObject({ signals: 1, filled: 1, noVolume: 0 });
    expect(late.unfilledValue).toBe(0);
    const expired = run(bars, { execution: { ...execution, expireAfter: 1 } });
    expect(expired).toMatchObject({ trades: [], orders: { filled: 0, expired: 1 } });
    // Less than one whole unit is nothing, too.
    const whole = run([flat(20, 500), flat(20, 9), flat(20, 500)], {
      execution,
      size: { whole: true },
    });
    expect(whole.trades).toMatchObject([{ entryRow: 2, quantity: 30 }]);
  });

  it('carries it until the order expires, or its position is to leave', () => {
    const bars = Array<Bar>(5).fill(flat(10, 100));
    const carried = (changes: Changes) =>
      run(bars, { execution: { unfilled: 'carry', ...changes.execution }, ...changes }).trades[0];
    expect(carried({})?.quantity).toBe(30);
    const soon = run(bars, { execution: { unfilled: 'carry', expireAfter: 1 } });
    expect(soon.trades[0]?.quantity).toBe(20);
    expect(soon.unfilledValue).toBe(100);
    // Its exit waits for the close of session 2, at whose open it would have grown.
    const leaving = run(bars, {
      execution: { unfilled: 'carry', fill: 'next-close' },
      exits: { longestHolding: 1 },
    });
    expect(leaving.trades).toMatchObject([{ quantity: 10, entryRow: 1, exitRow: 2 }]);
  });

  it('carries nothing on the bar that it filled on, nor more than the account can pay', () => {
    const bars = [flat(10, 100), flat(10, 100), flat(10, 100), flat(12, 900)];
    const prior = run(bars.slice(0, 2), { execution: { unfilled: 'carry', fill: 'prior-close' } });
    expect(prior.trades).toMatchObject([{ quantity: 10, entryRow: 0 }]);
    const poor = run(bars, {
      execution: { unfilled: 'carry' },
      risk: { initialCash: 302 },
      costs: { commission: 1 },
    });
    // 101 a time leave 100 for 12 a unit.
    expect(poor.trades[0]?.quantity).toBe(20 + 99 / 12);
    expect(poor.equity.cash[3]).toBeCloseTo(0, 9);
  });

  it('is no capped one where the symbol has no volume, or had none so far', () => {
    for (const volume of [Number.NaN, 0]) {
      const { trades, orders } = run([flat(20, volume), flat(20, volume), flat(20, volume)]);
      expect(trades).toMatchObject([{ quantity: 30 }]);
      expect(orders.capped).toBe(0);
    }
    // What later bars trade says nothing about this one.
    expect(run([flat(20, 0), flat(20, 0), flat(20, 50)]).trades).toMatchObject([{ quantity: 30 }]);
    // One bar of which nobody knows.
    expect(run([flat(20, 50), flat(20), flat(20, 50)]).trades).toMatchObject([{ quantity: 30 }]);
  });
});

describe('an exit that its bar’s volume cannot fill', () => {
  it('goes on at the next opens, whatever ordered it', () => {
    const bars = [
      flat(100, 300),
      flat(100, 300),
      [100, 100, 90, 99, 100],
      [94, 96, 80, 95, 100],
      [90, 99, 90, 98, 1000],
    ] as const;
    const { trades, equity } = run(bars, { exits: { stop: 0.5 }, costs: { commission: 1 } });
    // A third each: at the stop of 95, at 94, at 90.
    expect(trades).toMatchObject([
      { exitRow: 4, exitStep: 4, exitPrice: 93, reason: 'stop', gross: -210, commission: 4 },
    ]);
    expect([...equity.gross]).toEqual([0, 3000, 20 * 99, 10 * 95, 0]);
    expect(equity.equity[4]).toBe(10_000 - 214);
  });

  it.each(['next-open', 'next-close', 'prior-close'] as const)(
    'waits over a bar without volume, and leaves at the open after it: %s',
    (fill) => {
      const bars = [
        flat(10, 300),
        flat(10, 300),
        flat(10, 0),
        flat(10, 0),
        [12, 15, 12, 15, 300],
      ] as const;
      const changes = { execution: { fill }, exits: { longestHolding: 1 } };
      const { trades, equity } = run(bars, changes, -1);
      expect(trades).toMatchObject([{ exitRow: 4, exitPrice: 12, reason: 'time' }]);
      expect([...equity.positions]).toEqual([0, 1, 1, 1, 0]);
    },
  );

  it('stands with what is left where the data end', () => {
    const bars = [flat(10, 300), flat(10, 300), flat(10, 300), flat(12, 100)];
    const { trades, equity } = run(bars, { exits: { longestHolding: 2 } });
    // 10 sold at 12, 20 still there at 12.
    expect(trades).toMatchObject([
      { quantity: 30, exitRow: -1, reason: null, exitPrice: 12, gross: 60 },
    ]);
    expect(equity.gross[3]).toBe(240);
  });
});
