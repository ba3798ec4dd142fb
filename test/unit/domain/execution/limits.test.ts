import { describe, expect, it } from 'vitest';
import {
  type Bar,
  firstDay,
  flat,
  listed,
  marketOf,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

type Changes = Parameters<typeof settingsOf>[0];
const still: Bar[] = Array.from({ length: 4 }, () => flat(10));

/** Signals at the close of session 0 in all symbols, A's ranked first; 10,000 of cash, prices of 10. */
function quantities(sides: Readonly<Record<string, 1 | -1>>, changes: Changes) {
  const names = Object.keys(sides);
  const market = listed(marketOf(Object.fromEntries(names.map((name) => [name, still]))), {
    A: { group: 'tech' },
    B: { group: 'tech' },
    C: { group: 'banks' },
  });
  const said = Object.fromEntries(names.map((name) => [name, { 0: { side: sides[name]! } }]));
  const run = simulate(
    market,
    signalsOf(market, said),
    settingsOf({ size: { units: 600 }, ...changes }),
  );
  return { of: run.trades.map((t) => t.quantity), noPower: run.orders.noPower };
}

describe('leverage', () => {
  it('makes buying power a multiple of equity', () => {
    const units = { size: { units: 5000 } };
    expect(quantities({ A: 1 }, { ...units, risk: { leverage: 3 } }).of).toEqual([3000]);
    expect(quantities({ A: -1 }, { ...units, risk: { leverage: 3 } }).of).toEqual([3000]);
    expect(quantities({ A: 1 }, { ...units, risk: { leverage: 0.5 } }).of).toEqual([500]);
  });

  it('is shared by longs and shorts', () => {
    const { of, noPower } = quantities({ A: 1, B: -1, C: 1, D: 1 }, { risk: { leverage: 1.5 } });
    expect(of).toEqual([600, 600, 300]);
    expect(noPower).toBe(1);
  });
});

describe('a margin call', () => {
  // 4,000 units of a falling price on 10,000: equity 6,000 carries 36,000 at the close of session 2.
  const market = marketOf({
    A: [flat(10), flat(10), [10, 10, 9, 9], flat(8.8), flat(9)],
    B: Array<Bar>(5).fill(flat(10)),
  });
  const signals = signalsOf(market, {
    A: { 0: { side: 1 } },
    B: { 2: { side: 1 }, 3: { side: 1 } },
  });
  const at = (maintenanceMargin: number | null) =>
    simulate(
      market,
      signals,
      settingsOf({ size: { units: 4000 }, risk: { leverage: 4, maintenanceMargin } }),
    );

  it('closes every position at its next open, and pauses entries there', () => {
    const { trades, alerts, orders } = at(0.2);
    expect(trades).toMatchObject([
      { exitRow: 3, exitPrice: 8.8, reason: 'margin-call' },
      { signalRow: 8, quantity: (4 * (10_000 - 4000 * 1.2)) / 10 },
    ]);
    expect(alerts).toEqual([{ kind: 'margin-call', value: 6000 / 36_000, day: firstDay + 2 }]);
    expect(orders).toMatchObject({ filled: 2, paused: 1 });
  });

  it('comes below the margin, not at it, nor where it is off', () => {
    // At the entry's own close equity is exactly a quarter of the exposure, at the next a sixth.
    expect(at(0.25).alerts[0]?.day).toBe(firstDay + 2);
    expect(at(6000 / 36_000).alerts[0]?.day).toBe(firstDay + 3);
    expect(at(null).alerts).toEqual([]);
  });
});

describe('exposure limits cut an entry, and leave none once they are reached', () => {
  it('gross: longs and shorts together', () => {
    expect(quantities({ A: 1, B: -1, C: 1 }, { risk: { maximumGross: 0.8 } })).toEqual({
      of: [600, 200],
      noPower: 1,
    });
  });

  it('net: longs less shorts, either way', () => {
    const risk = { maximumNet: 0.3, leverage: 3 };
    // 300 long; then short through flat to 300 short: 600.
    expect(quantities({ A: 1, B: -1, C: -1 }, { risk })).toEqual({ of: [300, 600], noPower: 1 });
  });

  it('per symbol', () => {
    expect(quantities({ A: 1, B: -1 }, { risk: { maximumPerSymbol: 0.25 } }).of).toEqual([
      250, 250,
    ]);
  });

  it('per group of the universe file; what has no group has no such limit', () => {
    const risk = { maximumPerGroup: 0.4, leverage: 3 };
    expect(quantities({ A: 1, B: 1, C: 1, D: 1 }, { risk })).toEqual({
      of: [400, 400, 600],
      noPower: 1,
    });
  });

  it('per group, with positions at today’s open like everything else', () => {
    const market = listed(
      marketOf({ A: [flat(10), flat(10), flat(20)], B: [flat(10), flat(10), flat(10)] }),
      {
        A: { group: 'tech' },
        B: { group: 'tech' },
      },
    );
    const signals = signalsOf(market, { A: { 0: { side: 1 } }, B: { 1: { side: 1 } } });
    const entered = (maximumPerGroup: number) =>
      simulate(market, signals, settingsOf({ size: { units: 400 }, risk: { maximumPerGroup } }))
        .trades[1]?.quantity;
    // A's 400 units stand at 8,000 of 14,000.
    expect(entered(0.5)).toBeUndefined();
    expect(entered(0.6)).toBeCloseTo((0.6 * 14_000 - 8000) / 10, 9);
  });

  it('and the rest of an entry that is carried', () => {
    const market = marketOf({ A: [flat(10, 50), flat(10, 50), flat(20, 50)] });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    const settings = settingsOf({
      size: { units: 1000 },
      execution: { maximumParticipation: 1, unfilled: 'carry' },
      risk: { maximumPerSymbol: 0.15 },
    });
    // 50 at 10; at 20 they are 1,000 of 10,500, and 575 more are allowed.
    expect(simulate(market, signals, settings).trades[0]?.quantity).toBeCloseTo(50 + 575 / 20, 9);
  });
});
