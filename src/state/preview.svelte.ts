import { errorData } from '../wire/errors.ts';
import type { LabErrorData } from '../domain/errors.ts';
import type { Preview } from '../domain/strategies/custom/preview.ts';
import type { Study } from '../domain/study/study.ts';
import type { Lab } from './lab.ts';

/** After this many milliseconds without a change the expressions are asked. */
const pause = 400;

/** How often a custom study’s expressions are met on the dataset, as they are typed. */
export class PreviewState {
  value = $state.raw<Preview | null>(null);
  error = $state.raw<LabErrorData | null>(null);
  /** What is shown belongs to an earlier text. */
  stale = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #controller: AbortController | null = null;

  constructor(private readonly lab: Lab) {}

  /** Asks soon, unless another question comes first: it takes this one’s place. */
  ask(study: Study): void {
    this.stop();
    this.stale = true;
    this.#timer = setTimeout(() => void this.#read(study), pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#controller = null;
  }

  clear(): void {
    this.stop();
    this.value = null;
    this.error = null;
    this.stale = false;
  }

  async #read(study: Study): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const value = await this.lab.call('preview', [study], { signal: controller.signal });
      if (this.#controller !== controller) return;
      this.value = value;
      this.error = null;
    } catch (error) {
      if (this.#controller !== controller) return;
      this.value = null;
      this.error = errorData(error);
    }
    this.stale = false;
  }
}
