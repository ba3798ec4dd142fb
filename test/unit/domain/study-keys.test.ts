import { expect, test } from 'vitest';
import { completeStudy } from '../../../src/domain/study/study.ts';
import {
  crossValidationKey,
  learningKey,
  sameRun,
  searchKey,
  walkForwardKey,
} from '../../../src/domain/study/keys.ts';

const study = completeStudy({});
const keys = { searchKey, walkForwardKey, crossValidationKey, learningKey };

/** Which findings a change puts out of date. */
function outdated(change: object): string[] {
  const changed = completeStudy(change);
  return Object.entries(keys)
    .filter(([, key]) => key(changed) !== key(study))
    .map(([name]) => name.replace('Key', ''));
}

test('a finding is out of date when something changes that it depends on, and only then', () => {
  expect(outdated({ name: 'Other', metrics: { convention: 'vectorbt' } })).toEqual([]);
  expect(outdated({ costs: { slippage: 3 } })).toHaveLength(4);
  // What the search varies it has tried already.
  expect(outdated({ exits: { stop: 2 } })).toEqual(['walkForward', 'crossValidation', 'learning']);
  expect(outdated({ validation: { walkForward: { test: 3 } } })).toEqual([
    'walkForward',
    'learning',
  ]);
  expect(outdated({ validation: { crossValidation: { groups: 8 } } })).toEqual(['crossValidation']);
  expect(outdated({ validation: { learning: { horizon: 9 } } })).toEqual(['learning']);
  const draws = { validation: { search: { method: 'random' } } };
  expect(outdated(draws)).toEqual(['search', 'walkForward', 'crossValidation']);
});

test('a search is another one where its method chooses otherwise', () => {
  const key = (search: object) => searchKey(completeStudy({ validation: { search } }));
  const halving = { method: 'halving' };
  expect(key({ ...halving, factor: 3 })).toBe(key(halving));
  for (const changed of [{ factor: 4 }, { rungs: 3 }, { budget: 'symbols' }])
    expect(key({ ...halving, ...changed })).not.toBe(key(halving));
  const evolution = { method: 'evolution' };
  expect(key({ ...evolution, population: 20 })).not.toBe(key(evolution));
});

test('how a study is put to the test changes no run', () => {
  expect(sameRun(study, completeStudy({ validation: { walkForward: { test: 3 } } }))).toBe(true);
  expect(sameRun(study, completeStudy({ exits: { stop: 2 } }))).toBe(false);
});
