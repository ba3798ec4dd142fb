import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/domain/execution/simulate.ts';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import { type Bar, flat, marketOf, rowAt, settingsOf, signalsOf } from './market-builder.ts';

/** A long from 100 with ATR 10 everywhere, trailing by 1 × ATR. */
function trade(bars: readonly Bar[], exits: Partial<Settings['exits']> = {}, side: 1 | -1 = 1) {
  const market = marketOf({ A: [flat(100), ...bars] });
  const signals = signalsOf(market, { A: { 0: { side } } }, 10);
  return simulate(market, signals, settingsOf({ exits: { trailing: 1, ...exits } })).trades[0]!;
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
    const run = simulate(market, signals, settingsOf({ exits: { trailing: 1 } }));
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
        settingsOf({ exits: { trailing: 1 } }),
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
    const run = simulate(market, signals, settingsOf({ exits: { trailing: 1 } }));
    expect(run.trades[0]).toMatchObject({ exitRow: rowAt(market, 'A', 3), exitPrice: 90 });
  });
});
