import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import { Watch } from '../../../../src/domain/execution/watch.ts';
import {
  type Bar,
  firstDay,
  flat,
  marketOf,
  plain,
  rowAt,
  settingsOf,
  signalsOf,
} from './market-builder.ts';

const sideways: Bar[] = Array.from({ length: 7 }, () => flat(10));
/** A holding of 1,000 units at 10 out of 10,000: all in, so that prices are equity. */
const allIn = { size: { units: 1000 } };

describe('the kill-switch', () => {
  // Down 2 % at the close of session 2, exactly the switch.
  const falling = [
    flat(10),
    flat(10),
    [10, 10, 9.8, 9.8] as const,
    flat(9.7),
    flat(9.7),
    flat(9.7),
    flat(9.7),
  ];

  it('sends every position out at its next open when equity falls to the switch', () => {
    const market = marketOf({ A: falling });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    const { trades, alerts } = simulate(
      market,
      signals,
      settingsOf({ ...allIn, risk: { killSwitch: 0.98 } }),
    );
    expect(trades[0]).toMatchObject({ exitRow: 3, exitPrice: 9.7, reason: 'kill-switch', bars: 2 });
    expect(alerts).toEqual([{ kind: 'kill-switch', value: 0.98, day: firstDay + 2 }]);
  });

  it('stays quiet above it, and when it is off', () => {
    const market = marketOf({ A: falling });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    for (const killSwitch of [0.979, null]) {
      const { trades, alerts } = simulate(
        market,
        signals,
        settingsOf({ ...allIn, risk: { killSwitch } }),
      );
      expect(trades[0]?.exitRow).toBe(-1);
      expect(alerts).toEqual([]);
    }
  });

  it('compares the first close with initial cash', () => {
    const watch = new Watch({ ...plain.risk, initialCash: 100, killSwitch: 0.98 });
    expect(watch.close(97, firstDay)).toBe(true);
    expect(watch.close(97, firstDay + 1)).toBe(false);
  });

  it('lets nothing in at the next opens, signals of its own close included', () => {
    const market = marketOf({ A: falling, B: sideways });
    const signals = signalsOf(market, {
      A: { 0: { side: 1 } },
      B: { 2: { side: 1 }, 3: { side: 1 }, 4: { side: 1 } },
    });
    const entered = (killSwitchPause: number) => {
      const risk = { killSwitch: 0.98, killSwitchPause };
      const { trades, orders } = simulate(market, signals, settingsOf({ ...allIn, risk }));
      return { at: trades[1]?.signalRow, orders };
    };
    expect(entered(1)).toMatchObject({ at: rowAt(market, 'B', 3), orders: { paused: 1 } });
    expect(entered(2)).toMatchObject({ at: rowAt(market, 'B', 4), orders: { paused: 2 } });
    expect(entered(3)).toMatchObject({ at: undefined, orders: { paused: 3 } });
  });

  it('cancels entries that wait; one given at its own close may fill after the pause', () => {
    const market = marketOf({
      A: falling,
      B: [flat(10), flat(10), null, null, flat(10), flat(10), flat(10)],
      C: [flat(10), flat(10), flat(10), null, flat(10), flat(10), flat(10)],
    });
    const signals = signalsOf(market, {
      A: { 0: { side: 1 } },
      B: { 1: { side: 1 } },
      C: { 2: { side: 1 } },
    });
    const { trades, orders } = simulate(
      market,
      signals,
      settingsOf({ ...allIn, risk: { killSwitch: 0.98 } }),
    );
    expect(trades.map((t) => market.symbols[t.symbol])).toEqual(['A', 'C']);
    expect(orders).toMatchObject({ paused: 1, filled: 2 });
  });

  it('sends out at its own next open a position whose symbol rests', () => {
    const market = marketOf({
      A: [flat(10), flat(10), [10, 10, 9, 9], flat(9), flat(9)],
      B: [flat(10), flat(10), null, null, [11, 12, 5, 6]],
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } }, B: { 0: { side: 1 } } });
    const settings = settingsOf({
      size: { units: 500 },
      risk: { killSwitch: 0.98 },
      exits: { stop: 3 },
    });
    const { trades } = simulate(market, signals, settings);
    // At the open; the stop inside that bar finds nothing any more.
    expect(trades[1]).toMatchObject({
      exitRow: rowAt(market, 'B', 4),
      exitPrice: 11,
      reason: 'kill-switch',
    });
  });

  it('leaves an exit that was ordered before its reason', () => {
    const market = marketOf({
      A: [flat(10), flat(10), [10, 10, 9, 9], flat(9)],
      B: [flat(10), flat(10), null, flat(10)],
    });
    const signals = signalsOf(market, { A: { 1: { side: 1 } }, B: { 0: { side: 1 } } });
    const settings = settingsOf({
      size: { units: 500 },
      risk: { killSwitch: 0.98 },
      exits: { longestHolding: 1 },
    });
    const { trades, alerts } = simulate(market, signals, settings);
    expect(alerts).toHaveLength(1);
    // B's time was up at the close before; A's switch comes before its longest holding.
    expect(trades.map((t) => [market.symbols[t.symbol], t.reason])).toEqual([
      ['B', 'time'],
      ['A', 'kill-switch'],
    ]);
    expect(trades[0]?.exitRow).toBe(rowAt(market, 'B', 3));
  });
});

describe('drawdown alerts', () => {
  const alertsOf = (curve: readonly number[], drawdownAlerts = [0.2, 0.05, 0.1]) => {
    const watch = new Watch({ ...plain.risk, initialCash: 100, drawdownAlerts });
    curve.forEach((equity, session) => watch.close(equity, session));
    return watch.alerts.map((alert) => [alert.day, alert.value]);
  };

  it('come once a level, on the session that reaches it', () => {
    expect(alertsOf([100, 96, 95, 94, 96, 94, 90, 80, 70])).toEqual([
      [2, 0.05],
      [6, 0.1],
      [7, 0.2],
    ]);
  });

  it('can come together', () => {
    expect(alertsOf([100, 50])).toEqual([
      [1, 0.05],
      [1, 0.1],
      [1, 0.2],
    ]);
  });

  it('start anew when equity is back at its peak', () => {
    expect(alertsOf([95, 99, 95, 100, 95])).toEqual([
      [0, 0.05],
      [4, 0.05],
    ]);
    expect(alertsOf([200, 190], [0.05, 0.05])).toEqual([[1, 0.05]]);
  });
});
