import type { Study } from '../domain/study/study.ts';

interface Settings {
  readonly study: Study;
  /** Whether it has what goes with the bundled data. */
  readonly sampled: boolean;
}

/** The settings on the other side of a change, and what the change was. */
export interface Step extends Settings {
  /** Follows “Undo:” and “Redo:”. */
  readonly name: string;
  /** Of the only setting that it changed, or of the group; null where it changed more. */
  readonly path: string | null;
}

const most = 50;

/** Changes of the settings that can be undone and redone, the last ones. */
export class Steps {
  #past = $state.raw<readonly Step[]>([]);
  #future = $state.raw<readonly Step[]>([]);

  get undoable(): Step | null {
    return this.#past.at(-1) ?? null;
  }
  get redoable(): Step | null {
    return this.#future.at(-1) ?? null;
  }

  /** Notes what was before a change. */
  add(step: Step): void {
    this.#past = [...this.#past, step].slice(-most);
    this.#future = [];
  }

  /** What was before the last change is no longer to be come back to. */
  drop(): void {
    this.#past = this.#past.slice(0, -1);
    this.#future = [];
  }

  /** The settings before the last change; null where there is none. `now` is what redo leads to. */
  back(now: Settings): Step | null {
    const step = this.undoable;
    if (step === null) return null;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, { ...step, ...now }];
    return step;
  }

  /** The settings after the change that was undone last; null where there is none. */
  forth(now: Settings): Step | null {
    const step = this.redoable;
    if (step === null) return null;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, { ...step, ...now }];
    return step;
  }
}
