import { LabError } from '../errors.ts';
import type { Study } from '../study/study.ts';
import { isAdaptive } from './adaptive.ts';

/** Throws where a test of the study would choose on a part of the range among sets that the whole of it has chosen. */
export function refuseAdaptive({ validation: { search } }: Study): void {
  if (!isAdaptive(search)) return;
  throw new LabError({
    kind: 'study',
    code: 'adaptive-search',
    problem:
      'This method of search chooses its sets by their results over the whole range, test windows included: what a training window chose among them would know what comes after it.',
    remedy: 'Search by grid, random or latin-hypercube, which draw without looking.',
    place: { path: '/validation/search/method', value: search.method },
  });
}
