import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Bar,
  firstDay,
  flat,
  marketOf,
  rowAt,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

describe('an entry', () => {
  it('fills at the open of the symbol’s next bar, exactly', () => {
    const market = marketOf({ A: [flat(10), [11.3, 13, 9, 12], flat(12)] });
    const { trades } = simulate(
      market,
      signalsOf(market, { A: { 0: { side: 1 } } }),
      settingsOf({}),
    );
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({ signalRow: 0, entryRow: 1, entryPrice: 11.3, quantity: 1 });
  });

  it('waits over sessions in which its symbol has no bar', () => {
    const market = marketOf({
      A: [flat(10), null, null, flat(11)],
      B: [flat(5), flat(5), flat(5), flat(5)],
    });
    const { trades } = simulate(
      market,
      signalsOf(market, { A: { 0: { side: 1 } } }),
      settingsOf({}),
    );
    expect(trades[0]?.entryRow).toBe(rowAt(market, 'A', 3));
  });

  it('expires when that bar comes too late, and is not tried again', () => {
    const every = [flat(5), flat(5), flat(5), flat(5), flat(5)];
    const market = marketOf({ A: [flat(10), null, null, flat(11), flat(12)], B: every });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    const within = (expireAfter: number) =>
      simulate(market, signals, settingsOf({ execution: { expireAfter } })).orders;
    expect(within(3)).toMatchObject({ filled: 1, expired: 0 });
    expect(within(2)).toMatchObject({ filled: 0, expired: 1 });
  });

  it('is pending when the data end before its bar, and expired when it could not fill any more', () => {
    const market = marketOf({
      A: [flat(10), flat(10)],
      B: [flat(5), flat(5), flat(5), flat(5)],
    });
    const signals = signalsOf(market, { A: { 1: { side: 1 } }, B: { 3: { side: 1 } } });
    const after = (expireAfter: number) =>
      simulate(market, signals, settingsOf({ execution: { expireAfter } })).orders;
    expect(after(3)).toMatchObject({ signals: 2, pending: 2, expired: 0 });
    expect(after(2)).toMatchObject({ signals: 2, pending: 1, expired: 1 });
  });

  it('gives no order while the symbol is held, even when its exit is ordered', () => {
    const market = marketOf({ A: [flat(10), flat(10), flat(10), flat(10), flat(10)] });
    const signals = signalsOf(market, { A: { 0: { side: 1 }, 1: { side: 1 }, 2: { side: 1 } } });
    const { trades, orders } = simulate(
      market,
      signals,
      settingsOf({ exits: { longestHolding: 2 } }),
    );
    // In at 1; after the close of 2 its exit is ordered for the open of 3.
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({ entryRow: 1, exitRow: 3, reason: 'time' });
    expect(orders).toMatchObject({ signals: 3, filled: 1 });
  });

  it('may follow a stop in the same session’s bar: flat at the close is flat', () => {
    const market = marketOf({ A: [flat(10), [10, 10, 8, 8], flat(8), flat(8)] });
    const signals = signalsOf(market, { A: { 0: { side: 1 }, 1: { side: 1 } } });
    const { trades } = simulate(market, signals, settingsOf({ exits: { stop: 1 } }));
    expect(trades.map((t) => [t.entryRow, t.exitRow])).toEqual([
      [1, 1],
      [2, -1],
    ]);
  });

  it('needs an ATR where an exit is measured in it', () => {
    const market = marketOf({ A: [flat(10), flat(10), flat(10)], B: [flat(5), flat(5), flat(5)] });
    const signals = signalsOf(market, {
      A: { 0: { side: 1, atr: Number.NaN } },
      B: { 0: { side: 1, atr: 0 } },
    });
    const measured: Partial<Settings['exits']>[] = [
      { stop: 1 },
      { target: 1 },
      { breakEven: 1 },
      { trailing: 'atr' },
      { trailing: 'chandelier' },
    ];
    for (const exits of measured) {
      expect(simulate(market, signals, settingsOf({ exits })).orders.noAtr).toBe(2);
    }
    expect(simulate(market, signals, settingsOf({ size: { rule: 'atr-risk' } })).orders.noAtr).toBe(
      2,
    );
    expect(simulate(market, signals, settingsOf({})).orders).toMatchObject({ noAtr: 0, filled: 2 });
  });
});

describe('orders that meet at one open', () => {
  const bars: Bar[] = [flat(10), flat(10), flat(10)];
  const market = marketOf({ A: bars, B: bars, C: bars, D: bars });
  const enteredOf = (signals: ReturnType<typeof signalsOf>, maximumPositions: number) => {
    const run = simulate(market, signals, settingsOf({ risk: { maximumPositions } }));
    return { names: run.trades.map((t) => market.symbols[t.symbol]).join(''), orders: run.orders };
  };

  it('are served by score, then by symbol; unknown scores come last', () => {
    const signals = signalsOf(market, {
      A: { 0: { side: 1, score: Number.NaN } },
      B: { 0: { side: 1, score: 2 } },
      C: { 0: { side: 1, score: 3 } },
      D: { 0: { side: 1, score: 2 } },
    });
    expect(enteredOf(signals, 4).names).toBe('CBDA');
    expect(enteredOf(signals, 3)).toMatchObject({ names: 'CBD', orders: { filled: 3, noSlot: 1 } });
    expect(enteredOf(signals, 1)).toMatchObject({ names: 'C', orders: { filled: 1, noSlot: 3 } });
  });

  it('find the slots that this open’s exits free', () => {
    const signals = signalsOf(market, { A: { 0: { side: 1 } }, B: { 1: { side: 1 } } });
    const settings = settingsOf({ risk: { maximumPositions: 1 }, exits: { longestHolding: 1 } });
    const { trades } = simulate(market, signals, settings);
    expect(trades.map((t) => [market.symbols[t.symbol], t.entryRow, t.exitRow])).toEqual([
      ['A', rowAt(market, 'A', 1), rowAt(market, 'A', 2)],
      ['B', rowAt(market, 'B', 2), -1],
    ]);
  });

  it('cancel one that is too small without taking its slot', () => {
    const signals = signalsOf(market, {
      A: { 0: { side: 1, score: 9, factor: 0 } },
      B: { 0: { side: 1 } },
    });
    expect(enteredOf(signals, 1)).toMatchObject({
      names: 'B',
      orders: { filled: 1, tooSmall: 1, noSlot: 0 },
    });
  });
});

describe('the study’s range', () => {
  const market = marketOf({ A: [flat(10), flat(11), flat(12), flat(13), flat(14)] });
  const said = signalsOf(market, { A: { 0: { side: 1 }, 2: { side: 1 } } });

  it('ignores signals before it', () => {
    const run = simulate(market, said, settingsOf({ range: { from: '2024-01-02' } }));
    expect(run.trades.map((t) => t.entryRow)).toEqual([3]);
    expect(run.orders.signals).toBe(1);
    expect([...run.equity.day]).toEqual([1, 2, 3, 4].map((n) => firstDay + n));
  });

  it('marks at its last session and leaves what comes after alone', () => {
    const run = simulate(market, said, settingsOf({ range: { to: '2024-01-03' } }));
    expect(run.trades[0]).toMatchObject({ entryRow: 1, exitRow: -1, exitPrice: 12, gross: 1 });
    expect(run.equity.day).toHaveLength(3);
    expect(run.orders.signals).toBe(2);
  });

  it('may hold no session at all', () => {
    const run = simulate(market, said, settingsOf({ range: { from: '2025-01-01' } }));
    expect(run.trades).toEqual([]);
    expect(run.equity.day).toHaveLength(0);
  });
});
