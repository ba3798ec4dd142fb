import type { PinnedRun } from '../domain/journal.ts';
import type { ComparedRun } from '../domain/growth.ts';
import type { JournalClient } from '../wire/journal-client.ts';

/** The pinned runs with their whole curves, read anew only when others are pinned. */
export class PinnedCurves {
  /** Those whose whole curve is kept. */
  runs = $state.raw<readonly ComparedRun[]>([]);
  #wanted = '';

  constructor(private readonly journal: JournalClient) {}

  async follow(pinned: readonly PinnedRun[]): Promise<void> {
    const ids = pinned.map(({ run }) => run.id);
    if (ids.join() === this.#wanted) return;
    this.#wanted = ids.join();
    const curves = ids.length === 0 ? [] : await this.journal.call('curves', ids);
    if (ids.join() !== this.#wanted) return;
    this.runs = pinned
      .map((one, i) => ({ ...one, curve: curves[i] ?? null }))
      .filter(({ curve }) => curve !== null);
  }
}
