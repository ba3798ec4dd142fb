import { describe, expect, test } from 'vitest';
import { mostOnWhole } from '../../../../src/domain/search/candidates.ts';
import { bestPlaces, rungsOf } from '../../../../src/domain/search/halving.ts';
import { last, standingOf } from '../../../../src/domain/search/standing.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';

const settings = { budget: 'sessions', rungs: 3, factor: 3 } as const;
const rungs = (drawn: number, whole: number, changed = {}) =>
  rungsOf(drawn, whole, { ...settings, ...changed }).map(({ sets, budget }) => [sets, budget]);

describe('rungs', () => {
  test('a third of the sets goes on, to three times the data, until it has all', () => {
    expect(rungs(100, 900)).toEqual([
      [100, 100],
      [33, 300],
      [11, 900],
    ]);
  });

  test('parts are rounded up, sets down', () => {
    expect(rungs(10, 100, { factor: 4 })).toEqual([
      [10, 25],
      [2, 100],
    ]);
  });

  test('fewer sets than the factor are all run on everything', () => {
    expect(rungs(2, 900)).toEqual([[2, 900]]);
    expect(rungs(20, 900, { factor: 21 })).toEqual([[20, 900]]);
    expect(rungs(20, 900, { rungs: 1 })).toEqual([[20, 900]]);
  });

  test('no two rungs have equally much: with one symbol there is one rung', () => {
    expect(rungs(100, 1)).toEqual([[100, 1]]);
    expect(rungs(100, 2)).toEqual([
      [100, 1],
      [33, 2],
    ]);
  });

  test('the last has as many sets as a file of their returns would', () => {
    const search = { method: 'halving', trials: 100, rungs: 3 };
    const parameters = [{ path: '/exits/stop', from: 1, to: 2 }];
    const study = completeStudy({ validation: { search: { ...search, parameters } } });
    expect(mostOnWhole(study)).toBe(11);
  });
});

describe('who goes on', () => {
  const trial = (sharpe: number | null, trades = 10) =>
    standingOf({ ...nothing, sharpe, trades }, 'sharpe', 10);
  const nothing = {
    ...{ totalReturn: 1, cagr: null, sortino: null, maxDrawdown: null },
    ...{ winRate: null, profitFactor: null, costs: null },
  };

  test('the best by the objective, in the order of the draws', () => {
    expect(
      bestPlaces(
        [1, 3, 2, 5].map((one) => trial(one)),
        2,
      ),
    ).toEqual([1, 3]);
  });

  test('of equals the first', () => {
    expect(bestPlaces([trial(2), trial(1), trial(2), trial(2)], 2)).toEqual([0, 2]);
  });

  test('too few trades come after enough, no objective after both', () => {
    const standings = [trial(null), trial(9, 2), trial(-1), last];
    expect(bestPlaces(standings, 1)).toEqual([2]);
    expect(bestPlaces(standings, 2)).toEqual([1, 2]);
    expect(bestPlaces(standings, 3)).toEqual([0, 1, 2]);
  });
});
