import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/domain/random.ts';

const draws = (seed: number, name: string, count = 5): number[] => {
  const { uniform } = randomStream(seed, name);
  return Array.from({ length: count }, uniform);
};

describe('a random stream', () => {
  it('repeats itself for the same seed and name, and for no other', () => {
    expect(draws(1, 'trial 1')).toEqual(draws(1, 'trial 1'));
    const firsts = [
      draws(1, 'trial 1'),
      draws(2, 'trial 1'),
      draws(1, 'trial 2'),
      draws(11, 'trial'),
    ];
    expect(new Set(firsts.map(([first]) => first)).size).toBe(4);
  });

  it('has these numbers in every engine and version', () => {
    const stream = randomStream(42, 'golden');
    const { uniform, below, normal } = stream;
    const order = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    stream.shuffle(order);
    expect({ uniform: uniform(), below: below(1000), normal: normal(), order: [...order] }).toEqual(
      {
        uniform: 0.9998220941932833,
        below: 535,
        normal: 0.2804893510182728,
        order: [7, 4, 6, 5, 1, 3, 0, 2],
      },
    );
  });

  it('is uniform in [0, 1)', () => {
    const values = draws(7, 'uniform', 20_000);
    expect(values.every((one) => one >= 0 && one < 1)).toBe(true);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const one of values) tenths[Math.floor(one * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(1800));
  });

  it('draws whole numbers below n, each as likely', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const drawn = randomStream(seed, 'below').below(n);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < n).toBe(true);
      }),
    );
    // Three quarters of the words fill one round of 3·2³⁰; the rest must not favour small numbers.
    const { below } = randomStream(3, 'below');
    const low = Array.from({ length: 6000 }, () => below(3 * 2 ** 30)).filter(
      (one) => one < 2 ** 30,
    );
    expect(Math.abs(low.length - 2000)).toBeLessThan(4 * Math.sqrt(6000 * (2 / 9)));
  });

  it('draws standard normals', () => {
    const { normal } = randomStream(5, 'normal');
    const values = Array.from({ length: 20_000 }, normal);
    const moment = (power: number) =>
      values.reduce((sum, one) => sum + one ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(3))).toBeLessThan(0.1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.25);
  });

  it('shuffles: nothing is lost, every place is as likely', () => {
    const { shuffle } = randomStream(9, 'shuffle');
    const places = Array.from({ length: 5 }, () => 0);
    for (let i = 0; i < 5000; i++) {
      const items = [0, 1, 2, 3, 4];
      shuffle(items);
      expect([...items].sort()).toEqual([0, 1, 2, 3, 4]);
      places[items.indexOf(0)]!++;
    }
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(800));
  });
});
