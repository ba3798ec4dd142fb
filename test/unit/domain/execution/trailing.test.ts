import { describe, expect, it } from 'vitest';
import { moveStop } from '../../../../src/domain/execution/exits.ts';
import { Position } from '../../../../src/domain/execution/position.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import {
  type Bar,
  flat,
  marketOf,
  plain,
  rowAt,
  settingsOf,
  signalsOf,
  simulate,
} from './market-builder.ts';

/** A long from 100 with ATR 10 everywhere, trailing by 1 × ATR. */
function trade(bars: readonly Bar[], exits: Partial<Settings['exits']> = {}, side: 1 | -1 = 1) {
  const market = marketOf({ A: [flat(100), ...bars] });
  const signals = signalsOf(market, { A: { 0: { side } } }, 10);
  return simulate(
    market,
    signals,
    settingsOf({ exits: { trailing: 'atr', trailingMultiple: 1, ...exits } }),
  ).trades[0]!;
}

describe('the trailing stop', () => {
  it('does not work in the entry bar, whose high may have come after its low', () => {
    expect(trade([[100, 120, 80, 110]])).toMatchObject({ exitRow: -1, stop: null });
  });

  it('hangs below the highest high since entry, the entry bar’s included', () => {
    // Level after the entry bar: 112 − 10.
    expect(
      trade([
        [100, 112, 99, 111],
        [111, 111.5, 102, 103],
      ]),
    ).toMatchObject({
      exitRow: 2,
      exitPrice: 102,
      reason: 'trailing',
      ambiguous: false,
    });
  });

  it('knows no high from before the entry, though stop and target hang on the signal’s close', () => {
    // The signal closed at 100, the position opened at 80: 80 − 10.
    const bars: Bar[] = [flat(80), [80, 80, 60, 60]];
    expect(trade(bars, { reference: 'signal-close' })).toMatchObject({ exitRow: 2, exitPrice: 70 });
  });

  it('takes a bar’s high into account from the next bar on', () => {
    // The high of 130 would put the level at 120; in that bar it is still 102.
    expect(
      trade([
        [100, 112, 99, 111],
        [111, 130, 103, 125],
        [125, 126, 119, 119],
      ]),
    ).toMatchObject({
      exitRow: 3,
      exitPrice: 120,
    });
  });

  it('fills at the open where that gapped through the level', () => {
    expect(
      trade([
        [100, 112, 99, 111],
        [95, 96, 94, 95],
      ]),
    ).toMatchObject({
      exitPrice: 95,
      reason: 'trailing',
    });
  });

  it('never loosens, though the ATR grows', () => {
    const market = marketOf({ A: [flat(100), flat(100), flat(100), [100, 100, 91, 91]] });
    const signals = signalsOf(market, { A: { 0: { side: 1 }, 2: { atr: 50 } } }, 5);
    const run = simulate(
      market,
      signals,
      settingsOf({ exits: { trailing: 'atr', trailingMultiple: 1 } }),
    );
    expect(run.trades[0]).toMatchObject({ exitRow: 3, exitPrice: 95 });
  });

  it('keeps its level over a bar whose ATR is unknown, and catches up after it', () => {
    const bars = [flat(100), flat(100), flat(120), flat(120), [120, 120, 100, 100] as const];
    const market = marketOf({ A: bars });
    const unknown = { atr: Number.NaN };
    const at = (signals: Parameters<typeof signalsOf>[1]['A']) =>
      simulate(
        market,
        signalsOf(market, { A: { 0: { side: 1 }, ...signals } }, 10),
        settingsOf({ exits: { trailing: 'atr', trailingMultiple: 1 } }),
      ).trades[0];
    expect(at({ 2: unknown })).toMatchObject({ exitRow: 4, exitPrice: 110 });
    expect(at({ 2: unknown, 3: unknown })).toMatchObject({ exitRow: -1 });
  });

  it('keeps at least its least distance', () => {
    // 20 % of 112 is more than one ATR of 10.
    const bars: Bar[] = [
      [100, 112, 99, 111],
      [111, 111, 85, 86],
    ];
    expect(trade(bars, { trailingMinimum: 0.2 }).exitPrice).toBe(112 - 0.2 * 112);
  });

  it('gives way to a tighter stop; equal levels are the stop’s', () => {
    const bars: Bar[] = [flat(100), [100, 100, 80, 80]];
    expect(trade(bars, { stop: 0.5 })).toMatchObject({ exitPrice: 95, reason: 'stop' });
    expect(trade(bars, { stop: 1 })).toMatchObject({ exitPrice: 90, reason: 'stop' });
    expect(trade(bars, { stop: 1.5 })).toMatchObject({ exitPrice: 90, reason: 'trailing' });
  });

  it('can be ambiguous with the target like any stop', () => {
    const bars: Bar[] = [flat(100), [100, 121, 89, 100]];
    expect(trade(bars, { target: 2 })).toMatchObject({ reason: 'trailing', ambiguous: true });
  });

  it('hangs above the lowest low of a short', () => {
    expect(
      trade(
        [
          [100, 101, 88, 89],
          [89, 98, 88.5, 97],
        ],
        {},
        -1,
      ),
    ).toMatchObject({
      exitRow: 2,
      exitPrice: 98,
      reason: 'trailing',
    });
    const bars: Bar[] = [flat(100), [100, 120, 100, 120]];
    expect(trade(bars, { stop: 1 }, -1)).toMatchObject({ exitPrice: 110, reason: 'stop' });
    expect(trade(bars, { stop: 2 }, -1)).toMatchObject({ exitPrice: 110, reason: 'trailing' });
  });

  it('stays where it is while its symbol has no bar', () => {
    const market = marketOf({
      A: [flat(100), flat(100), null, [100, 100, 89, 89]],
      B: [flat(5), flat(5), flat(5), flat(5)],
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } }, 10);
    const run = simulate(
      market,
      signals,
      settingsOf({ exits: { trailing: 'atr', trailingMultiple: 1 } }),
    );
    expect(run.trades[0]).toMatchObject({ exitRow: rowAt(market, 'A', 3), exitPrice: 90 });
  });
});

describe('moved alone, bar by bar', () => {
  const highs = [112, 111, 120, 116, 113];
  const atrs = [10, 4, 4, Number.NaN, 2];
  /** The levels after each bar, of a long from 100 whose best price is the highest high. */
  function levels(exits: Partial<Settings['exits']>, side: 1 | -1 = 1, stop = Infinity) {
    const mirrored = (price: number) => (side > 0 ? price : 200 - price);
    const market = marketOf({
      A: highs.map((high) => (side > 0 ? [100, high, 90, 100] : [100, 110, 200 - high, 100])),
    });
    const position = new Position();
    position.begin({
      symbol: 0,
      side,
      signalRow: 0,
      entryRow: 0,
      entryStep: 0,
      row: 0,
      price: 100,
      levels: {
        reference: 100,
        stopDistance: stop,
        targetDistance: Infinity,
        breakEvenAfter: Infinity,
      },
      score: 0,
      tick: 0,
      late: null,
      stopped: false,
    });
    return highs.map((_, row) => {
      position.best = mirrored(Math.max(...highs.slice(0, row + 1)));
      moveStop(position, { ...plain.exits, ...exits }, market, row, atrs[row]!);
      return mirrored(position.level);
    });
  }

  it.each<[string, Partial<Settings['exits']>, readonly number[]]>([
    ['by ATR', { trailing: 'atr', trailingMultiple: 1 }, [102, 108, 116, 116, 118]],
    ['by 2 ATR', { trailing: 'atr', trailingMultiple: 2 }, [92, 104, 112, 112, 116]],
    [
      // 5 % of 112 are 5.6, of 120 are 6.
      'by ATR, at least 5 %',
      { trailing: 'atr', trailingMultiple: 1, trailingMinimum: 0.05 },
      [102, 106.4, 114, 114, 114],
    ],
    [
      // Two bars: 112, 112, 120, 120, 116; the last ATR is 2, but the level never loosens.
      'by chandelier',
      { trailing: 'chandelier', trailingMultiple: 1, chandelierBars: 2 },
      [102, 108, 116, 116, 116],
    ],
    ['off', { trailing: 'off' }, Array<number>(5).fill(-Infinity)],
  ])('%s', (_, exits, expected) => {
    expect(levels(exits)).toEqual(expected);
    // The least distance is a share of the price, which knows up from down.
    if (exits.trailingMinimum === undefined) expect(levels(exits, -1)).toEqual(expected);
  });

  it('by percent: a share of the best price, above it for a short', () => {
    expect(levels({ trailing: 'percent', trailingRatio: 0.25 })).toEqual([84, 84, 90, 90, 90]);
    // Lowest lows 88 and 80: 110 and 100, which are 90 and 100 mirrored.
    expect(levels({ trailing: 'percent', trailingRatio: 0.25 }, -1)).toEqual([
      90, 90, 100, 100, 100,
    ]);
  });

  it('never below the stop that stands', () => {
    expect(levels({ trailing: 'atr', trailingMultiple: 1 }, 1, -5)[0]).toBe(105);
  });
});

describe('from closes', () => {
  // Highs of 130 and 125, closes of 104, 110 and 106; the ATR is 10. The signal’s bar closed at 100.
  const bars: Bar[] = [
    [100, 130, 100, 104],
    [104, 125, 103, 110],
    [110, 111, 101, 106],
    [106, 107, 80, 81],
  ];
  const mirrored = bars.map(([open, high, low, close]): Bar => [
    200 - open,
    200 - low,
    200 - high,
    200 - close,
  ]);

  it.each<[string, Partial<Settings['exits']>, number]>([
    ['by ATR: 110 − 10', { trailing: 'atr', trailingMultiple: 1 }, 100],
    ['by ATR, at least a tenth: 110 − 11', { trailing: 'atr', trailingMinimum: 0.1 }, 99],
    ['by percent: 110 − 22', { trailing: 'percent', trailingRatio: 0.2 }, 88],
    ['by chandelier of two bars', { trailing: 'chandelier', chandelierBars: 2 }, 100],
    // Levels 90 (of the signal’s close and 104: 94), 100, 96: it never loosens.
    ['by chandelier of one bar', { trailing: 'chandelier', chandelierBars: 1 }, 100],
  ])('%s', (_, exits, level) => {
    const trailing = { ...exits, trailingFrom: 'close' } as const;
    expect(trade(bars, trailing)).toMatchObject({ exitRow: 4, exitPrice: level });
    if (exits.trailing === 'percent' || exits.trailingMinimum !== undefined) return;
    expect(trade(mirrored, trailing, -1)).toMatchObject({ exitRow: 4, exitPrice: 200 - level });
  });

  it('by percent, a short’s hangs above its lowest close', () => {
    // Closes 96, 90, 94: a tenth above 90.
    const exits = { trailing: 'percent', trailingRatio: 0.1, trailingFrom: 'close' } as const;
    expect(trade(mirrored, exits, -1)).toMatchObject({ exitRow: 3, exitPrice: 99 });
  });

  it('knows no close from before the entry', () => {
    // Filled at 80, after a close of 100.
    const falling: Bar[] = [
      [80, 84, 78, 82],
      [82, 83, 71, 75],
    ];
    expect(trade(falling, { trailingFrom: 'close' })).toMatchObject({ exitRow: 2, exitPrice: 72 });
  });
});

describe('inside whole runs', () => {
  it('by percent', () => {
    const exits = { trailing: 'percent', trailingRatio: 0.125 } as const;
    const first: Bar = [100, 112, 99, 111];
    // An eighth below 112.
    expect(trade([first, [111, 111, 98, 99]], exits)).toMatchObject({
      exitRow: 2,
      exitPrice: 98,
      reason: 'trailing',
    });
    expect(trade([first, [111, 111, 98.5, 99]], exits).exitRow).toBe(-1);
  });

  it('by chandelier: it hangs from highs before the entry too', () => {
    const market = marketOf({
      A: [
        [100, 108, 100, 100],
        [100, 101, 99, 100],
        [100, 100, 97, 97],
      ],
    });
    const signals = signalsOf(market, { A: { 0: { side: 1 } } }, 10);
    const out = (chandelierBars: number) =>
      simulate(
        market,
        signals,
        settingsOf({ exits: { trailing: 'chandelier', trailingMultiple: 1, chandelierBars } }),
      ).trades[0];
    expect(out(2)).toMatchObject({ exitRow: 2, exitPrice: 98, reason: 'trailing' });
    expect(out(1)).toMatchObject({ exitRow: -1 });
  });

  it.each([
    ['same-close', 1],
    ['next-close', 2],
  ] as const)(
    'after an entry at a close (%s) it hangs from that close, and works from the next bar on',
    (fill, exitRow) => {
      const bars: Bar[] = [
        [90, 130, 90, 100],
        [90, 130, 85, 100],
        [100, 101, 85, 95],
      ];
      const market = marketOf({ A: bars });
      const signals = signalsOf(market, { A: { 0: { side: 1 } } }, 10);
      const settings = settingsOf({
        execution: { fill },
        exits: { trailing: 'atr', trailingMultiple: 1 },
      });
      expect(simulate(market, signals, settings).trades[0]).toMatchObject({
        exitRow,
        exitPrice: 90,
        reason: 'trailing',
      });
    },
  );
});
