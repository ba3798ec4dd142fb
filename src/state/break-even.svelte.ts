import type { BreakEven } from '../domain/break-even.ts';
import type { Lab } from './lab.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'trials', label: 'Starting the search', ratio: 0 } as const;

/** Where the last run’s edge dies. */
export class BreakEvenState {
  readonly task = new Task();
  value = $state.raw<BreakEven | null>(null);
  #search = 0;

  constructor(private readonly lab: Lab) {}

  async find(): Promise<void> {
    const mine = ++this.#search;
    const value = await this.task.attempt(first, (options) =>
      this.lab.call('breakEven', [], options),
    );
    if (mine === this.#search) this.value = value;
    else this.task.cancelled = false;
  }

  /** Another run is about to take the place of the one it belongs to. */
  clear(): void {
    this.#search++;
    this.task.cancel();
    this.task.error = null;
    this.task.cancelled = false;
    this.value = null;
  }
}
