import type { FileTable } from '../domain/file-table.ts';
import type { Study } from '../domain/study/study.ts';
import type { Learning } from '../domain/validation/learning.ts';
import { type LedgerTrial, trialsOfSearch } from '../domain/validation/ledger.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';
import { Answered } from './answered.svelte.ts';
import type { CallOptions, ExportFile, TrialEquity } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';

/** How the study is put to the test. One test at a time: they share the engine. */
export class ValidationState {
  readonly search: Answered<SearchResult>;
  readonly walkForward: Answered<WalkForward>;
  readonly crossValidation: Answered<CrossValidation>;
  readonly learning: Answered<Learning>;
  readonly exportTask = new Task();

  /** `count` gets what was tried, for the trial ledger. */
  constructor(
    private readonly lab: Lab,
    count: (trials: readonly LedgerTrial[]) => void,
  ) {
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

  /** All trials of a search with their numbers; null if that failed. */
  async exportedTrials(trials: () => FileTable, format: TableFormat): Promise<ExportFile | null> {
    const { savedTable } = await import('./saved-table.ts');
    return savedTable(this.exportTask, 'trials', format, trials);
  }

  /** The returns of all trials of the study's search; null if that failed. */
  exportedReturns(study: Study, format: TableFormat): Promise<ExportFile | null> {
    const first = { phase: 'results', label: `Writing returns.${format}`, ratio: 0 } as const;
    return this.exportTask.attempt(first, (options) =>
      this.lab.call('exportReturns', [study, format], options),
    );
  }

  /** The curve of a study, simulated as a search does. */
  readonly trialEquity = (study: Study, options: CallOptions): Promise<TrialEquity> =>
    this.lab.call('trialEquity', [study], options);

  get busy(): boolean {
    return this.exportTask.busy || this.#all.some(({ task }) => task.busy);
  }

  /** What may be under way, one at a time. */
  get tasks(): readonly Task[] {
    return this.#all.map(({ task }) => task);
  }

  cancel(): void {
    for (const { task } of this.#all) task.cancel();
    this.exportTask.cancel();
  }

  clear(): void {
    for (const finding of this.#all) finding.clear();
    this.exportTask.cancel();
    this.exportTask.error = null;
  }

  get #all() {
    return [this.search, this.walkForward, this.crossValidation, this.learning];
  }
}
