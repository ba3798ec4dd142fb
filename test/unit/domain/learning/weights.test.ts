import { describe, expect, it } from 'vitest';
import { gWeights } from '../../../../src/domain/learning/g-weights.ts';
import { panicWeights } from '../../../../src/domain/learning/panic-weights.ts';
import {
  eachLabel,
  marketLabels,
  marketSessions,
} from '../../../../src/domain/learning/training.ts';
import { type Market, stepsOf } from '../../../../src/domain/market.ts';
import { randomStream } from '../../../../src/domain/random.ts';

/** Two symbols with ten bars each, the second from day 2 on; opens stand half way between closes. */
const small: Market = (() => {
  const closes = [
    [10, 11, 12, 11, 10, 12, 13, 14, 13, 12],
    [20, 19, 21, 22, 20, 21, 22, 23, 24, 22],
  ];
  const close = Float64Array.from(closes.flat());
  return {
    symbols: ['A', 'B'],
    firstRow: Int32Array.of(0, 10, 20),
    day: Int32Array.from(closes.flatMap((rows, s) => rows.map((_, i) => i + 2 * s))),
    open: close.map((price, row) => (row % 10 === 0 ? price : (price + close[row - 1]!) / 2)),
    high: close,
    low: close,
    close,
    volume: close,
  };
})();

describe('labels', () => {
  it('run from the next open to the close at the horizon, and end inside the training', () => {
    const found: (readonly [number, number])[] = [];
    eachLabel(small, { from: 1, to: 6 }, 3, (row, label) => found.push([row, label]));
    expect(found).toEqual([
      [1, 10 / 11.5 - 1],
      [2, 12 / 11.5 - 1],
      [3, 13 / 10.5 - 1],
      [10, 22 / 19.5 - 1],
      [11, 20 / 20 - 1],
    ]);
  });

  it('of the market are the means by day', () => {
    const labels = marketLabels(small, { from: 2, to: 7 }, 3);
    expect([...labels.keys()]).toEqual([2, 3, 4]);
    expect(labels.get(2)).toBe((12 / 11.5 - 1 + (22 / 19.5 - 1)) / 2);
  });

  it('stand beside the market’s return and range by session', () => {
    const { change, range } = marketSessions(small, stepsOf(small, 0, 3));
    expect([...change]).toEqual([0, 11 / 10 - 1, 12 / 11 - 1, (11 / 12 - 1 + (19 / 20 - 1)) / 2]);
    // Bars without a range of their own: the true range is the change; on the first bar there is none.
    expect(range[0]).toBeNaN();
    expect(range[1]).toBeCloseTo(Math.log(1 / 10), 12);
    expect(range[2]).toBeCloseTo(Math.log((1 / 11 + 0) / 2), 12);
    expect(range[3]).toBeCloseTo(Math.log((1 / 12 + 1 / 20) / 2), 12);
  });
});

const bars = 600;
/** One symbol whose forward return against the move is what `edge` says of its two z-scores, and noise. */
function planted(edge: (a: number, b: number) => number, noise: number) {
  const { normal } = randomStream(9, 'planted');
  const terms = [0, 1].map(() => Float64Array.from({ length: bars }, normal));
  const direction = Float64Array.from({ length: bars }, (_, i) => (i % 3 === 0 ? -1 : 1));
  const open = new Float64Array(bars).fill(100);
  const close = Float64Array.from({ length: bars }, (_, i) =>
    i === 0
      ? 100
      : 100 *
        (1 + direction[i - 1]! * edge(terms[0]![i - 1]!, terms[1]![i - 1]!) + noise * normal()),
  );
  const market = {
    ...small,
    symbols: ['A'],
    firstRow: Int32Array.of(0, bars),
    day: Int32Array.from({ length: bars }, (_, i) => i),
    open,
    close,
  };
  return { market, columns: { terms, direction, eligible: new Uint8Array(bars).fill(1) } };
}
const whole = { from: 0, to: bars };
const fixed = { fixed: [1, 1], threshold: 2 };

describe('weights of the Panic Score', () => {
  it('put weight where the edge is, on a score that passes the threshold as often as the fixed one', () => {
    const { market, columns } = planted((a, b) => 0.01 * a - 0.002 * b, 0.001);
    const passing = (weights: readonly number[]) =>
      columns.terms[0]!.slice(0, bars - 1).filter(
        (a, i) => weights[0]! * a + weights[1]! * columns.terms[1]![i]! > 2,
      ).length;
    const found = panicWeights(market, columns, fixed, whole, 1);
    expect(found.kept).toBeNull();
    expect(found.weights[1]).toBe(0);
    expect(passing(found.weights)).toBe(passing([1, 1]));
    expect(passing([1, 1])).toBeGreaterThan(30);
    expect(found.coefficients[0]).toBe(found.weights[0]);
    expect(found.coefficients[1]! / found.coefficients[0]!).toBeCloseTo(-0.2, 1);
    expect(found.errors[0]! / found.coefficients[0]!).toBeLessThan(0.01);
    expect(found.observations).toBe(bars - 1);
    expect(found.explained).toBeGreaterThan(0.9);
  });

  it('are as wide as the fixed ones where no bar passes', () => {
    const { market, columns } = planted((a) => 0.01 * a, 0.001);
    const { weights } = panicWeights(market, columns, { ...fixed, threshold: 9 }, whole, 1);
    const width = ([v, w]: readonly number[]) => {
      const score = columns.terms[0]!.slice(0, bars - 1).map(
        (a, i) => v! * a + w! * columns.terms[1]![i]!,
      );
      const mean = score.reduce((sum, value) => sum + value, 0) / score.length;
      return Math.sqrt(score.reduce((sum, value) => sum + (value - mean) * (value - mean), 0));
    };
    expect(width(weights) / width([1, 1])).toBeCloseTo(1, 9);
  });

  it('stay fixed, and say why, where panic does not pay or cannot be told', () => {
    const { market, columns } = planted((a, b) => -0.01 * a - 0.01 * b, 0.001);
    const lost = panicWeights(market, columns, fixed, whole, 1);
    expect(lost).toMatchObject({ weights: [1, 1], kept: 'none clear' });
    expect(Math.max(...lost.coefficients)).toBeLessThan(0);
    expect(panicWeights(market, columns, fixed, { from: 0, to: 20 }, 1)).toMatchObject({
      weights: [1, 1],
      kept: 'too few rows',
      observations: 20,
    });
    const noise = planted(() => 0, 0.02);
    expect(panicWeights(noise.market, noise.columns, fixed, whole, 1).kept).toBe('none clear');
    const good = planted((a) => 0.01 * a, 0.001);
    const nothing = { fixed: [0, 0], threshold: 2 };
    for (const threshold of [2, -1])
      expect(
        panicWeights(good.market, good.columns, { ...nothing, threshold }, whole, 1),
      ).toMatchObject({ weights: [0, 0], kept: 'no scale' });
  });

  it('leave out bars without a z-score or a direction, and those that may not be traded', () => {
    const { market, columns } = planted((a) => 0.01 * a, 0.001);
    columns.terms[0]!.fill(Number.NaN, 0, 100);
    columns.direction.fill(0, 100, 150);
    columns.eligible.fill(0, 150, 170);
    expect(panicWeights(market, columns, fixed, whole, 1).observations).toBe(bars - 171);
  });

  it('do not change with anything after the training', () => {
    const { market, columns } = planted((a, b) => 0.01 * a + 0.005 * b, 0.02);
    const training = { from: 50, to: 400 };
    const before = panicWeights(market, columns, fixed, training, 5);
    for (const column of [market.open, market.close, columns.direction, ...columns.terms])
      column.fill(7, 401);
    // Rows whose label would reach past the end are purged: not even their own z-scores count.
    for (const column of columns.terms) column.fill(-3, 396);
    expect(panicWeights(market, columns, fixed, training, 5)).toEqual(before);
  });
});

describe('weights of the G-Score', () => {
  const { normal, uniform } = randomStream(4, 'points');
  const point = (chance: number) =>
    Float64Array.from({ length: 800 }, () => Number(uniform() < chance));
  const [vix, index, never] = [point(0.3), point(0.2), new Float64Array(800)];
  const forward = Float64Array.from(
    vix,
    (on, i) => 0.01 - 0.03 * on + 0.01 * index[i]! + 0.002 * normal(),
  );

  it('weigh the points that announce falls, and sum to 3', () => {
    const other = point(0.5);
    const tail = forward.map((value, i) => value - 0.01 * other[i]!);
    const { weights, kept } = gWeights([vix, index, other], tail, [1, 1, 1]);
    expect(kept).toBeNull();
    expect(weights[1]).toBe(0);
    expect(weights[0]! / weights[2]!).toBeCloseTo(3, 0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(3, 12);
  });

  it('leave a point that never came at its fixed weight', () => {
    const found = gWeights([vix, index, never], forward, [1, 1, 1]);
    expect(found.weights).toEqual([2, 0, 1]);
    expect(found.coefficients[2]).toBeNaN();
  });

  it('stay fixed where no point ever came, or none announces a fall', () => {
    expect(gWeights([never, never, never], forward, [1, 1, 1])).toMatchObject({
      weights: [1, 1, 1],
      kept: 'no variation',
    });
    const rising = forward.map((value) => -value);
    expect(gWeights([vix, never, never], rising, [1, 2, 1])).toMatchObject({
      weights: [1, 2, 1],
      kept: 'none clear',
    });
  });

  it('leave out sessions whose label leaves the training', () => {
    const cut = forward.map((value, i) => (i < 300 ? value : Number.NaN));
    expect(gWeights([vix, index, never], cut, [1, 1, 1]).observations).toBe(300);
  });
});
