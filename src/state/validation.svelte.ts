import type { Learning } from '../domain/validation/learning.ts';
import { type LedgerTrial, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';
import { Answered } from './answered.svelte.ts';
import type { Lab } from './lab.ts';

/** How the study is put to the test. One test at a time: they share the engine. */
export class ValidationState {
  readonly search: Answered<SearchResult>;
  readonly walkForward: Answered<WalkForward>;
  readonly crossValidation: Answered<CrossValidation>;
  readonly learning: Answered<Learning>;

  /** `count` gets what was tried, for the trial ledger. */
  constructor(lab: Lab, count: (trials: readonly LedgerTrial[]) => void) {
    this.search = new Answered(async (study, options) => {
      const found = await lab.call('search', [study], options);
      count(trialsOfSearch(found));
      return found;
    });
    this.walkForward = new Answered(async (study, options) => {
      const found = await lab.call('walkForward', [study], options);
      count(found.tried);
      return found;
    });
    this.crossValidation = new Answered(async (study, options) => {
      const found = await lab.call('crossValidate', [study], options);
      count(found.tried);
      return found;
    });
    this.learning = new Answered((study, options) => lab.call('learn', [study], options));
  }

  get busy(): boolean {
    return this.#all.some(({ task }) => task.busy);
  }

  cancel(): void {
    for (const { task } of this.#all) task.cancel();
  }

  clear(): void {
    for (const finding of this.#all) finding.clear();
  }

  get #all() {
    return [this.search, this.walkForward, this.crossValidation, this.learning];
  }
}
