import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidatesAt, candidatesOf } from '../../../../src/domain/search/candidates.ts';
import { valueAt } from '../../../../src/domain/search/dimensions.ts';
import { Evolution, type Point } from '../../../../src/domain/search/evolution.ts';
import { type Standing, last } from '../../../../src/domain/search/standing.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';

/** The points of so many generations, each told how its points stand. */
function generations(evolution: Evolution, count: number, stand: (point: Point) => Standing) {
  return Array.from({ length: count }, () => {
    const points = evolution.ask();
    evolution.tell(points.map(stand));
    return points;
  });
}

const value = (number: number): Standing => ({ tier: 2, value: number });
/** Highest in the middle of each dimension but the first, where it is at 0.9. */
const bowl = (point: Point): Standing =>
  value(-point.reduce((sum, x, d) => sum + (x - (d === 0 ? 0.9 : 0.5)) ** 2, 0));

describe('differential evolution', () => {
  test('begins with the Latin hypercube of as many sets', () => {
    const search = {
      ...{ method: 'latin-hypercube', trials: 12 },
      parameters: [
        { path: '/exits/stop', from: 1, to: 4 },
        { path: '/exits/longestHolding', from: 5, to: 40 },
        { path: '/exits/unit', values: ['atr', 'percent'] },
      ],
    };
    const study = completeStudy({ seed: 7, validation: { search } });
    const at = candidatesAt(study, study.validation.search.parameters);
    expect(new Evolution(7, 12, 3).ask().map(at)).toEqual(candidatesOf(study));
  });

  test('gathers where it is best', () => {
    for (const seed of [1, 2, 3]) {
      const last = generations(new Evolution(seed, 12, 3), 40, bowl).at(-1)!;
      for (const [x, y, z] of last) {
        expect(x).toBeCloseTo(0.9, 1);
        expect(y).toBeCloseTo(0.5, 1);
        expect(z).toBeCloseTo(0.5, 1);
      }
    }
  });

  test('asks the same of the same seed and answers, and other things of others', () => {
    const run = (seed: number, stand = bowl) => generations(new Evolution(seed, 8, 2), 5, stand);
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    expect(run(3).at(-1)).not.toEqual(run(3, (point) => value(point[0]!)).at(-1));
  });

  test('lets no set take the place of a better one, nor one without a number any place', () => {
    const third = (second: Standing): readonly Point[] => {
      const evolution = new Evolution(1, 4, 2);
      evolution.tell(evolution.ask().map(() => value(1)));
      evolution.tell(evolution.ask().map(() => second));
      return evolution.ask();
    };
    expect(third(value(0))).toEqual(third(last));
    expect(third(value(2))).not.toEqual(third(last));
    expect(third(value(1))).toEqual(third(value(2))); // As good is good enough, so that a plateau is walked on.
  });

  test('never leaves a dimension’s span, whatever it is told', () => {
    const spans = fc
      .tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      )
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    const wholes = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 300 }))
      .map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(
        ...[
          fc.nat(),
          fc.integer({ min: 4, max: 20 }),
          spans,
          wholes,
          fc.integer({ min: 1, max: 9 }),
        ],
        fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 4, maxLength: 20 }),
        (seed, population, span, whole, values, told) => {
          const at = { path: '/exits/stop', steps: 5 };
          const list = Array.from({ length: values }, (_, i) => (i === 0 ? null : i));
          const stand = (point: Point): Standing =>
            told[Math.floor(point[0]! * told.length)] === 0
              ? last
              : value(told[Math.floor(point[1]! * told.length)]! * point[2]!);
          for (const points of generations(new Evolution(seed, population, 3), 12, stand))
            for (const point of points) {
              for (const share of point) expect(share >= 0 && share < 1).toBe(true);
              const real = valueAt({ ...at, ...span, values: null }, point[0]!, false) as number;
              expect(real).toBeGreaterThanOrEqual(span.from);
              expect(real).toBeLessThanOrEqual(span.to);
              const count = valueAt({ ...at, ...whole, values: null }, point[1]!, true) as number;
              expect(Number.isInteger(count)).toBe(true);
              expect(count).toBeGreaterThanOrEqual(whole.from);
              expect(count).toBeLessThanOrEqual(whole.to);
              const chosen = valueAt(
                { ...at, values: list, from: null, to: null },
                point[2]!,
                false,
              );
              expect(list).toContain(chosen);
            }
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });
});
