import { describe, expect, it } from 'vitest';
import { type Market, clockOf, stepsOf } from '../../../../src/domain/market.ts';
import { type Bar, flat, settingsOf, signalsOf, simulate } from './market-builder.ts';
import { isoFromDay } from '../../../../src/domain/calendar.ts';

const HOUR = 3600;
const DAY = 86_400;
/** 2024-01-08, a Monday, 00:00 UTC. */
const monday = 1_704_672_000;

interface Timed {
  /** Hours since Monday 00:00 UTC, open and close. */
  readonly from: number;
  readonly to: number;
  readonly bar: Bar;
}

/** Bars with instants; the session is the UTC day of their open unless `dayOf` says otherwise. */
function timed(bars: Readonly<Record<string, readonly Timed[]>>, shift = 0): Market {
  const symbols = Object.keys(bars).sort();
  const all = symbols.flatMap((symbol) => bars[symbol]!);
  const instant = (hours: number) => monday + shift + hours * HOUR;
  const opens = Float64Array.from(all, ({ from }) => instant(from));
  const known = Float64Array.from(all, ({ to }) => instant(to));
  const day = Int32Array.from(all, ({ from }) => Math.floor((monday + from * HOUR) / DAY));
  const days = [...new Set(day)].sort((a, b) => a - b);
  const midnight = (at: number) => Float64Array.from(days, (one) => (one + at) * DAY + shift);
  return {
    symbols,
    firstRow: Int32Array.from([0, ...symbols.map((_, s) => s + 1)], (s) =>
      symbols.slice(0, s).reduce((sum, symbol) => sum + bars[symbol]!.length, 0),
    ),
    day,
    clock: {
      ...clockOf(opens, known),
      hours: {
        places: [
          {
            day: Int32Array.from(days),
            open: midnight(0),
            close: midnight(17 / 24),
            ahead: new Int32Array(days.length).fill(-shift),
          },
        ],
        placeOf: new Int32Array(symbols.length),
        seconds: HOUR,
      },
    },
    open: Float64Array.from(all, ({ bar }) => bar[0]),
    high: Float64Array.from(all, ({ bar }) => bar[1]),
    low: Float64Array.from(all, ({ bar }) => bar[2]),
    close: Float64Array.from(all, ({ bar }) => bar[3]),
    volume: new Float64Array(all.length).fill(Number.NaN),
  };
}

/** Hourly bars from 9 to 17 o'clock of so many days, at these prices. */
const hourly = (days: number, priceAt: (day: number, hour: number) => number): Timed[] =>
  Array.from({ length: days * 8 }, (_, i) => {
    const [day, hour] = [Math.floor(i / 8), 9 + (i % 8)];
    return { from: day * 24 + hour, to: day * 24 + hour + 1, bar: flat(priceAt(day, hour)) };
  });

/** What a signal at a row says; `signalsOf` finds rows by day, of which hours have several. */
const said = (market: Market, sides: Readonly<Record<number, 1 | -1>>) => {
  const signals = signalsOf(market, {});
  for (const [row, side] of Object.entries(sides)) signals.side[Number(row)] = side;
  return signals;
};

describe('steps', () => {
  it('are instants: bars of one open and close share one, and rise by when they are known', () => {
    const market = timed({
      A: [
        { from: 0, to: 6, bar: flat(1) },
        { from: 24, to: 30, bar: flat(1) },
      ],
      B: [
        { from: 0, to: 6, bar: flat(1) },
        { from: 3, to: 9, bar: flat(1) }, // Overlaps, as another symbol's would.
      ],
    });
    const steps = stepsOf(market, -Infinity, Infinity);
    expect([...steps.number]).toEqual([0, 1, 2]);
    expect([...steps.rows]).toEqual([0, 2, 3, 1]);
    expect([...steps.day].map(isoFromDay)).toEqual(['2024-01-08', '2024-01-08', '2024-01-09']);
  });

  it('belong to the latest session that has begun', () => {
    const { day, ...market } = timed({
      A: [
        { from: 22, to: 23, bar: flat(1) },
        { from: 23, to: 24, bar: flat(1) },
      ],
      B: [{ from: 21, to: 22, bar: flat(1) }],
    });
    // B's evening belongs to the next day, as that of futures does.
    const steps = stepsOf(
      { ...market, day: day.map((one, row) => (row === 2 ? one + 1 : one)) },
      -Infinity,
      Infinity,
    );
    expect([...steps.day].map(isoFromDay)).toEqual(['2024-01-09', '2024-01-09', '2024-01-09']);
  });
});

describe('bars inside days', () => {
  const market = timed({ A: hourly(3, (day, hour) => 100 + day * 10 + hour) });

  it('fill at the next bar’s open, across the night if need be', () => {
    const { trades } = simulate(
      market,
      said(market, { 7: 1, 10: -1 }),
      settingsOf({ exits: { oppositeSignal: 'close' } }),
    );
    expect(
      trades.map(({ entryRow, exitRow, entryPrice }) => [entryRow, exitRow, entryPrice]),
    ).toEqual([[8, 11, 119]]);
  });

  it('give the same trades wherever their clocks are', () => {
    const bars = { A: hourly(3, (day, hour) => 100 + ((day * 7 + hour * 5) % 11)) };
    const settings = settingsOf({
      exits: { stop: 2, target: 3 },
      session: { ...noRules, flat: true, entriesFrom: '10:00', entriesUntil: '15:00' },
    });
    const runs = [0, 9 * HOUR, -5 * HOUR].map((shift) => {
      const shifted = timed(bars, shift);
      return simulate(shifted, said(shifted, { 1: 1, 4: -1, 9: 1, 12: 1, 18: -1 }), settings)
        .trades;
    });
    expect(runs[0]!.length).toBeGreaterThan(2);
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });
});

describe('what is ruled by session', () => {
  it('is the kill-switch: a fall within the day does not ring it, one by its end does', () => {
    const recovers = (day: number, hour: number) => (day === 1 && hour === 12 ? 90 : 100);
    const falls = (day: number, hour: number) => (day === 1 && hour >= 12 ? 90 : 100);
    const settings = settingsOf({
      size: { units: 90 },
      risk: { killSwitch: 0.98, killSwitchPause: 1 },
    });
    const run = (priceAt: typeof falls) => {
      const market = timed({ A: hourly(4, priceAt) });
      return simulate(market, said(market, { 0: 1, 17: 1, 25: 1 }), settings);
    };
    expect(run(recovers).alerts).toEqual([]);
    const { trades, alerts } = run(falls);
    expect(alerts).toMatchObject([{ kind: 'kill-switch', value: 0.91 }]);
    // Out at the next session's open; nothing in it is entered; the day after may be.
    expect(trades.map(({ entryRow, exitRow, reason }) => [entryRow, exitRow, reason])).toEqual([
      [1, 16, 'kill-switch'],
      [26, -1, null],
    ]);
  });

  it('is borrow, by calendar day', () => {
    const market = timed({ A: hourly(2, () => 100) });
    const { trades } = simulate(
      market,
      said(market, { 0: -1 }),
      settingsOf({ costs: { borrowFee: 0.365 } }),
    );
    expect(trades[0]!.borrow).toBeCloseTo(0.1, 9);
  });
});

const noRules = {
  flat: false,
  entriesFrom: null,
  entriesUntil: null,
  lastBars: 0,
  dayOrders: false,
  longestHolding: null,
};

describe('session rules', () => {
  const market = timed({ A: hourly(2, (day, hour) => 100 + day * 10 + hour) });
  const run = (sides: Readonly<Record<number, 1 | -1>>, rules: object, more = {}) =>
    simulate(
      market,
      said(market, sides),
      settingsOf({ ...more, session: { ...noRules, ...rules } }),
    );

  it('end positions with the session’s last bar, at its close', () => {
    const { trades } = run({ 2: 1 }, { flat: true });
    expect(trades.map(({ exitRow, reason, exitPrice }) => [exitRow, reason, exitPrice])).toEqual([
      [7, 'session-end', 116],
    ]);
  });

  it('and at the next open, where the data stop before it', () => {
    const short = timed({ A: hourly(2, () => 100).filter((_, i) => i !== 7) });
    const { trades } = simulate(
      short,
      said(short, { 2: 1 }),
      settingsOf({ session: { ...noRules, flat: true } }),
    );
    expect(trades.map(({ exitRow, reason }) => [exitRow, reason])).toEqual([[7, 'session-end']]);
  });

  it('keep entries to their hours', () => {
    const orders = (rules: object) =>
      run({ 0: 1, 3: -1, 6: 1 }, rules, { exits: { oppositeSignal: 'reverse' } });
    expect(orders({}).orders.filled).toBe(3);
    const { trades, orders: counts } = orders({ entriesFrom: '11:00', entriesUntil: '16:00' });
    expect(trades.map(({ entryRow }) => entryRow)).toEqual([4]);
    expect(counts.outsideHours).toBe(2);
  });

  it('keep out of the last bars', () => {
    expect(run({ 5: 1 }, { lastBars: 1 }).trades.map(({ entryRow }) => entryRow)).toEqual([6]);
    expect(run({ 6: 1 }, { lastBars: 1 }).orders).toMatchObject({ filled: 0, outsideHours: 1 });
  });

  it('cancel orders of the day before', () => {
    expect(run({ 7: 1 }, {}).trades.map(({ entryRow }) => entryRow)).toEqual([8]);
    expect(run({ 7: 1 }, { dayOrders: true }).orders).toMatchObject({ filled: 0, outsideHours: 1 });
  });

  it('end positions after so many sessions', () => {
    const { trades } = run({ 1: 1 }, { longestHolding: 1 });
    expect(trades.map(({ exitRow, reason }) => [exitRow, reason])).toEqual([[3, 'time']]);
  });
});

describe('exchanges whose bars overlap', () => {
  /** Frankfurt from 8 to 16:30, New York from 14:30 to 21, each day a bar. */
  const days = (from: number, to: number, prices: readonly number[]): Timed[] =>
    prices.map((price, day) => ({ from: day * 24 + from, to: day * 24 + to, bar: flat(price) }));
  const market = timed({
    F: days(8, 16.5, [100, 100, 100, 100]),
    N: days(14.5, 21, [100, 100, 100, 100]),
  });

  const settings = settingsOf({ size: { rule: 'units', units: 90 }, exits: { stop: 5 } });
  const filled = (bars: Market, sides: Readonly<Record<number, 1 | -1>>) =>
    simulate(bars, said(bars, sides), settings).trades.map((trade) => [
      'FN'[trade.symbol],
      trade.quantity,
      trade.reason,
    ]);

  it('deal with what is free: 90 of 100 at 100 leave 10 for the other', () => {
    expect(filled(market, { 0: 1, 4: 1 })).toEqual([
      ['F', 90, null],
      ['N', 10, null],
    ]);
  });

  it('a stop inside Frankfurt’s bar frees nothing for New York’s open within it', () => {
    const falls = timed({
      F: [
        ...days(8, 16.5, [100]),
        { from: 32, to: 40.5, bar: [100, 100, 90, 90] },
        { from: 56, to: 64.5, bar: flat(90) },
      ],
      N: days(14.5, 21, [100, 100, 100]),
    });
    expect(filled(falls, { 0: 1, 3: 1 })).toEqual([
      ['F', 90, 'stop'],
      ['N', 10, null],
    ]);
    // A day later it does.
    expect(filled(falls, { 0: 1, 4: 1 })).toEqual([
      ['F', 90, 'stop'],
      ['N', 90, null],
    ]);
  });
});
