import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Bar,
  flat,
  listed,
  type Listed,
  marketOf,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

/** Ten units of A from 10; its bars end at 8 with session 2, others trade on. */
function run(facts: Listed, side: 1 | -1 = 1, risk: Partial<Settings['risk']> = {}, sessions = 5) {
  const market = listed(
    marketOf({
      A: [flat(10), flat(10), flat(8)],
      B: Array<Bar>(sessions).fill(flat(5)),
    }),
    { A: facts },
  );
  const settings = settingsOf({ size: { units: 10 }, risk, costs: { commission: 1 } });
  return simulate(market, signalsOf(market, { A: { 0: { side } } }), settings);
}

describe('a delisting', () => {
  it('is booked on the session after the last bar, at its close × (1 + return), without costs', () => {
    const { trades, equity } = run({ delistedOn: 3, delistingReturn: -0.25 });
    expect(trades).toMatchObject([
      { exitRow: 2, exitStep: 3, exitPrice: 6, reason: 'delisting', gross: -40, commission: 1 },
    ]);
    expect([...equity.equity]).toEqual([10_000, 9999, 9979, 9959, 9959]);
    expect([...equity.positions]).toEqual([0, 1, 1, 0, 0]);
  });

  it('takes the study’s return where the universe gives none', () => {
    expect(run({ delistedOn: 3 }).trades[0]?.exitPrice).toBe(8);
    expect(run({ delistedOn: 3 }, 1, { delistingReturn: -1 }).trades[0]?.exitPrice).toBe(0);
    const given = run({ delistedOn: 3, delistingReturn: 0.5 }, 1, { delistingReturn: -1 });
    expect(given.trades[0]?.exitPrice).toBe(12);
  });

  it('under stress is adverse to the side, whatever the universe says', () => {
    const price = (side: 1 | -1) =>
      run({ delistedOn: 3, delistingReturn: 0.1 }, side, { delistingStress: 0.5 }).trades[0]
        ?.exitPrice;
    expect(price(1)).toBe(4);
    expect(price(-1)).toBe(12);
  });

  it('comes only where the universe ends the symbol for good', () => {
    // A symbol that leaves the index, or whose bars merely stop, stays at its last close.
    for (const facts of [{}, { delistingReturn: -0.9 }, { delistedOn: 9 }]) {
      const { trades, equity } = run(facts);
      expect(trades).toMatchObject([{ exitRow: -1, exitPrice: 8 }]);
      expect(equity.equity[4]).toBe(9979);
    }
  });

  it('is never caused by cutting the data: before its session nothing is booked', () => {
    expect(run({ delistedOn: 3 }, 1, {}, 3).trades).toMatchObject([{ exitRow: -1, exitPrice: 8 }]);
  });

  it('waits while the symbol still trades', () => {
    const { trades } = run({ delistedOn: 1, delistingReturn: -0.5 });
    expect(trades).toMatchObject([{ entryRow: 1, exitRow: 2, exitStep: 3, exitPrice: 4 }]);
  });

  it('frees its slot for that session’s entries', () => {
    const market = listed(marketOf({ A: [flat(10), flat(10)], B: Array<Bar>(4).fill(flat(5)) }), {
      A: { delistedOn: 2 },
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } }, B: { 1: { side: 1 } } });
    const { trades } = simulate(market, signals, settingsOf({ risk: { maximumPositions: 1 } }));
    expect(trades.map((t) => [t.symbol, t.entryStep, t.exitStep])).toEqual([
      [0, 1, 2],
      [1, 2, -1],
    ]);
  });
});
