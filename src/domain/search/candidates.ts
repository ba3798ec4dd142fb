import { LabError } from '../errors.ts';
import { at, withValue } from '../study/pointer.ts';
import {
  type Study,
  canonicalJson,
  integerAt,
  settingAt,
  withEverySetting,
} from '../study/study.ts';
import { type Dimension, type ParameterValue, mostTrials } from '../study/validation.ts';
import { everySettingOfSearch } from './adaptive.ts';
import { gridValues, valueAt } from './dimensions.ts';
import { setsByRung } from './halving.ts';
import { latinShares, randomShares } from './shares.ts';
import { dimensionsIn } from './varied.ts';

/** One value for each dimension. */
export type Candidate = readonly ParameterValue[];

/** What the study's search varies. Throws a LabError where that is nothing, or no setting of the study. */
export function dimensionsOf(study: Study): readonly Dimension[] {
  const dimensions = dimensionsIn(study);
  refuseUnfit(study, dimensions);
  if (dimensions.length > 0) return dimensions;
  throw new LabError({
    kind: 'study',
    problem: 'There is no setting to vary: this strategy suggests none.',
    remedy: 'Name at least one in validation.search.parameters.',
    place: { path: '/validation/search/parameters' },
  });
}

/** Each dimension must be a setting of the study, and none may be there twice. */
function refuseUnfit(study: Study, dimensions: readonly Dimension[]): void {
  for (const [i, { path }] of dimensions.entries()) {
    if (settingAt(study, path) === undefined || settingsBelow(at(study, path)).length > 0) {
      const near = path.slice(0, path.lastIndexOf('/'));
      const others = settingsBelow(at(withEverySetting(study), near)).map(
        (key) => `${near}/${key}`,
      );
      const known = others.length > 0 ? `Use one of: ${others.join(', ')}.` : 'Check the spelling.';
      throw new LabError({
        kind: 'study',
        problem: 'There is no such setting.',
        remedy: `A search varies it (setting ${i + 1} of its list). ${known} \`outsample example\` prints all settings.`,
        place: { path },
      });
    }
    const first = dimensions.findIndex((one) => one.path === path);
    if (first === i) continue;
    throw new LabError({
      kind: 'study',
      problem: 'A search varies this setting twice.',
      remedy: `Leave one of the two out, or give setting ${first + 1} of its list all the values.`,
      place: { path: `/validation/search/parameters/${i}`, value: path },
    });
  }
}

const settingsBelow = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** The study's parameter sets, each once: the whole grid in order, or draws of the study's seed. */
export function candidatesOf(study: Study): readonly Candidate[] {
  const dimensions = dimensionsOf(study);
  const { method, trials } = study.validation.search;
  if (method === 'grid')
    return grid(dimensions.map((one) => gridValues(one, integerAt(study, one.path))));
  const shares =
    method === 'latin-hypercube'
      ? latinShares(study.seed, trials)
      : randomShares(study.seed, trials);
  const candidateAt = candidatesAt(study, dimensions);
  const drawn = Array.from({ length: trials }, (_, trial) =>
    candidateAt(dimensions.map((_, d) => shares(trial, d))),
  );
  const distinct = new Map(drawn.map((candidate) => [canonicalJson(candidate), candidate]));
  return [...distinct.values()];
}

/** How many sets are simulated on the whole range, at most. */
export function mostOnWhole(study: Study): number {
  const search = everySettingOfSearch(study);
  if (search.method === 'evolution') return search.trials;
  const drawn = candidatesOf(study).length;
  return search.method === 'halving' ? setsByRung(drawn, search).at(-1)! : drawn;
}

/** The candidate at a share of each dimension. */
export function candidatesAt(
  study: Study,
  dimensions: readonly Dimension[],
): (shares: readonly number[]) => Candidate {
  const whole = dimensions.map(({ path }) => integerAt(study, path));
  return (shares) => dimensions.map((one, d) => valueAt(one, shares[d]!, whole[d]!));
}

/** The study with one candidate's values in place. */
export const withCandidate = (
  study: Study,
  dimensions: readonly Dimension[],
  candidate: Candidate,
): unknown =>
  dimensions.reduce<unknown>((made, { path }, i) => withValue(made, path, candidate[i]), study);

/** The study's own values of the dimensions. */
export function ownCandidate(study: Study, dimensions: readonly Dimension[]): Candidate {
  const every = withEverySetting(study);
  return dimensions.map(({ path }) => at(every, path) as ParameterValue);
}

/** Every combination; the last dimension runs fastest. */
function grid(values: readonly (readonly ParameterValue[])[]): readonly Candidate[] {
  const count = values.reduce((product, list) => product * list.length, 1);
  if (count > mostTrials) {
    throw new LabError({
      kind: 'study',
      problem: `This grid has ${count} combinations; at most ${mostTrials} are run.`,
      remedy: 'Use fewer steps, or draw at random.',
      place: { path: '/validation/search/parameters' },
    });
  }
  return values.reduce<Candidate[]>(
    (before, list) => before.flatMap((head) => list.map((value) => [...head, value])),
    [[]],
  );
}

/** Which trial has the study's values now; −1 where none has. */
export function ownTrial(
  study: Study,
  {
    dimensions,
    candidates,
  }: { readonly dimensions: readonly Dimension[]; readonly candidates: readonly Candidate[] },
): number {
  const own = canonicalJson(ownCandidate(study, dimensions).map((value) => value ?? null));
  return candidates.findIndex((candidate) => canonicalJson(candidate) === own);
}
