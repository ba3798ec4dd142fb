import { LabError } from '../domain/errors.ts';
import { differences, isAt, withValue } from '../domain/study/pointer.ts';
import { type Study, completeStudy, withEverySetting } from '../domain/study/study.ts';

/** What a search varies: a list, so no field of a form. */
export const searched = '/validation/search/parameters';

interface Edit {
  readonly path: string;
  readonly value: unknown;
}

/** Settings of every strategy in which `now` differs from `before`; of what a search varies, the part that all have. */
export function sharedEdits(before: Study, now: Study): Edit[] {
  return differences(withEverySetting(before), withEverySetting(now))
    .filter(({ path }) => !isAt(path, '/strategy') && path !== '/name')
    .map(({ path, value }) => ({
      path,
      value: path === searched ? ofEveryStrategy(now) : value,
    }));
}

const ofEveryStrategy = ({ validation }: Study) =>
  validation.search.parameters.filter(({ path }) => !isAt(path, '/strategy'));

/** The study with these values; those that do not go with it are left out. */
export function withEdits(study: Study, edits: readonly Edit[]): Study {
  return (
    valid(edits.reduce<unknown>((made, { path, value }) => withValue(made, path, value), study)) ??
    edits.reduce((made, { path, value }) => valid(withValue(made, path, value)) ?? made, study)
  );
}

function valid(study: unknown): Study | null {
  try {
    return completeStudy(study);
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

/** The studies of strategies that were left: whoever comes back finds each as it was, with what has been changed for all. */
export class LeftStudies {
  readonly #studies = new Map<string, Study>();
  /** The study of the strategy on screen as it was when that was chosen. */
  #arrived: Study | null = null;

  /** Takes note of what is on screen. */
  arrive(study: Study): void {
    if (this.#arrived?.strategy.id !== study.strategy.id) this.#arrived = study;
  }

  /** The study of the strategy that comes, or null where it was not here; the one that goes is kept. */
  leave(study: Study, strategyId: string): Study | null {
    const edits = sharedEdits(this.#arrived ?? study, study).filter(
      ({ path }) => path !== searched,
    );
    for (const [id, left] of this.#studies) this.#studies.set(id, withEdits(left, edits));
    this.#studies.set(study.strategy.id, study);
    return this.#studies.get(strategyId) ?? null;
  }

  clear(): void {
    this.#studies.clear();
  }
}
