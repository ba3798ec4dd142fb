import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../../src/domain/random.ts';
import {
  commonDays,
  equityOn,
  returnsBetween,
} from '../../../../../src/domain/validation/statistics/common-sessions.ts';
import { holm } from '../../../../../src/domain/validation/statistics/holm.ts';
import { sharpeDifference } from '../../../../../src/domain/validation/statistics/sharpe-difference.ts';
import {
  drawBlocks,
  roomForBlocks,
} from '../../../../../src/domain/validation/statistics/stationary-blocks.ts';
import { finish, foundBy, noise, stream } from './series.ts';

/** Two series that lean on their past and on one another; arithmetic that Python repeats to the bit. */
function dependent(sessions: number): [Float64Array, Float64Array] {
  const shock = (i: number, k: number) =>
    ((i * i * 7919 + i * 104_729 * k) % 10_007) / 10_007 - 0.5;
  const [first, second] = [new Float64Array(sessions), new Float64Array(sessions)];
  let [market, own] = [0, 0];
  for (let i = 0; i < sessions; i++) {
    market = 0.3 * market + shock(i, 1);
    own = 0.2 * own + shock(i, 3);
    first[i] = 0.001 + 0.02 * market;
    second[i] = 0.0004 + 0.016 * market + 0.012 * own;
  }
  return [first, second];
}

/** Normal returns correlated 0.8; the first series’ mean is higher by `edge`. */
function correlated(sessions: number, seed: number, edge = 0): [Float64Array, Float64Array] {
  const { normal } = randomStream(seed, 'two correlated series');
  const [first, second] = [new Float64Array(sessions), new Float64Array(sessions)];
  for (let i = 0; i < sessions; i++) {
    const shared = Math.sqrt(0.8) * normal();
    first[i] = 0.0005 + edge + 0.01 * (shared + Math.sqrt(0.2) * normal());
    second[i] = 0.0005 + 0.01 * (shared + Math.sqrt(0.2) * normal());
  }
  return [first, second];
}

describe('a difference of Sharpe ratios', () => {
  it('has the numbers that numpy finds from the same draws', () => {
    // Python 3.11 with numpy 2.4.6, its blocks by arch 8.0.0’s optimal_block_length. With 3 × 19,999 draws by arch’s
    // own StationaryBootstrap: p = 0.0029 to 0.0033, low = 0.0322 to 0.0330, high = 0.1557 to 0.1565.
    const [first, second] = dependent(500);
    const found = foundBy(sharpeDifference(first, second, 999, stream()));
    expect(found.blockLength).toBeCloseTo(3.8326985000802423, 10);
    expect(found.difference).toBeCloseTo(0.0943529510032699, 13);
    expect(found.low).toBeCloseTo(0.03334424664961906, 12);
    expect(found.high).toBeCloseTo(0.15536165535692076, 12);
    expect(found.pValue).toBe(0.003);
  });

  it('is none of a run to itself, nor to the same run with more money in it', () => {
    const one = noise(600, 1);
    const none = { pValue: 1 };
    expect(finish(sharpeDifference(one, one, 200, stream()))).toMatchObject({
      ...{ difference: 0, low: 0, high: 0, pValue: 1 },
    });
    const twice = one.map((value) => (1 + 2 * value) / 1 - 1);
    expect(finish(sharpeDifference(one, twice, 200, stream()))).toMatchObject(none);
  });

  it('is found where it is true', () => {
    const found = foundBy(sharpeDifference(...correlated(1000, 1, 0.001), 999, stream()));
    expect(found.pValue).toBeLessThan(0.01);
    expect(found.low).toBeGreaterThan(0);
    expect(found.difference).toBeCloseTo(found.first - found.second, 15);
  });

  it('is turned round where the series are', () => {
    const [first, second] = correlated(300, 5, 0.0004);
    const there = foundBy(sharpeDifference(first, second, 199, stream()));
    const back = foundBy(sharpeDifference(second, first, 199, stream()));
    expect(back.difference).toBe(-there.difference);
    expect(back.low).toBeCloseTo(-there.high, 12);
    expect(back.pValue).toBe(there.pValue);
  });

  it('raises few false alarms: 3 to 8 % of worlds without a difference have p < 0.05', () => {
    // By hand, with 1,000 seeds and 999 resamples: 5.1 % of 250 sessions, 4.3 % of 1,250.
    let alarms = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const found = foundBy(sharpeDifference(...correlated(250, seed), 199, stream(seed)));
      if (found.pValue < 0.05) alarms++;
    }
    expect(alarms / 300).toBeGreaterThan(0.03);
    expect(alarms / 300).toBeLessThan(0.08);
  });

  it('lies outside zero with its interval exactly where p < 0.05', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 120 }),
        (seed, samples) => {
          const [first, second] = correlated(80, seed, 0.001);
          const { low, high, pValue } = foundBy(
            sharpeDifference(first, second, samples, stream(seed)),
          );
          expect(low > 0 || high < 0).toBe(pValue < 0.05);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stays a number where hardly a session moves', () => {
    const rare = (at: number) =>
      Float64Array.from({ length: 200 }, (_, i) => (i === at ? 0.02 : 0));
    const { difference, low, high, pValue } = foundBy(
      sharpeDifference(rare(20), rare(150), 199, stream()),
    );
    expect(difference).toBeCloseTo(0, 12);
    expect(low).not.toBeNaN();
    expect(high).not.toBeNaN();
    expect(pValue).toBeGreaterThan(0.05);
  });

  it('is not to be had of flat or unequal series', () => {
    expect(finish(sharpeDifference(noise(9), new Float64Array(9), 9, stream()))).toEqual({
      reason: 'Returns don’t vary.',
    });
    expect(() => finish(sharpeDifference(noise(9), noise(8), 9, stream()))).toThrow(RangeError);
  });
});

describe('blocks of the stationary bootstrap', () => {
  it('cover every session, with the wanted mean length', () => {
    const blocks = roomForBlocks(100_000);
    drawBlocks(stream(), 20, blocks);
    const { count } = blocks;
    const lengths = blocks.length.subarray(0, count);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(100_000);
    expect(100_000 / count).toBeGreaterThan(19);
    expect(100_000 / count).toBeLessThan(21);
    // Geometric: longer than 40 with the chance 0.95⁴⁰ = 0.129.
    const long = lengths.filter((length) => length > 40).length / count;
    expect(Math.abs(long - 0.129)).toBeLessThan(0.015);
    expect(blocks.start.subarray(0, count).every((at) => at >= 0 && at < 100_000)).toBe(true);
  });

  it('are single sessions where one does not lean on the next', () => {
    const blocks = roomForBlocks(50);
    drawBlocks(stream(), 1, blocks);
    expect(blocks.count).toBe(50);
    expect([...new Set(blocks.length)]).toEqual([1]);
  });
});

describe('Holm’s correction', () => {
  it('multiplies the smallest by their number, the next by one fewer, and never turns the order', () => {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.7, 0.8])).toEqual([1, 1]);
    expect(holm([0.2])).toEqual([0.2]);
    expect(holm([])).toEqual([]);
  });
});

describe('sessions in common', () => {
  const long = {
    day: Int32Array.of(1, 2, 3, 4, 5),
    equity: Float64Array.of(100, 110, 121, 121, 242),
  };
  const short = { day: Int32Array.of(2, 4, 5, 9), equity: Float64Array.of(50, 100, 100, 1) };

  it('are the days that all have', () => {
    expect([...commonDays([long, short])]).toEqual([2, 4, 5]);
    expect([...commonDays([long, short, { day: Int32Array.of(1) }])]).toEqual([]);
    expect([...commonDays([])]).toEqual([]);
  });

  it('carry what happened between them', () => {
    const days = commonDays([long, short]);
    const [ours, theirs] = [long, short].map((curve) => returnsBetween(curve, days)!);
    expect(ours![0]).toBeCloseTo(0.1, 15); // Day 3’s 10 % and day 4’s nothing.
    expect([...theirs!]).toEqual([1, 0]);
    expect(returnsBetween(short, Int32Array.of(2))).toHaveLength(0);
    expect(() => equityOn(short, Int32Array.of(3))).toThrow(RangeError);
  });

  it('have no returns after a ruin', () => {
    const ruined = { day: Int32Array.of(1, 2), equity: Float64Array.of(100, 0) };
    expect(returnsBetween(ruined, ruined.day)).toBeNull();
  });
});
