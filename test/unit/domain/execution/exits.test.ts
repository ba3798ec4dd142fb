import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import { type Bar, flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

type Exits = Partial<Settings['exits']>;

/** Signal at 100, ATR 10; the bars that follow are given. Stop 90 and target 120 for a long, unless said otherwise. */
function trade(side: 1 | -1, bars: readonly Bar[], exits: Exits = { stop: 1, target: 2 }) {
  const market = marketOf({ A: [flat(100), ...bars] });
  const signals = signalsOf(market, { A: { 0: { side } } }, 10);
  return simulate(market, signals, settingsOf({ exits })).trades[0]!;
}

/** The same bar with up and down exchanged around 100. */
const mirror = ([open, high, low, close]: Bar): Bar => [
  200 - open,
  200 - low,
  200 - high,
  200 - close,
];

interface Case {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly exit: { exitRow: number; exitPrice: number; reason: string; ambiguous?: boolean };
}

const cases: readonly Case[] = [
  {
    name: 'the low touches the stop: out at the stop',
    bars: [flat(100), [100, 105, 90, 101]],
    exit: { exitRow: 2, exitPrice: 90, reason: 'stop', ambiguous: false },
  },
  {
    name: 'the high touches the target: out at the target',
    bars: [flat(100), [100, 120, 95, 101]],
    exit: { exitRow: 2, exitPrice: 120, reason: 'target', ambiguous: false },
  },
  {
    name: 'the bar goes through the target: no better than the target',
    bars: [flat(100), [100, 140, 95, 139]],
    exit: { exitRow: 2, exitPrice: 120, reason: 'target', ambiguous: false },
  },
  {
    name: 'a gap through the stop: out at the open, worse than the stop',
    bars: [flat(100), [80, 95, 79, 95]],
    exit: { exitRow: 2, exitPrice: 80, reason: 'stop', ambiguous: false },
  },
  {
    name: 'an open exactly at the stop',
    bars: [flat(100), [90, 95, 90, 95]],
    exit: { exitRow: 2, exitPrice: 90, reason: 'stop', ambiguous: false },
  },
  {
    name: 'an open exactly at the stop, whatever the bar reaches later',
    bars: [flat(100), [90, 125, 85, 100]],
    exit: { exitRow: 2, exitPrice: 90, reason: 'stop', ambiguous: false },
  },
  {
    name: 'an open exactly at the target, whatever the bar reaches later',
    bars: [flat(100), [120, 125, 85, 100]],
    exit: { exitRow: 2, exitPrice: 120, reason: 'target', ambiguous: false },
  },
  {
    name: 'a gap beyond the target: out at the open',
    bars: [flat(100), [130, 131, 125, 126]],
    exit: { exitRow: 2, exitPrice: 130, reason: 'target', ambiguous: false },
  },
  {
    name: 'a gap beyond the target in a bar that falls to the stop later: the open came first',
    bars: [flat(100), [130, 131, 85, 86]],
    exit: { exitRow: 2, exitPrice: 130, reason: 'target', ambiguous: false },
  },
  {
    name: 'both touched in one bar: the stop, and the trade says so',
    bars: [flat(100), [100, 125, 85, 100]],
    exit: { exitRow: 2, exitPrice: 90, reason: 'stop', ambiguous: true },
  },
  {
    name: 'a gap through the stop in a bar that reaches the target later: nothing ambiguous',
    bars: [flat(100), [85, 125, 84, 100]],
    exit: { exitRow: 2, exitPrice: 85, reason: 'stop', ambiguous: false },
  },
  {
    name: 'stops and targets work in the entry bar too',
    bars: [[100, 121, 99, 100]],
    exit: { exitRow: 1, exitPrice: 120, reason: 'target', ambiguous: false },
  },
  {
    name: 'both touched in the entry bar',
    bars: [[100, 121, 89, 100]],
    exit: { exitRow: 1, exitPrice: 90, reason: 'stop', ambiguous: true },
  },
];

describe('inside the bar, long', () => {
  it.each(cases)('$name', ({ bars, exit }) => {
    expect(trade(1, bars)).toMatchObject(exit);
  });
});

describe('inside the bar, short: the mirror image', () => {
  it.each(cases)('$name', ({ bars, exit }) => {
    const mirrored = { ...exit, exitPrice: 200 - exit.exitPrice };
    expect(trade(-1, bars.map(mirror))).toMatchObject(mirrored);
  });
});

describe('the other reading of a bar that touches both', () => {
  const read = (side: 1 | -1, bars: readonly Bar[]) => {
    const market = marketOf({ A: [flat(100), ...(side > 0 ? bars : bars.map(mirror))] });
    const settings = settingsOf({
      exits: { stop: 1, target: 2 },
      execution: { bothTouched: 'target' },
      costs: { slippage: 10 },
    });
    const signals = signalsOf(market, { A: { 0: { side } } }, 10);
    const { exitPrice, reason, ambiguous, slippage } = simulate(market, signals, settings)
      .trades[0]!;
    return [side > 0 ? exitPrice : 200 - exitPrice, reason, ambiguous, slippage];
  };

  it.each([1, -1] as const)(
    'takes the target, which does not slip, and still says so (side %i)',
    (side) => {
      expect(read(side, [flat(100), [100, 125, 85, 100]])).toEqual([120, 'target', true, 0.1]);
      expect(read(side, [[100, 121, 89, 100]])).toEqual([120, 'target', true, 0.1]);
    },
  );

  it('changes nothing where the open came first, or one alone is touched', () => {
    expect(read(1, [flat(100), [90, 125, 85, 100]]).slice(0, 3)).toEqual([90, 'stop', false]);
    expect(read(1, [flat(100), [130, 131, 85, 86]]).slice(0, 3)).toEqual([130, 'target', false]);
    expect(read(1, [flat(100), [100, 119, 85, 86]]).slice(0, 3)).toEqual([90, 'stop', false]);
  });
});

describe('stop and target', () => {
  it('are measured from the fill price', () => {
    expect(trade(1, [flat(103)])).toMatchObject({ entryPrice: 103, stop: 93, target: 123 });
    expect(trade(-1, [flat(97)])).toMatchObject({ entryPrice: 97, stop: 107, target: 77 });
  });

  it('or from the signal bar’s close', () => {
    const exits: Exits = { reference: 'signal-close', stop: 1, target: 2 };
    expect(trade(1, [flat(103)], exits)).toMatchObject({ stop: 90, target: 120 });
    expect(trade(-1, [flat(97)], exits)).toMatchObject({ stop: 110, target: 80 });
  });

  it('measured from the signal’s close, an open beyond them ends the trade where it began', () => {
    const exits: Exits = { reference: 'signal-close', stop: 1, target: 2 };
    expect(trade(1, [[85, 99, 84, 99]], exits)).toMatchObject({
      entryRow: 1,
      exitRow: 1,
      entryPrice: 85,
      exitPrice: 85,
      reason: 'stop',
      bars: 1,
    });
    expect(trade(1, [[125, 126, 85, 86]], exits)).toMatchObject({
      exitRow: 1,
      exitPrice: 125,
      reason: 'target',
    });
  });

  it('can each be off', () => {
    const wide: Bar = [100, 1000, 1, 100];
    expect(trade(1, [flat(100), wide], { stop: 1 })).toMatchObject({
      reason: 'stop',
      target: null,
    });
    expect(trade(1, [flat(100), wide], { target: 2 })).toMatchObject({
      reason: 'target',
      stop: null,
    });
    expect(trade(1, [flat(100), wide], {})).toMatchObject({
      exitRow: -1,
      stop: null,
      target: null,
    });
  });
});

describe('the longest holding', () => {
  it.each([1, 2, 3])('of %i bars ends the position at the open after its last bar', (n) => {
    const bars = [flat(100), flat(101), flat(102), flat(103), flat(104)];
    expect(trade(1, bars, { longestHolding: n })).toMatchObject({
      entryRow: 1,
      exitRow: 1 + n,
      exitPrice: 100 + n,
      reason: 'time',
      bars: n,
    });
  });

  it('counts the symbol’s own bars and leaves at its own next open', () => {
    const market = marketOf({
      A: [flat(100), flat(100), null, flat(101), null, null, flat(102)],
      B: [flat(5), flat(5), flat(5), flat(5), flat(5), flat(5), flat(5)],
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } });
    const run = simulate(market, signals, settingsOf({ exits: { longestHolding: 2 } }));
    expect(run.trades[0]).toMatchObject({ exitPrice: 102, reason: 'time', bars: 2 });
    expect([...run.equity.positions]).toEqual([0, 1, 1, 1, 1, 1, 0]);
  });
});

describe('an opposite signal', () => {
  const market = marketOf({ A: [flat(100), flat(100), flat(101), flat(102), flat(103)] });
  const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { side: -1 } } });

  it('ends the position at the next open and does not reverse it', () => {
    const run = simulate(market, signals, settingsOf({ exits: { oppositeSignal: 'close' } }));
    expect(run.trades).toHaveLength(1);
    expect(run.trades[0]).toMatchObject({
      exitRow: 3,
      exitPrice: 102,
      reason: 'opposite',
      bars: 2,
    });
  });

  it('does nothing where that exit is off', () => {
    expect(simulate(market, signals, settingsOf({})).trades[0]?.exitRow).toBe(-1);
  });
});

describe('distances as ratios', () => {
  it('are shares of the price that they are measured from, and need no ATR', () => {
    const market = marketOf({ A: [flat(100), [104, 104, 104, 104], flat(104)] });
    const signals = signalsOf(market, { A: { 0: { side: -1, atr: Number.NaN } } });
    const levels = (reference: 'fill' | 'signal-close') =>
      simulate(
        market,
        signals,
        settingsOf({ exits: { unit: 'ratio', stop: 0.25, target: 0.5, reference } }),
      ).trades[0];
    expect(levels('fill')).toMatchObject({ stop: 130, target: 52 });
    expect(levels('signal-close')).toMatchObject({ stop: 125, target: 50 });
  });
});

describe('the break-even stop', () => {
  const exits: Exits = { breakEven: 1 };
  const back: Bar = [105, 106, 99, 101];

  it.each([
    ['once a bar has gone that far, the fill price is the stop from the next bar on', 110, 100],
    ['a little less is not enough', 109.9, null],
  ])('%s', (_, high, exitPrice) => {
    const bars: Bar[] = [[100, high, 95, 105], back];
    const out =
      exitPrice === null ? { exitRow: -1 } : { exitRow: 2, exitPrice, reason: 'break-even' };
    expect(trade(1, bars, exits)).toMatchObject(out);
    expect(trade(-1, bars.map(mirror), exits)).toMatchObject(out);
  });

  it('does not work in the bar that armed it', () => {
    expect(
      trade(
        1,
        [
          [100, 110, 95, 105],
          [105, 106, 101, 102],
        ],
        exits,
      ).exitRow,
    ).toBe(-1);
  });

  it('gives way to a tighter stop', () => {
    const tighter: Exits = { ...exits, trailing: 'percent', trailingRatio: 0.05 };
    // 5 % below 110.
    expect(trade(1, [[100, 110, 95, 105], back], tighter)).toMatchObject({
      exitPrice: 104.5,
      reason: 'trailing',
    });
  });
});

describe('an exit signal', () => {
  const market = marketOf({ A: [flat(100), flat(100), flat(101), flat(102)] });
  const out = (side: 1 | -1, exit: 1 | 2 | 3, exits: Exits = {}) =>
    simulate(market, signalsOf(market, { A: { 0: { side }, 1: { exit } } }), settingsOf({ exits }))
      .trades[0];

  it('ends the sides that it names at the next open', () => {
    const ends = { exitRow: 2, exitPrice: 101, reason: 'signal' };
    expect(out(1, 1)).toMatchObject(ends);
    expect(out(1, 3)).toMatchObject(ends);
    expect(out(-1, 2)).toMatchObject(ends);
    expect(out(-1, 3)).toMatchObject(ends);
    expect(out(1, 2)?.exitRow).toBe(-1);
    expect(out(-1, 1)?.exitRow).toBe(-1);
  });

  it('is named before the longest holding', () => {
    expect(out(1, 1, { longestHolding: 1 })?.reason).toBe('signal');
  });

  it('without a position is nothing, and no signal to enter', () => {
    const alone = signalsOf(market, { A: { 0: { exit: 3 } } });
    expect(simulate(market, alone, settingsOf({}))).toMatchObject({
      trades: [],
      orders: { signals: 0 },
    });
  });
});
