import { dimensionsIn } from '../search/varied.ts';
import { withValue } from './pointer.ts';
import { type Study, canonicalJson } from './study.ts';

/**
 * What an answer depends on, as text: it is out of date when the key of the study it belongs to is no longer the key of the
 * study at hand. A trial's digest is one over `tradedBy`.
 */

/** Everything that changes a trade: no name, no validation, and of the metrics only what enters a choice. */
export function tradedBy({ name: _, validation: __, metrics, ...rest }: Study): object {
  const { convention: ___, ...measured } = metrics;
  return { ...rest, metrics: measured };
}

/** Two studies of one run: how a study is put to the test changes none of its numbers. */
export const sameRun = (a: Study, b: Study): boolean =>
  a === b ||
  canonicalJson({ ...a, validation: null }) === canonicalJson({ ...b, validation: null });

function choiceOf({ validation: { search, walkForward } }: Study) {
  const { parameters: _, trials, ...how } = search;
  const { objective, minimumTrades } = walkForward;
  return [how, search.method === 'grid' ? null : trials, objective, minimumTrades];
}

/** The study's own values of what is varied do not matter: all of them are tried. */
export function searchKey(study: Study): string {
  const dimensions = dimensionsIn(study);
  const rest = dimensions.reduce<unknown>(
    (made, { path }) => withValue(made, path, null),
    tradedBy(study),
  );
  return canonicalJson([rest, dimensions, choiceOf(study)]);
}

const withFolds = (study: Study, ...more: readonly unknown[]): string =>
  canonicalJson([tradedBy(study), dimensionsIn(study), choiceOf(study), ...more]);

export const walkForwardKey = (study: Study): string =>
  withFolds(study, study.validation.walkForward);

export const crossValidationKey = (study: Study): string =>
  withFolds(study, study.validation.walkForward.purge, study.validation.crossValidation);

export function learningKey(study: Study): string {
  const { walkForward, learning } = study.validation;
  return canonicalJson([tradedBy(study), walkForward, learning]);
}
