import type { CallOptions } from '../wire/lab.ts';
import type { Study } from '../domain/study/study.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'trials', label: 'Starting', ratio: 0 } as const;

/** One thing that validation finds out about a study: the last answer, and the study it belongs to. */
export class Answered<T> {
  readonly task = new Task();
  value = $state.raw<T | null>(null);
  study = $state.raw<Study | null>(null);
  #asked = 0;

  constructor(private readonly ask: (study: Study, options: CallOptions) => Promise<T>) {}

  /** The answer before stays until there is another one. */
  async find(study: Study): Promise<void> {
    if (this.task.busy) return;
    const mine = ++this.#asked;
    const value = await this.task.attempt(first, (options) => this.ask(study, options));
    if (mine !== this.#asked) this.task.cancelled = false;
    else if (value !== null) {
      this.value = value;
      this.study = study;
    }
  }

  /** Another dataset has come. */
  clear(): void {
    this.#asked++;
    this.task.cancel();
    this.task.error = null;
    this.task.cancelled = false;
    this.value = null;
    this.study = null;
  }
}
