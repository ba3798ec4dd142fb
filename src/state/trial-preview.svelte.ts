import type { CallOptions, TrialEquity } from '../wire/lab.ts';
import type { Study } from '../domain/study/study.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'trials', label: 'Simulating the trial', ratio: 0 } as const;

/** One trial of a search with its curve, which the search itself does not keep. */
export class TrialPreview {
  readonly task = new Task();
  /** Number of the trial; −1 for none. */
  trial = $state(-1);
  /** Null until it is there. */
  curve = $state.raw<TrialEquity | null>(null);

  constructor(
    private readonly curveOf: (study: Study, options: CallOptions) => Promise<TrialEquity>,
    /** The study with that trial’s values. */
    private readonly studyOf: (trial: number) => Study,
  ) {}

  /** The newest wish counts. */
  async show(trial: number): Promise<void> {
    if (trial === this.trial && this.task.error === null) return;
    this.trial = trial;
    this.curve = null;
    if (this.task.busy) return;
    const curve = await this.task.attempt(first, (options) =>
      this.curveOf(this.studyOf(trial), options),
    );
    if (this.#wanted() === trial) this.curve = curve;
    else await this.show(this.#again());
  }

  #wanted(): number {
    return this.trial;
  }

  /** What was wished for meanwhile, as if it were wished for now. */
  #again(): number {
    const { trial } = this;
    this.trial = -1;
    return trial;
  }
}
