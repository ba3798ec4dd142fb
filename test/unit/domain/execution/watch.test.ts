import { describe, expect, it } from 'vitest';
import { Watch, type Watched } from '../../../../src/domain/execution/watch.ts';
import {
  type Bar,
  firstDay,
  flat,
  marketOf,
  plain,
  rowAt,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

/** What is watched at the close of a session. */
const closed = (account: number, day: number, gross = 0): Watched => ({
  account,
  gross,
  day,
  session: day,
  isOver: true,
  units: 1,
  margin: { paid: gross, bound: 0 },
});

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
    expect(watch.close(closed(97, 0))).toEqual({ reason: 'kill-switch', pause: 1 });
    expect(watch.close(closed(97, 1))).toBeNull();
  });

  it('is silent once there is nothing left to lose', () => {
    const watch = new Watch({ ...plain.risk, initialCash: 100, killSwitch: 0.98 });
    expect([0, 0, -5, -9].map((equity, s) => watch.close(closed(equity, s))?.reason)).toEqual([
      'kill-switch',
      undefined,
      undefined,
      undefined,
    ]);
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
    curve.forEach((equity, session) => watch.close(closed(equity, session)));
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

describe('the drawdown stop', () => {
  it('measures from the peak, and afresh from the close that ends its pause', () => {
    const risk = { ...plain.risk, initialCash: 100, drawdownStop: 0.1, drawdownPause: 2 };
    const watch = new Watch(risk);
    const stop = { reason: 'drawdown-stop', pause: 2 };
    const closes = [110, 99.5, 99, 50, 80, 72.5, 72];
    expect(closes.map((equity, session) => watch.close(closed(equity, session)))).toEqual([
      null,
      null,
      stop,
      null,
      null,
      null,
      stop,
    ]);
    expect(watch.alerts.map(({ kind, day, value }) => [kind, day, value.toFixed(3)])).toEqual([
      ['drawdown-stop', 2, '-0.100'],
      ['drawdown-stop', 6, '-0.100'],
    ]);
  });

  it('comes before a margin call and the kill-switch of the same close', () => {
    const risk = { ...plain.risk, initialCash: 100, maintenanceMargin: 0.9, killSwitch: 0.98 };
    const at = (changes: object) =>
      new Watch({ ...risk, ...changes }).close(closed(50, 0, 100))?.reason;
    expect(at({ drawdownStop: 0.1, drawdownPause: null })).toBe('drawdown-stop');
    expect(at({})).toBe('margin-call');
    expect(at({ maintenanceMargin: null })).toBe('kill-switch');
  });

  // All in at 10; down a tenth at the close of session 2.
  const bars: Bar[] = [flat(10), flat(10), [10, 10, 9, 9], ...Array<Bar>(4).fill(flat(8.5))];
  const market = marketOf({ A: bars, B: sideways });
  const signals = signalsOf(market, {
    A: { 0: { side: 1 } },
    B: { 2: { side: 1 }, 3: { side: 1 }, 4: { side: 1 }, 5: { side: 1 } },
  });
  const at = (drawdownPause: number | null) => {
    const settings = settingsOf({ ...allIn, risk: { drawdownStop: 0.1, drawdownPause } });
    return simulate(market, signals, settings);
  };

  it('closes every position at its next open and keeps entries out while it lasts', () => {
    const { trades, orders } = at(2);
    expect(trades).toMatchObject([
      { exitRow: 3, exitPrice: 8.5, reason: 'drawdown-stop' },
      { signalRow: rowAt(market, 'B', 4) },
    ]);
    expect(orders).toMatchObject({ filled: 2, paused: 2 });
  });

  it('without a pause keeps them out for good', () => {
    const { trades, orders } = at(null);
    expect(trades).toHaveLength(1);
    expect(orders).toMatchObject({ filled: 1, paused: 4 });
  });
});
