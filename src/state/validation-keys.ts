import { withValue } from '../domain/study/pointer.ts';
import { type Study, canonicalJson } from '../domain/study/study.ts';
import { dimensionsIn } from './dimensions.ts';

/**
 * What the findings of validation depend on, as text: a finding is out of date when the key of the study it belongs to
 * is no longer the key of the study on screen.
 */

/** Everything that changes a trade. */
function tradedBy({ name: _, validation: __, metrics, ...rest }: Study): object {
  return { ...rest, riskFreeRate: metrics.riskFreeRate };
}

const choiceOf = ({ validation: { search, walkForward } }: Study) => [
  search.method,
  search.method === 'grid' ? null : search.trials,
  walkForward.objective,
  walkForward.minimumTrades,
];

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
