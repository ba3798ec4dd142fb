import { describe, expect, it } from 'vitest';
import { liveSettings } from '../../../../src/domain/live/gate.ts';
import { replayed } from '../../../../src/domain/live/replay.ts';
import { ReplayIndex } from '../../../../src/domain/live/replay-index.ts';
import { stepTimes } from '../../../../src/domain/market.ts';
import { datedTrades, fillsAsTraded } from '../../../../src/domain/run.ts';
import { type Study, completeStudy } from '../../../../src/domain/study/study.ts';
import { spokenWords } from '../../../../src/present/live/account-words.ts';
import { type ReplayedRun, stepSentences } from '../../../../src/present/live/explain-step.ts';
import {
  type Bar,
  flat,
  marketOf,
  type Said,
  settingsOf,
  signalsOf,
} from '../../domain/execution/market-builder.ts';

/** A run on paper whose strategy saw its score, a threshold of 3 and one part. */
function paper(
  bars: Readonly<Record<string, readonly Bar[]>>,
  said: Readonly<Record<string, Readonly<Record<number, Said>>>>,
  changes: Parameters<typeof settingsOf>[0] = {},
  weight: Float64Array | null = null,
): ReplayedRun {
  const size = { rule: 'units', units: 10 } as const;
  const { portfolio } = completeStudy({ strategy: { id: 'constant-weights' } });
  const study = {
    ...settingsOf({ size, ...changes }),
    ...(weight && { portfolio: { ...portfolio, rebalance: 'session' } }),
  } as Study;
  const market = marketOf(bars);
  const signals = { ...signalsOf(market, said), ...(weight && { weight }) };
  const steps = stepTimes(market, -Infinity, Infinity);
  const replay = replayed({ market, signals, settings: liveSettings(study), steps });
  const score = (rows: Int32Array): Float64Array =>
    Float64Array.from(rows, (row) => signals.score[row]!);
  const { trades, fills, entries } = replay;
  return {
    study,
    symbols: market.symbols,
    index: new ReplayIndex(replay),
    replay: {
      ...replay,
      trades: datedTrades(trades, market, steps.day),
      fills: fillsAsTraded(fills, trades, market),
      seen: {
        label: 'Score',
        threshold: 3,
        value: score(trades.signalRow),
        parts: [{ label: 'Range', unit: 'number', weight: 1, value: score(trades.signalRow) }],
      },
      waiting: {
        day: entries.signalRow.map((row) => market.day[row]!),
        value: score(entries.signalRow),
      },
    },
  };
}

const told = (run: ReplayedRun, step: number): string[] =>
  stepSentences(run, step).map(({ text }) => text);

const rises: Bar[] = [
  flat(100),
  flat(100),
  [101, 102.5, 100.5, 102],
  [104, 108, 103, 107],
  flat(107),
];
const long = (score: number): Said => ({ side: 1, score });

describe('a step in plain sentences', () => {
  it('says what is ordered and why, how it fills, and how it ends', () => {
    const run = paper({ A: rises }, { A: { 1: long(4) } }, { exits: { stop: 2, target: 4 } });
    expect(told(run, 0)).toEqual(['No fill and no order.']);
    expect(told(run, 1)).toEqual([
      'Ordered to buy A at its next open: Score was 4.00, above the threshold of 3.',
    ]);
    expect(told(run, 2)).toEqual([
      'Bought 10 A at the open of 2024-01-03 at 101.00, with the stop at 99.00 and the target at 105.00: ' +
        'at the close of 2024-01-02 Score was 4.00, above the threshold of 3 (Range 4.00 × 1).',
    ]);
    expect(told(run, 3)).toEqual([
      'Sold 10 A inside the bar of 2024-01-04 at 105.00 by target, after 2 bars: 3.96\u202f% of the price, net 40.00 after costs of 0.00.',
    ]);
  });

  it('says that slots are taken: before the open at which an order needs one, and at it', () => {
    const run = paper(
      { A: rises, B: rises, C: rises },
      { A: { 0: long(4) }, B: { 1: long(5) }, C: { 1: long(6) } },
      { exits: { stop: 9, target: null }, risk: { maximumPositions: 1 } },
    );
    expect(told(run, 1).slice(-1)).toEqual([
      'The only slot is taken: an order fills only where one is free by then.',
    ]);
    expect(told(run, 2)).toEqual(['No fill for B, C: the only slot was taken.']);
  });

  it('says of shorts and their exits, of signals that gave no order, and of alerts', () => {
    const falls: Bar[] = [flat(100), flat(100), flat(120), flat(60), flat(60)];
    const run = paper(
      { A: falls },
      { A: { 0: { side: -1, score: 4 }, 1: { side: -1, score: 4 }, 3: { exit: 3 } } },
      {
        risk: { drawdownAlerts: [0.001] },
      },
    );
    expect(told(run, 1)).toEqual([
      expect.stringMatching(/^Sold 10 A short at the open of 2024-01-02 at 100\.00, without stop/),
      'No order of 1 signal: its symbol is held.',
    ]);
    expect(told(run, 2)).toEqual(['Drawdown reached 0.1\u202f%.']);
    expect(told(run, 3)).toEqual(['Ordered to buy back A at its next open: exit signal.']);
    expect(told(run, 4)[0]).toMatch(
      /^Bought back 10 A at the open of 2024-01-05 at 60\.00 by exit signal, after 3 bars/,
    );
  });

  it('says of limit orders what they wait for, and that their price was not met', () => {
    const run = paper(
      { A: rises },
      { A: { 1: long(4) } },
      { execution: { order: 'limit', limitOffset: 2, offsetUnit: 'atr', validFor: 1 } },
    );
    expect(told(run, 1)[0]).toMatch(/^Ordered to buy A at 98\.00 or better: Score was 4\.00/);
    expect(told(run, 2)).toEqual([
      'No fill for A: the price was not met, or a newer order took its place.',
    ]);
  });

  it('says that a holding is brought to its target weight', () => {
    const [low, high] = [flat(10), flat(20)];
    const run = paper({ A: [low, low, high, high] }, {}, {}, new Float64Array(4).fill(0.5));
    expect(told(run, 0)).toEqual([
      'Ordered to bring A to its target weight at its next open: Score was 0.00, below the threshold of 3.',
    ]);
    expect(told(run, 1)[0]).toMatch(/^Bought 500 A at the open of 2024-01-02 at 10\.00, without/);
    expect(told(run, 2)[0]).toBe(
      'Sold 125 A at the open of 2024-01-03 at 20.00, towards its target weight; 375 are held still.',
    );
  });

  it('counts what is more than a person would read, and prints no number that is none', () => {
    const names = Array.from({ length: 12 }, (_, i) => String.fromCharCode(65 + i));
    const run = paper(
      Object.fromEntries(names.map((name) => [name, rises])),
      Object.fromEntries(names.map((name) => [name, { 1: { side: 1, score: NaN } }])),
    );
    expect(told(run, 1)).toHaveLength(9);
    expect(told(run, 1)[0]).toBe('Ordered to buy A at its next open.');
    expect(told(run, 1).at(-1)).toBe('And 4 more of the kind.');
    expect(told(run, 2)[0]).toContain('at the close of 2024-01-02 the strategy said so.');
    for (let step = 0; step < 5; step++)
      expect(told(run, step).join(' ')).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is spoken in short', () => {
    const run = paper({ A: rises }, { A: { 1: long(4) } });
    const times = { day: run.replay.equity.day };
    expect(spokenWords(run, times, 1, stepSentences(run, 1))).toBe(
      '2024-01-02: equity 10,000.00, 0 positions. Ordered to buy A at its next open: Score was 4.00, above the threshold of 3.',
    );
  });
});
