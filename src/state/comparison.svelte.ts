import { errorData } from '../wire/errors.ts';
import type { JournalClient } from '../wire/journal-client.ts';
import type { PinnedRun, SharpeComparison } from '../domain/journal.ts';
import type { LabErrorData } from '../domain/errors.ts';
import type { Curve } from '../domain/validation/statistics/common-sessions.ts';
import { type SettingSection, differingSections } from '../domain/study/differing.ts';
import { asReadNow } from '../present/run-changes.ts';
import { fieldsByPath } from './dimensions.ts';
import { type Field, formOf } from '../domain/study/form.ts';
import type { ComparedRun } from '../domain/growth.ts';
import { type MetricRow, metricRows } from '../domain/metric-differences.ts';

/** Pinned runs side by side, the first being what the others are compared with. */
export class ComparisonState {
  readonly runs: readonly ComparedRun[];
  readonly metrics: readonly MetricRow[];
  readonly sections: readonly SettingSection[];
  /** The settings of all their strategies, by path. */
  readonly fields: ReadonlyMap<string, Field>;
  /** One for each run but the first; null until they are there. */
  sharpe = $state.raw<readonly SharpeComparison[] | null>(null);
  error = $state.raw<LabErrorData | null>(null);

  /** Reads what the journal keeps of these runs. */
  static async of(pinned: readonly PinnedRun[], journal: JournalClient): Promise<ComparisonState> {
    const ids = pinned.map(({ run }) => run.id);
    const read = Promise.all([journal.call('studies', ids), journal.call('curves', ids)]);
    const sharpe = journal.call('compareSharpe', ids);
    sharpe.catch(() => undefined); // Told below.
    const [kept, curves] = await read;
    const studies: unknown[] = [];
    for (const study of kept) {
      await new Promise((resolve) => setTimeout(resolve)); // Each takes a while: the page answers in between.
      studies.push(asReadNow(study));
    }
    const comparison = new ComparisonState(pinned, studies, curves);
    void comparison.#take(sharpe);
    return comparison;
  }

  private constructor(
    pinned: readonly PinnedRun[],
    studies: readonly unknown[],
    curves: readonly (Curve | null)[],
  ) {
    this.runs = pinned.map((one, i) => ({ ...one, curve: curves[i] ?? null }));
    this.metrics = metricRows(pinned.map(({ run }) => run));
    this.sections = differingSections(studies);
    this.fields = fieldsByPath(pinned.flatMap(({ run }) => formOf(run.strategy)));
  }

  async #take(sharpe: Promise<readonly SharpeComparison[]>): Promise<void> {
    try {
      this.sharpe = await sharpe;
    } catch (error) {
      const data = errorData(error);
      if (data.kind !== 'cancelled') this.error = data; // A newer comparison has taken its place.
    }
  }

  isOf(pinned: readonly PinnedRun[]): boolean {
    const key = (runs: readonly PinnedRun[]) =>
      runs.map(({ place, run }) => `${place} ${run.id}`).join();
    return key(this.runs) === key(pinned);
  }
}
