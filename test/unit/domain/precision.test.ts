import { describe, expect, it } from 'vitest';
import { decimalsFor } from '../../../src/domain/precision.ts';

describe('decimals of exact sums', () => {
  const of = (asked: number, largest: number, needed: number, bars = 1000, window = 90) =>
    decimalsFor(asked, { largest, squares: bars * largest * largest, needed }, window);

  it.each([
    ['whole volumes keep the four asked for', of(4, 1e9, 0), 4],
    ['as do those that have just four', of(4, 1e9, 4), 4],
    ['volumes of coins keep their eight', of(4, 30_000, 8), 8],
    ['attention of seven decimals keeps seven', of(6, 100, 7), 7],
    [
      'a mean of two counts, written with sixteen digits, keeps what a double tells',
      of(6, 100, 16),
      13,
    ],
    ['tiny attention keeps fifteen at most', of(6, 1e-6, 16), 15],
    ['as many as fit beside a large value', of(4, 1e11, 8), 4],
    ['the largest volumes keep fewer than asked for', of(4, 2e13, 0), 3],
    ['and none at all', of(4, 3e16, 0), 0],
    ['nothing but zeros', of(6, 0, 0), 6],
  ])('%s', (_, found, decimals) => {
    expect(found).toBe(decimals);
  });

  it('are as many for a long window as its sums hold', () => {
    expect(of(4, 1e12, 0, 1000, 90)).toBe(4);
    expect(of(4, 1e12, 0, 1000, 5000)).toBe(3);
  });
});
