import { errorData } from '../wire/errors.ts';
import type { Progress } from '../wire/lab.ts';
import type { LabErrorData } from '../domain/errors.ts';
import { Eta } from './eta.ts';
import { tell } from './tell.ts';

/** One long call at a time: its progress, how it failed, and how to stop it. */
export class Task {
  progress = $state.raw<Progress | null>(null);
  error = $state.raw<LabErrorData | null>(null);
  cancelled = $state(false);
  /** A cancel was asked for and has not ended the work yet. */
  stopping = $state(false);
  /** Milliseconds until it is done, as far as can be told. */
  left = $state<number | null>(null);
  #eta = new Eta();
  #controller: AbortController | null = null;

  get busy(): boolean {
    return this.progress !== null;
  }

  /** Runs `work`; null if it failed or was cancelled (then `error` or `cancelled` says so). */
  async attempt<T>(
    first: Progress,
    work: (options: {
      signal: AbortSignal;
      onProgress: (progress: Progress) => void;
    }) => Promise<T>,
  ): Promise<T | null> {
    if (this.busy) return null;
    const controller = new AbortController();
    this.#controller = controller;
    this.#eta = new Eta();
    this.progress = first;
    this.error = null;
    this.cancelled = false;
    try {
      return await work({
        signal: controller.signal,
        onProgress: (progress) => {
          if (!controller.signal.aborted && this.#controller === controller)
            this.#advance(progress);
        },
      });
    } catch (error) {
      const data = errorData(error);
      if (data.kind === 'cancelled' || controller.signal.aborted) this.cancelled = true;
      else {
        this.error = data;
        void tell(data);
      }
      return null;
    } finally {
      this.#controller = null;
      this.progress = null;
      this.stopping = false;
      this.left = null;
    }
  }

  cancel(): void {
    if (this.#controller === null) return;
    this.stopping = true;
    this.#controller.abort();
  }

  /** A bar never runs backwards. */
  #advance(progress: Progress): void {
    const ratio = Math.min(Math.max(progress.ratio, this.progress?.ratio ?? 0, 0), 1);
    this.progress = { ...progress, ratio };
    this.left = this.#eta.at(performance.now(), ratio);
  }
}
