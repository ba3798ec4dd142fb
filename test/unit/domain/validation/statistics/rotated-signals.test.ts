import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../../../src/domain/market.ts';
import {
  permutationPValue,
  rotatedSignals,
} from '../../../../../src/domain/validation/statistics/rotated-signals.ts';
import { walks } from '../../../trial-market.ts';
import { stream } from './series.ts';

const everyDay = { from: -Infinity, to: Infinity };

describe('rotated signals', () => {
  it('keep each symbol’s signals in their circle', () => {
    const { market, signals } = walks(2, 10);
    const offsets = [3, 0];
    const rotated = rotatedSignals(market, signals, everyDay, { below: () => offsets.shift()! });
    expect([...rotated.side.subarray(3, 10)]).toEqual([...signals.side.subarray(0, 7)]);
    expect([...rotated.side.subarray(0, 3)]).toEqual([...signals.side.subarray(7, 10)]);
    expect(rotated.score.subarray(10)).toEqual(signals.score.subarray(10));
  });

  it('turn side, exit, score and size together, and leave the bars’ own columns alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (seed) => {
        const { market, signals } = walks(3, 40, seed);
        signals.sizeFactor.set(signals.score);
        signals.exit.set(signals.side);
        const before = structuredClone(signals);
        const rotated = rotatedSignals(market, signals, everyDay, stream(seed));
        expect(signals).toEqual(before);
        expect(rotated.atr).toBe(signals.atr);
        expect(rotated.sizeFactor).toEqual(rotated.score);
        expect(rotated.exit).toEqual(rotated.side);
        for (let s = 0; s < 3; s++) {
          const [from, end] = rowsOf(market, s);
          const own = signals.score.slice(from, end);
          const offset = rotated.score.indexOf(own[0]!) - from;
          const back = own.map((_, i) => rotated.score[from + ((i + offset) % 40)]!);
          expect(back).toEqual(own);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stay as they are outside the days and before the first ATR', () => {
    const { market, signals } = walks(1, 30);
    signals.atr.fill(NaN, 0, 8);
    const days = { from: market.day[5]!, to: market.day[24]! };
    const rotated = rotatedSignals(market, signals, days, { below: (n) => n - 1 });
    expect(rotated.score.subarray(0, 8)).toEqual(signals.score.subarray(0, 8));
    expect(rotated.score.subarray(25)).toEqual(signals.score.subarray(25));
    expect(rotated.score[24]).toBe(signals.score[8]);
    signals.atr.fill(NaN);
    const without = rotatedSignals(market, signals, days, { below: () => 1 });
    expect(without.score[5]).toBe(signals.score[24]);
  });

  it('leave a symbol of one bar alone', () => {
    const { market, signals } = walks(1, 1);
    const rotated = rotatedSignals(market, signals, everyDay, stream());
    expect(rotated).toEqual(signals);
  });
});

it('the p-value counts the run itself among those as good', () => {
  expect(permutationPValue(1, [0, 1, 2, null])).toBe(3 / 5);
  expect(permutationPValue(3, [0, 1, 2])).toBe(1 / 4);
});
