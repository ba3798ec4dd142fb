import { at } from '../domain/study/pointer.ts';
import { type Study, canonicalJson } from '../domain/study/study.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { TrialMetric } from '../domain/validation/trial-metrics.ts';

/** By trial; NaN where a number has no value. */
export const columnOf = (result: SearchResult, metric: TrialMetric): ArrayLike<number> =>
  metric === 'plateau' ? result.plateau : result.metrics[metric];

/** Which trial has the study's values now; −1 where none has. */
export function ownTrial(study: Study, { dimensions, candidates }: SearchResult): number {
  const own = canonicalJson(dimensions.map(({ path }) => at(study, path) ?? null));
  return candidates.findIndex((candidate) => canonicalJson(candidate) === own);
}
