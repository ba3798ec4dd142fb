/** In which order a run is examined, and what ends it. */
import { expect, test } from 'vitest';
import type { LabErrorData } from '../../../../src/domain/errors.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import { type Examination, examine } from '../../../../src/domain/validation/examination.ts';

const cross = completeStudy({ strategy: { id: 'moving-average-cross' } });
const everything = [
  'lookAhead',
  'survivorship',
  'breakEven',
  'search',
  'walkForward',
  'overfitting',
];

interface Given {
  readonly withSearch?: boolean;
  readonly has?: readonly Examination[];
  readonly failures?: Partial<Record<Examination, LabErrorData>>;
}

async function examined({ withSearch = true, has = [], failures = {} }: Given, study = cross) {
  const asked: string[] = [];
  const left: number[] = [];
  const failure = await examine(study, {
    withSearch,
    has: (one) => has.includes(one),
    ask: (one, still) => {
      asked.push(one);
      left.push(still);
      return Promise.resolve(failures[one] ?? null);
    },
  });
  return { asked, left, failure };
}

test('overfitting comes last: it counts the trials of the search', async () => {
  expect(await examined({})).toEqual({
    asked: everything,
    left: [6, 5, 4, 3, 2, 1],
    failure: null,
  });
});

test('without a search, or with nothing to vary, there is none to walk forward with', async () => {
  const others = ['lookAhead', 'survivorship', 'breakEven', 'overfitting'];
  expect((await examined({ withSearch: false })).asked).toEqual(others);
  const holding = completeStudy({ strategy: { id: 'buy-and-hold' } });
  expect((await examined({}, holding)).asked).toEqual(others);
});

test('what is known is not asked again, nor the search of a walk-forward that is', async () => {
  const { asked } = await examined({ has: ['lookAhead', 'walkForward'] });
  expect(asked).toEqual(['survivorship', 'breakEven', 'overfitting']);
});

test('data too short, or sets that have seen the answer, leave an examination open; any other failure ends them all', async () => {
  const short = { kind: 'data', code: 'too-short', problem: 'Too few sessions.' } as const;
  expect(await examined({ failures: { walkForward: short } })).toMatchObject({
    asked: everything,
    failure: null,
  });
  const seen = { kind: 'study', code: 'adaptive-search', problem: 'It chose by results.' } as const;
  expect((await examined({ failures: { walkForward: seen } })).asked).toEqual(everything);
  const broken = { kind: 'engine', problem: 'It broke.' } as const;
  expect(await examined({ failures: { survivorship: broken } })).toMatchObject({
    asked: ['lookAhead', 'survivorship'],
    failure: broken,
  });
});
