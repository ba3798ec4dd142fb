import type { HistoryState } from './history.svelte.ts';

type Write = (history: HistoryState) => Promise<void>;

/** Brings what was found into the history, which is fetched for it, and says what could not be stored. */
export class Keeping {
  busy = $state(false);
  #history = $state.raw<HistoryState | null>(null);
  /** Not even the history’s code could be fetched. */
  #offline = $state(false);
  readonly #waiting: Write[] = [];

  constructor(private readonly journal: () => Promise<HistoryState>) {}

  /** Why not all of it is stored; null where it is. */
  get problem(): string | null {
    if (this.#offline) return 'The history could not be fetched. Check the connection.';
    return this.#history?.unstored ?? null;
  }

  /** There will be something to keep soon. */
  prepare(): void {
    void this.journal().then(
      (history) => history.prepare(),
      () => undefined, // The attempt that matters says so.
    );
  }

  /** Resolves when it is stored, or cannot be: then `problem` says why. */
  async keep(write: Write): Promise<void> {
    this.#waiting.push(write);
    await this.#flush();
  }

  /** Stores what waits, if that is possible by now. */
  async retry(): Promise<void> {
    this.busy = true;
    await this.#flush();
    await this.#history?.retry();
    this.busy = false;
  }

  async #flush(): Promise<void> {
    const history = await this.journal().catch(() => null);
    this.#offline = history === null;
    if (history === null) return;
    this.#history = history;
    await Promise.all(this.#waiting.splice(0).map((write) => write(history)));
  }
}
