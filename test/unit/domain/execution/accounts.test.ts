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

describe('an account for every symbol', () => {
  const bars: Record<string, (Bar | null)[]> = {
    A: [flat(10), flat(10), flat(12), flat(11), flat(11)],
    B: [null, flat(20), flat(20), [20, 20, 15, 15], flat(15)],
    C: [flat(5), flat(5), flat(5), null, null],
  };
  const market = listed(marketOf(bars), { C: { delistedOn: 3, delistingReturn: -1 } });
  const said = {
    A: { 0: { side: 1 as const }, 2: { exit: 1 as const } },
    B: { 1: { side: 1 as const } },
    C: { 0: { side: 1 as const }, 1: { side: 1 as const } },
  };
  const changes = {
    size: { rule: 'buying-power', fraction: 1 },
    risk: { accounts: 'per-symbol', maximumPositions: 1, killSwitch: 0.8 },
    costs: { commission: 1, interest: 0.05 },
  } as const;

  it('is the sum of runs with the signals of one symbol only', () => {
    const apart = simulate(market, signalsOf(market, said), settingsOf(changes));
    const alone = (['A', 'B', 'C'] as const).map((symbol) =>
      simulate(
        market,
        signalsOf(market, { [symbol]: said[symbol] }),
        settingsOf({ ...changes, risk: { ...changes.risk, accounts: 'shared' } }),
      ),
    );
    expect(apart.trades.map((t) => t.symbol)).toEqual([0, 2, 1]);
    expect([...apart.trades].sort((a, b) => a.symbol - b.symbol)).toEqual(
      alone.flatMap((run) => run.trades),
    );
    for (const column of ['equity', 'cash', 'gross', 'net', 'positions'] as const) {
      apart.equity[column].forEach((value, session) => {
        const sum = alone.reduce((total, run) => total + run.equity[column][session]!, 0);
        expect(value).toBeCloseTo(sum, 6);
      });
    }
    expect(apart.interest).toBeCloseTo(
      alone.reduce((sum, run) => sum + run.interest, 0),
      9,
    );
    expect(apart.orders).toMatchObject({ signals: 4, filled: 3 });
  });

  it('has its own cash, its own slots and its own kill-switch', () => {
    const { trades, equity, alerts } = simulate(
      market,
      signalsOf(market, said),
      settingsOf(changes),
    );
    expect(equity.equity[0]).toBe(30_000);
    expect(trades.map(({ reason, exitStep }) => [reason, exitStep])).toEqual([
      ['signal', 3],
      ['delisting', 3],
      ['kill-switch', 4],
    ]);
    // C lost all it had, B a quarter; A knows nothing of it.
    expect(alerts.map(({ kind, day }) => [kind, day])).toEqual([
      ['kill-switch', firstDay + 3],
      ['kill-switch', firstDay + 3],
    ]);
  });
});
