import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import { type Bar, flat, marketOf, settingsOf, signalsOf } from './market-builder.ts';

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
    const run = simulate(market, signals, settingsOf({ exits: { oppositeSignal: true } }));
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
