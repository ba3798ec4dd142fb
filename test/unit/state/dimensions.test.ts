import { describe, expect, test } from 'vitest';
import {
  extentOf,
  fieldsByPath,
  readNumbers,
  startOf,
  typedOf,
  variableGroups,
} from '../../../src/state/dimensions.ts';
import { dimensionsIn } from '../../../src/domain/search/varied.ts';
import { strategies } from '../../../src/domain/strategies/registry.ts';
import { completeStudy, defaultStudy } from '../../../src/domain/study/study.ts';

const study = defaultStudy('harvester');
const fields = fieldsByPath(variableGroups('harvester'));
const field = (path: string) => fields.get(path)!;
const bars = field('/strategy/parameters/directionBars');
const stop = field('/exits/stop');

describe('what a search can vary', () => {
  test('numbers, choices and flags of the strategy and of trading; no dates, no metrics', () => {
    expect(fields.has('/strategy/parameters/entryThreshold')).toBe(true);
    expect(fields.has('/strategy/parameters/cri/enabled')).toBe(true);
    expect(fields.has('/range/from')).toBe(false);
    expect(fields.has('/metrics/riskFreeRate')).toBe(false);
    expect(fields.has('/seed')).toBe(false);
  });

  test('each of them has a start that makes a valid study', () => {
    for (const { id } of strategies) {
      const own = defaultStudy(id);
      for (const one of fieldsByPath(variableGroups(id)).values()) {
        const parameters = [startOf(one, own)];
        expect(() =>
          completeStudy({ ...own, validation: { ...own.validation, search: { parameters } } }),
        ).not.toThrow();
      }
    }
  });

  test('a number starts with its own value in the middle, whole where it must be', () => {
    expect(startOf(bars, study)).toMatchObject({ from: 3, to: 7, steps: 5 });
    expect(startOf(stop, study)).toMatchObject({ from: 0.5, to: 1.5, steps: 5 });
    expect(startOf(field('/costs/halfSpread'), study).from).toBeGreaterThanOrEqual(0);
  });
});

describe('what is typed', () => {
  const typed = { from: '1', to: '3', steps: '5', values: null };

  test('reads back as it was written', () => {
    for (const dimension of dimensionsIn(study))
      expect(readNumbers(field(dimension.path), typedOf(dimension, field(dimension.path)))).toEqual(
        dimension,
      );
  });

  test('is held to what the setting may be', () => {
    expect(readNumbers(bars, { ...typed, from: '0' })).toBe(
      'From must be a whole number of at least 1 and at most 1000.',
    );
    expect(readNumbers(stop, { ...typed, to: 'far' })).toMatch(/^To must be a number above 0/);
    expect(readNumbers(stop, { ...typed, steps: '0' })).toMatch(/^Steps must be/);
  });

  test('a list may hold “off” where the setting can be off', () => {
    expect(readNumbers(stop, { ...typed, values: '1, off, 1' })).toMatchObject({
      values: [1, null],
      from: null,
      steps: 2,
    });
    expect(readNumbers(bars, { ...typed, values: '5, off' })).toMatch(/^Each value must be/);
    expect(readNumbers(stop, { ...typed, values: '1, ' })).toMatch(/or off\.$/);
  });
});

test('the extent is the product of a grid, or the number of draws', () => {
  expect(extentOf(study)).toEqual({ values: [9, 9], trials: 81, tooMany: false });
  const drawn = (trials: number) =>
    completeStudy({ validation: { search: { method: 'random', trials } } });
  expect(extentOf(drawn(50)).trials).toBe(50);
  const parameters = [1, 2, 3].map((i) => ({
    path: ['', '/exits/stop', '/exits/target', '/exits/longestHolding'][i],
    from: 1,
    to: 200,
    steps: 50,
  }));
  expect(extentOf(completeStudy({ validation: { search: { parameters } } }))).toEqual({
    values: [50, 50, 50],
    trials: 125_000,
    tooMany: true,
  });
});
