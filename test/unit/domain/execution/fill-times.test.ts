import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Bar,
  flat,
  marketOf,
  rowAt,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

type Fill = Settings['execution']['fill'];

describe('a fill: in after the close of session 0, out after that of session 2', () => {
  const market = marketOf({
    A: [flat(100), [101, 105, 99, 104], [106, 108, 103, 107], [109, 112, 108, 111], flat(111)],
  });
  const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { exit: 1 } } });
  const at = (fill: Fill) =>
    simulate(market, signals, settingsOf({ execution: { fill }, costs: { commission: 1 } }));

  it('next-open: at the opens of the bars that follow', () => {
    const { trades, equity } = at('next-open');
    expect(trades).toMatchObject([
      { entryRow: 1, entryStep: 1, entryPrice: 101, exitRow: 3, exitStep: 3, exitPrice: 109 },
    ]);
    expect([...equity.equity]).toEqual([10_000, 10_002, 10_005, 10_006, 10_006]);
  });

  it('next-close: at their closes', () => {
    const { trades, equity } = at('next-close');
    expect(trades).toMatchObject([
      { entryRow: 1, entryStep: 1, entryPrice: 104, exitRow: 3, exitStep: 3, exitPrice: 111 },
    ]);
    expect([...equity.equity]).toEqual([10_000, 9999, 10_002, 10_005, 10_005]);
  });

  it('same-close: at the closes that said so', () => {
    const { trades, equity } = at('same-close');
    expect(trades).toMatchObject([
      { entryRow: 0, entryStep: 0, entryPrice: 100, exitRow: 2, exitStep: 2, exitPrice: 107 },
    ]);
    expect([...equity.equity]).toEqual([9999, 10_003, 10_005, 10_005, 10_005]);
  });

  it('prior-close: the same trade, but its costs are paid on the bars that follow', () => {
    const { trades, equity } = at('prior-close');
    expect(trades).toEqual(at('same-close').trades);
    expect([...equity.equity]).toEqual([10_000, 10_003, 10_006, 10_005, 10_005]);
  });

  it('prior-close names the session of that close, though others traded since', () => {
    const rests = marketOf({
      A: [flat(10), null, flat(11), flat(12), null, flat(13)],
      B: Array<Bar>(6).fill(flat(1)),
    });
    const said = signalsOf(rests, { A: { 0: { side: 1 }, 3: { exit: 1 } } });
    const settings = settingsOf({ execution: { fill: 'prior-close' } });
    expect(simulate(rests, said, settings).trades[0]).toMatchObject({
      entryRow: 0,
      entryStep: 0,
      exitRow: rowAt(rests, 'A', 3),
      exitStep: 3,
      exitPrice: 12,
    });
  });

  it.each<[Fill, number]>([
    ['next-open', 1],
    ['next-close', 1],
    ['same-close', 0],
    ['prior-close', 0],
  ])('%s: the longest holding of two bars lasts two bars', (fill, entryRow) => {
    const settings = settingsOf({ execution: { fill }, exits: { longestHolding: 2 } });
    expect(
      simulate(market, signalsOf(market, { A: { 0: { side: 1 } } }), settings).trades,
    ).toMatchObject([{ entryRow, exitRow: entryRow + 2, reason: 'time', bars: 2 }]);
  });
});

describe('the bar of a fill', () => {
  // ATR 10: a stop at 90, which the bar after the signal's falls through before it comes back.
  const market = marketOf({ A: [flat(100), [100, 100, 80, 100], flat(100)] });
  const signals = signalsOf(market, { A: { 0: { side: 1 } } }, 10);

  it.each<[Fill, object]>([
    ['next-open', { exitRow: 1, exitPrice: 90 }],
    ['next-close', { entryRow: 1, exitRow: -1, mae: 0 }],
    ['same-close', { exitRow: 1, exitPrice: 90 }],
    ['prior-close', { exitRow: 1, exitPrice: 90 }],
  ])('%s: is one for the stop, unless it was over', (fill, trade) => {
    const settings = settingsOf({ execution: { fill }, exits: { stop: 1 } });
    expect(simulate(market, signals, settings).trades[0]).toMatchObject(trade);
  });
});

describe('fills at closes', () => {
  it('give no order for a symbol that was held at that close, though it leaves there', () => {
    const market = marketOf({ A: [flat(10), flat(10), flat(10), flat(10)] });
    const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { side: -1 }, 3: { exit: 3 } } });
    const settings = settingsOf({
      execution: { fill: 'same-close' },
      exits: { oppositeSignal: 'close' },
    });
    const { trades, orders } = simulate(market, signals, settings);
    expect(trades).toMatchObject([{ side: 1, exitRow: 2, reason: 'opposite' }]);
    expect(orders).toMatchObject({ signals: 2, filled: 1 });
  });

  it('do not make the kill-switch wait: it acts at the next open', () => {
    const market = marketOf({ A: [flat(10), flat(10), [10, 10, 9, 9], [8, 8, 7, 7]] });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    for (const fill of ['next-close', 'same-close', 'prior-close'] as const) {
      const settings = settingsOf({
        execution: { fill },
        size: { units: 1000 },
        risk: { killSwitch: 0.98 },
      });
      expect(simulate(market, signals, settings).trades).toMatchObject([
        { exitRow: 3, exitPrice: 8, reason: 'kill-switch' },
      ]);
    }
  });

  it('may enter again in the bar that was left, unless a bar takes one order only', () => {
    // In at the close of 0, stopped out in bar 1; signals at the closes of 1 and 2.
    const market = marketOf({ A: [flat(100), [100, 100, 80, 85], flat(85), flat(85)] });
    const said = { A: { 0: { side: 1 }, 1: { side: 1 }, 2: { side: 1 } } } as const;
    const entered = (reentry: 'same-bar' | 'next-bar') => {
      const settings = settingsOf({
        execution: { fill: 'same-close', reentry },
        exits: { stop: 1 },
      });
      const { trades, orders } = simulate(market, signalsOf(market, said, 10), settings);
      return [trades.map((t) => t.entryRow), orders.cooldown];
    };
    expect(entered('same-bar')).toEqual([[0, 1], 0]);
    expect(entered('next-bar')).toEqual([[0, 2], 1]);
  });

  it('are sized by equity and buying power at that close', () => {
    const market = marketOf({ A: [flat(10), [10, 20, 10, 20]], B: [flat(5), [5, 5, 4, 4]] });
    const signals = signalsOf(market, { A: { 0: { side: 1 } }, B: { 1: { side: 1 } } });
    const settings = settingsOf({
      execution: { fill: 'same-close' },
      size: { rule: 'fraction', fraction: 0.5, maximum: null },
    });
    // Half of 10,000 at 10; then half of 15,000 is more than the 5,000 left.
    expect(simulate(market, signals, settings).trades.map((t) => t.quantity)).toEqual([500, 1250]);
  });

  it.each<[Fill, number]>([
    // 500 units short from 10: 15,000 of cash less twice what they stand at, 12 at that close.
    ['same-close', 300],
    // Short from 12, 16,000 of cash; at the close of session 2 they stand at 13.
    ['next-close', 300],
    // The open of session 2 is 14, but it fills at the close before.
    ['prior-close', 300],
    ['next-open', 100],
  ])('%s: positions stand at the prices of that moment', (fill, bought) => {
    const market = marketOf({
      A: [flat(10), [10, 12, 10, 12], [14, 14, 13, 13]],
      B: [flat(10), flat(10), flat(10)],
    });
    const signals = signalsOf(market, { A: { 0: { side: -1 } }, B: { 1: { side: 1 } } });
    const settings = settingsOf({ execution: { fill }, size: { units: 500 } });
    const { trades } = simulate(market, signals, settings);
    expect(trades[1]?.quantity).toBe(bought);
  });
});

describe('a delay', () => {
  const market = marketOf({
    A: [flat(100), flat(101), flat(102), flat(103), flat(104), flat(105)],
  });
  const signals = signalsOf(market, {
    A: { 0: { side: 1, score: 7, factor: 0.5, atr: 8 }, 2: { atr: 3, exit: 1 }, 4: { side: 1 } },
  });

  it('of two bars lets the signal, its score and its factor stand two bars later, with that bar’s ATR', () => {
    const settings = settingsOf({ execution: { delay: 2 }, exits: { stop: 1 } });
    const { trades, orders } = simulate(market, signals, settings);
    expect(trades).toMatchObject([
      {
        signalRow: 2,
        entryRow: 3,
        quantity: 0.5,
        score: 7,
        stop: 100,
        exitRow: 5,
        reason: 'signal',
      },
    ]);
    // The last one would come after the data.
    expect(orders.signals).toBe(1);
  });

  it('as long as the data leaves nothing', () => {
    const settings = settingsOf({ execution: { delay: 6 } });
    expect(simulate(market, signals, settings)).toMatchObject({
      trades: [],
      orders: { signals: 0 },
    });
  });
});

describe('the open of the last bar, for a position that is open at the end', () => {
  const market = marketOf({ A: [flat(100), [101, 105, 99, 104], [106, 108, 100, 107]] });
  const end = (execution: Partial<Settings['execution']>, session: number) => {
    const signals = signalsOf(market, { A: { [session]: { side: 1 } } }, 10);
    const settings = settingsOf({ execution: { endOfData: 'open', ...execution } });
    return simulate(market, signals, settings).trades[0];
  };

  it('is the close before it where fills are dated back to that', () => {
    expect(end({}, 0)).toMatchObject({ exitRow: 2, exitPrice: 106, exitStep: 2 });
    expect(end({ fill: 'prior-close' }, 0)).toMatchObject({
      exitRow: 1,
      exitPrice: 104,
      exitStep: 1,
    });
  });

  it('but never one before the entry: what came in inside that bar leaves at its close', () => {
    const priced = { fill: 'prior-close', order: 'limit', limitOffset: 0.25 } as const;
    expect(end(priced, 1)).toMatchObject({
      entryRow: 2,
      entryPrice: 101.5,
      exitRow: 2,
      exitPrice: 107,
    });
  });
});
