import { describe, expect, it } from 'vitest';
import { Position } from '../../../../src/domain/execution/position.ts';
import { TradeLog } from '../../../../src/domain/execution/trade-log.ts';
import { type Bar, flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

describe('the trade log', () => {
  const ended = (trade: number) => {
    const position = new Position();
    const off = { stopDistance: Infinity, targetDistance: Infinity, breakEvenAfter: Infinity };
    const levels = { reference: 10, ...off };
    const rows = { signalRow: trade, entryRow: trade + 1, entryStep: trade + 1, row: trade + 1 };
    position.begin({
      symbol: 3,
      side: 1,
      price: 10,
      score: trade,
      tick: 0,
      late: null,
      stopped: false,
      levels,
      ...rows,
    });
    position.trade = trade;
    position.add(2, 10);
    position.take(2, 11, 'time', trade + 2, trade + 2, false);
    return position;
  };

  it.each([0, 1, 100, 1000])('grows with its trades, from room for %i', (capacity) => {
    const log = new TradeLog(capacity);
    log.firstSymbol = 4;
    for (let i = 0; i < 300; i++) {
      expect(log.reserve()).toBe(i);
      log.write(ended(i));
    }
    const trades = log.trades();
    const every = (of: (i: number) => number) => Array.from({ length: 300 }, (_, i) => of(i));
    expect(trades.length).toBe(300);
    expect([...trades.symbol]).toEqual(every(() => 7));
    expect([...trades.exitRow]).toEqual(every((i) => i + 2));
    expect([...trades.score]).toEqual(every((i) => i));
    expect([...trades.net]).toEqual(every(() => 2));
  });

  it('lists trades in order of entry, whichever ended first', () => {
    const log = new TradeLog();
    for (let i = 0; i < 3; i++) log.reserve();
    for (const i of [2, 0, 1]) log.write(ended(i));
    expect([...log.trades().signalRow]).toEqual([0, 1, 2]);
  });
});

describe('the furthest moves of a trade', () => {
  const moves = (bars: readonly Bar[], exits = {}, side: 1 | -1 = 1, execution = {}) => {
    const market = marketOf({ A: [flat(100), ...bars] });
    const signals = signalsOf(market, { A: { 0: { side } } }, 10);
    const { mae, mfe } = simulate(market, signals, settingsOf({ exits, execution })).trades[0]!;
    return [mae, mfe].map((ratio) => Number(ratio.toFixed(12)));
  };
  const up: Bar[] = [
    [100, 110, 95, 105],
    [105, 120, 104, 118],
  ];

  it('are ratios of the entry price: against it ≤ 0, in its favour ≥ 0', () => {
    expect(moves(up)).toEqual([-0.05, 0.2]);
    expect(moves(up, {}, -1)).toEqual([-0.2, 0.05]);
    expect(moves([[100, 100, 90, 90]])).toEqual([-0.1, 0]);
  });

  it('end with the exit: of its bar only its price, or all of it at the close', () => {
    expect(moves([flat(100), [100, 119, 80, 85]], { stop: 1 })).toEqual([-0.1, 0]);
    expect(moves([...up, [130, 140, 90, 90]], { longestHolding: 2 })).toEqual([-0.05, 0.3]);
    expect(moves(up, { longestHolding: 2 }, 1, { fill: 'same-close' })).toEqual([-0.05, 0.2]);
    expect(moves(up, {}, 1, { endOfData: 'close' })).toEqual([-0.05, 0.2]);
    expect(moves(up, {}, 1, { endOfData: 'open' })).toEqual([-0.05, 0.1]);
  });
});
