import { describe, expect, it } from 'vitest';
import { type Bar, flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

const costs = { commission: 1, commissionBps: 5, halfSpread: 10, slippage: 20 };

/** 10 units from 100, with all kinds of costs. */
function run(
  side: 1 | -1,
  bars: readonly Bar[],
  exits = {},
  endOfData: 'mark' | 'close' | 'open' = 'mark',
) {
  const market = marketOf({ A: [flat(100), ...bars] });
  const settings = settingsOf({ size: { units: 10 }, costs, exits, execution: { endOfData } });
  return simulate(market, signalsOf(market, { A: { 0: { side } } }, 10), settings);
}

describe('costs', () => {
  it('stand apart from the fill price, on both fills', () => {
    const { trades, equity } = run(1, [flat(100), flat(110)], { longestHolding: 1 });
    const trade = trades[0]!;
    expect(trade).toMatchObject({ entryPrice: 100, exitPrice: 110, gross: 100 });
    // 1,000 in and 1,100 out: 1 + 5 bps each, 10 bps, 20 bps.
    expect(trade.commission).toBeCloseTo(2 + 0.5 + 0.55, 12);
    expect(trade.spread).toBeCloseTo(1 + 1.1, 12);
    expect(trade.slippage).toBeCloseTo(2 + 2.2, 12);
    expect(trade.net).toBeCloseTo(100 - 3.05 - 2.1 - 4.2, 12);
    expect(equity.equity[2]).toBeCloseTo(10_000 + trade.net, 9);
  });

  it('of a stop are those of a market order', () => {
    const trade = run(1, [[100, 100, 90, 90]], { stop: 1 }).trades[0]!;
    expect(trade.spread).toBeCloseTo(1 + 0.9, 12);
    expect(trade.slippage).toBeCloseTo(2 + 1.8, 12);
  });

  it.each<[string, Bar]>([
    ['inside the bar', [100, 120, 100, 120]],
    ['at an open beyond it', [125, 125, 120, 120]],
  ])('of a target are commission only: %s', (_, bar) => {
    const trade = run(1, [flat(100), bar], { target: 2 }).trades[0]!;
    const value = trade.exitPrice * 10;
    expect(trade.commission).toBeCloseTo(2 + 0.5 + value * 0.0005, 12);
    expect(trade.spread).toBeCloseTo(1, 12);
    expect(trade.slippage).toBeCloseTo(2, 12);
  });
});

describe('the account', () => {
  it('buys with cash and holds the value', () => {
    const { equity } = run(1, [[100, 130, 90, 120], flat(125)]);
    const paid = 1000 + 1.5 + 1 + 2;
    expect([...equity.cash]).toEqual([10_000, 10_000 - paid, 10_000 - paid]);
    expect([...equity.gross]).toEqual([0, 1200, 1250]);
    expect([...equity.equity]).toEqual([10_000, 11_200 - paid, 11_250 - paid]);
    expect([...equity.positions]).toEqual([0, 1, 1]);
  });

  it('sells short into cash and owes the value', () => {
    const { equity, trades } = run(-1, [[100, 130, 90, 120], flat(80)]);
    const got = 1000 - (1.5 + 1 + 2);
    expect([...equity.cash]).toEqual([10_000, 10_000 + got, 10_000 + got]);
    expect([...equity.gross]).toEqual([0, 1200, 800]);
    expect(equity.equity[2]).toBe(10_000 + got - 800);
    expect(trades[0]).toMatchObject({ side: -1, gross: 200 });
  });

  it('marks a symbol without a bar at its last close', () => {
    const market = marketOf({
      A: [flat(10), flat(10), flat(12), null, null],
      B: Array(5).fill(flat(1)),
    });
    const { equity } = simulate(
      market,
      signalsOf(market, { A: { 0: { side: 1 } } }),
      settingsOf({}),
    );
    expect([...equity.equity]).toEqual([10_000, 10_000, 10_002, 10_002, 10_002]);
  });
});

describe('at the end of the data', () => {
  const bars: Bar[] = [flat(100), [104, 112, 103, 110]];

  it('mark: the position stays open and has paid its entry only', () => {
    const { trades, equity } = run(1, bars);
    expect(trades[0]).toMatchObject({
      exitRow: -1,
      exitPrice: 110,
      reason: null,
      gross: 100,
      bars: 2,
    });
    expect(trades[0]?.net).toBeCloseTo(100 - 4.5, 12);
    expect(equity.positions[2]).toBe(1);
    expect(equity.equity[2]).toBeCloseTo(10_000 + 95.5, 9);
  });

  it('close: out at the last close, with costs', () => {
    const { trades, equity } = run(1, bars, {}, 'close');
    expect(trades[0]).toMatchObject({ exitRow: 2, exitPrice: 110, reason: 'end', bars: 2 });
    expect(trades[0]?.net).toBeCloseTo(100 - 4.5 - (1 + 1100 * 0.0035), 12);
    expect(equity.positions[2]).toBe(0);
    expect(equity.gross[2]).toBe(0);
    expect(equity.equity[2]).toBe(equity.cash[2]);
    expect(equity.equity[2]).toBeCloseTo(10_000 + trades[0]!.net, 9);
  });

  it('open: out at the last bar’s open, to compare with programs that do so', () => {
    const { trades, equity } = run(-1, bars, {}, 'open');
    expect(trades[0]).toMatchObject({ exitRow: 2, exitPrice: 104, reason: 'end', gross: -40 });
    expect(equity.equity[2]).toBeCloseTo(10_000 + trades[0]!.net, 9);
  });

  it('ends a position whose symbol’s bars stopped earlier at that symbol’s last bar', () => {
    const market = marketOf({
      A: [flat(10), flat(10), [11, 12, 11, 12], null],
      B: Array(4).fill(flat(1)),
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    const end = (endOfData: 'close' | 'open') =>
      simulate(market, signals, settingsOf({ execution: { endOfData } })).trades[0];
    expect(end('close')).toMatchObject({ exitRow: 2, exitPrice: 12, reason: 'end' });
    expect(end('open')).toMatchObject({ exitRow: 2, exitPrice: 11, reason: 'end' });
  });

  it('of the range, not of the file', () => {
    const market = marketOf({ A: [flat(10), flat(10), flat(11), flat(99)] });
    const settings = settingsOf({ execution: { endOfData: 'close' }, range: { to: '2024-01-03' } });
    const { trades } = simulate(market, signalsOf(market, { A: { 0: { side: 1 } } }), settings);
    expect(trades[0]).toMatchObject({ exitRow: 2, exitPrice: 11 });
  });
});
