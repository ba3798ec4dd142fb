import { describe, expect, it } from 'vitest';
import { flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

describe('a strategy that reverses', () => {
  const bars = [flat(100), flat(100), flat(101), flat(102), flat(103)];
  const market = marketOf({ A: bars });
  const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { side: -1 } } });
  const exits = { oppositeSignal: 'reverse' } as const;

  it('ends one side and opens the other at the same open, in the slot that this frees', () => {
    const { trades, equity, orders } = simulate(
      market,
      signals,
      settingsOf({ exits, risk: { maximumPositions: 1 } }),
    );
    expect(trades).toMatchObject([
      { side: 1, entryRow: 1, exitRow: 3, exitPrice: 102, reason: 'opposite' },
      { side: -1, entryRow: 3, entryPrice: 102, exitRow: -1 },
    ]);
    expect([...equity.positions]).toEqual([0, 1, 1, 1, 1]);
    expect(orders).toMatchObject({ signals: 2, filled: 2 });
  });

  it.each(['same-close', 'prior-close'] as const)('does so at closes too: %s', (fill) => {
    const { trades } = simulate(market, signals, settingsOf({ exits, execution: { fill } }));
    expect(trades).toMatchObject([
      { side: 1, entryRow: 0, exitRow: 2, exitPrice: 101 },
      { side: -1, entryRow: 2, entryPrice: 101, entryStep: 2 },
    ]);
  });

  it('opens it with the money that the exit brought', () => {
    const settings = settingsOf({ exits, size: { rule: 'buying-power', fraction: 1 } });
    const { trades } = simulate(market, signals, settings);
    // 100 units at 100, sold at 102: 10,200 buy 100 units short at 102.
    expect(trades.map((t) => t.quantity)).toEqual([100, 100]);
  });

  it('stays out where the exit found no volume, and says so', () => {
    const thin = marketOf({
      A: [flat(100, 9), flat(100, 9), flat(101, 9), flat(102, 0), flat(103, 9)],
    });
    const settings = settingsOf({ exits, execution: { maximumParticipation: 1 } });
    const { trades, orders } = simulate(thin, signals, settings);
    expect(trades).toMatchObject([{ exitRow: 4, exitPrice: 103, reason: 'opposite' }]);
    expect(orders).toMatchObject({ signals: 2, filled: 1, noSlot: 1 });
  });

  it('ignores signals of the side that it holds', () => {
    const again = signalsOf(market, { A: { 0: { side: 1 }, 1: { side: 1 }, 2: { side: 1 } } });
    expect(simulate(market, again, settingsOf({ exits })).orders).toMatchObject({ filled: 1 });
  });
});

describe('a cooldown', () => {
  const always = { 0: {}, 1: {}, 2: {}, 3: {}, 4: {}, 5: {}, 6: {}, 7: {} };
  const every = Object.fromEntries(Object.keys(always).map((s) => [s, { side: 1 as const }]));
  const entries = (step: number, changes: Parameters<typeof settingsOf>[0]) => {
    const market = marketOf({ A: Array.from({ length: 8 }, (_, s) => flat(100 + step * s)) });
    const settings = settingsOf({ exits: { longestHolding: 1 }, ...changes });
    const { trades, orders } = simulate(market, signalsOf(market, { A: every }), settings);
    return { rows: trades.map((t) => t.entryRow), orders };
  };
  const two = { risk: { cooldown: 2 } };

  it('of two bars keeps a symbol out for the two bars after the one that ended a loss', () => {
    // In at 1, out at 2, nothing at 3 and 4; in at 5, out at 6, nothing any more.
    expect(entries(-1, two)).toMatchObject({ rows: [1, 5], orders: { cooldown: 4 } });
    expect(entries(-1, {}).rows).toEqual([1, 3, 5, 7]);
  });

  it('does not follow a gain, but one that its costs ate up', () => {
    expect(entries(1, two).rows).toEqual([1, 3, 5, 7]);
    expect(entries(1, { ...two, costs: { commission: 0.6 } }).rows).toEqual([1, 5]);
    expect(entries(1, { ...two, costs: { commission: 0.4 } }).rows).toEqual([1, 3, 5, 7]);
  });

  it('counts bars of fills, not of signals', () => {
    // In at 0, out at 1; nothing at 2 and 3.
    expect(entries(-1, { ...two, execution: { fill: 'same-close' } }).rows).toEqual([0, 4]);
  });
});
