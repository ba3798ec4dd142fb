import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobsOf, partFrom } from '../../../../src/domain/shards/part.ts';

const all = (jobs: number, of: number): (readonly number[])[] =>
  Array.from({ length: of }, (_, i) => jobsOf(jobs, { shard: i + 1, of }));

describe('a part', () => {
  it.each([
    ['3/8', { shard: 3, of: 8 }],
    ['1/1', { shard: 1, of: 1 }],
    ['9/8', null],
    ['0/8', null],
    ['03/8', null],
    ['3/8 ', null],
    ['1/100001', null],
  ])('%s', (text, part) => {
    expect(partFrom(text)).toEqual(part);
  });

  it('has its own jobs and the first of the next part', () => {
    expect(all(10, 3)).toEqual([
      [0, 1, 2, 3],
      [3, 4, 5, 6],
      [6, 7, 8, 9, 0],
    ]);
    expect(all(2, 3)).toEqual([[], [0, 1], [1, 0]]);
    expect(all(3, 1)).toEqual([[0, 1, 2]]);
    expect(all(0, 2)).toEqual([[], []]);
  });

  it('with the others does every job once, but for the first ones of a part, which two do', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 1, max: 200 }), (jobs, of) => {
        const parts = all(jobs, of);
        const times = new Uint8Array(jobs);
        for (const places of parts) {
          expect(new Set(places).size).toBe(places.length);
          for (const place of places) times[place]!++;
        }
        const own = parts.map(
          (_, i) => Math.floor(((i + 1) * jobs) / of) - Math.floor((i * jobs) / of),
        );
        expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
        const isAlone = own.filter((jobs) => jobs > 0).length === 1;
        let first = 0;
        for (const jobs of own) {
          if (jobs > 0) expect(times[first]).toBe(isAlone ? 1 : 2);
          first += jobs;
        }
        const twice = times.filter((one) => one === 2).length;
        expect(times.every((one) => one === 1 || one === 2)).toBe(true);
        expect(twice).toBeLessThanOrEqual(Math.ceil(jobs / 100) + of);
      }),
    );
  });
});
