import type { LabErrorData } from '../domain/errors.ts';
import type { FileColumn } from '../domain/file-table.ts';
import { type QueryAnswer, mentions, runTables } from '../domain/query.ts';
import { queryExamples } from '../present/query-examples.ts';
import type { DatasetState } from './dataset.svelte.ts';
import { keep, kept } from './kept.ts';
import type { RunResult } from '../wire/lab.ts';
import type { Lab } from './lab.ts';
import type { RunState } from './run.svelte.ts';
import { Task } from './task.svelte.ts';
import type { ValidationState } from './validation.svelte.ts';

/** Seconds that a query may take. */
export const patiences = ['10', '60', '600'] as const;
export type Patience = (typeof patiences)[number];

const first = { phase: 'query', label: 'Preparing the tables', ratio: 0 } as const;

/** What a person asks in SQL, and the last answer. */
export class ConsoleState {
  readonly task = new Task();
  text = $state(kept('sql') ?? queryExamples[0]!.text);
  patience = $state<Patience>(patiences.find((one) => one === kept('sql-seconds')) ?? '10');
  answer = $state.raw<QueryAnswer | null>(null);
  /** What was asked for it. */
  asked = $state('');
  milliseconds = $state(0);
  /** The dataset that it is of. */
  fingerprint = $state('');
  /** Columns of the last run's features, once they are known. */
  features = $state.raw<readonly FileColumn[] | null>(null);
  /** It was stopped after so many seconds; 0 where it was not. */
  stoppedAfter = $state(0);
  /** It was stopped for a run or an import. */
  gaveWay = $state(false);

  constructor(
    private readonly lab: Lab,
    private readonly dataset: DatasetState,
    private readonly run: RunState,
    private readonly validation: ValidationState,
  ) {}

  write(text: string): void {
    this.text = text;
    this.task.error = null;
    keep('sql', text);
  }

  wait(patience: Patience): void {
    this.patience = patience;
    keep('sql-seconds', patience);
  }

  /** A run or an import goes first. */
  giveWay(): void {
    if (!this.task.busy) return;
    this.gaveWay = true;
    this.task.cancel();
  }

  /** Finds out what the last run's features are. */
  async learn(result: RunResult | null): Promise<void> {
    this.features = null;
    if (result === null) return;
    const columns = await this.lab.call('featureColumns', []).catch(() => null);
    if (this.run.result === result) this.features = columns;
  }

  /** What is wrong with the text as it stands. */
  get error(): LabErrorData | null {
    return this.task.error;
  }

  async ask(): Promise<void> {
    if (this.task.busy || this.dataset.summary === null) return;
    const { text, patience, run, validation } = this;
    const { fingerprint } = this.dataset.summary;
    const needsRun = run.result !== null && runTables.some((table) => mentions(text, table));
    const found = {
      search: mentions(text, 'trials') ? validation.search.value : null,
      walkForward: mentions(text, 'folds') ? validation.walkForward.value : null,
    };
    this.stoppedAfter = 0;
    this.gaveWay = false;
    let since = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const answer = await this.task.attempt(first, ({ signal, onProgress }) =>
      this.lab.call(needsRun ? 'queryRun' : 'query', [text, found], {
        signal,
        onProgress: (at) => {
          onProgress(at);
          // Only what the query itself takes counts, not what is made for it.
          if (at.phase !== 'query' || timer !== undefined) return;
          since = performance.now();
          timer = setTimeout(
            () => {
              this.stoppedAfter = Number(patience);
              this.task.cancel();
            },
            Number(patience) * 1000,
          );
        },
      }),
    );
    clearTimeout(timer);
    if (answer === null) return;
    this.stoppedAfter = 0;
    this.answer = answer;
    this.asked = text;
    this.fingerprint = fingerprint;
    this.milliseconds = performance.now() - since;
  }
}
