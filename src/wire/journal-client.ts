import * as Comlink from 'comlink';
import type { Curve } from '../domain/validation/statistics/common-sessions.ts';
import { unwrap } from './errors.ts';
import type {
  JournalStatus,
  Ledger,
  Merged,
  RunPage,
  RunRecord,
  SharpeComparison,
  TrialRecord,
} from './journal.ts';
import type { Reply } from './lab.ts';
import { type JournalWorker, spawnJournalWorker } from './spawn.ts';

export type {
  HeadlineMetric,
  JournalStatus,
  Ledger,
  Merged,
  PinnedRun,
  RunRecord,
  RunSummary,
  SharpeComparison,
  SharpeTest,
  TrialRecord,
} from './journal.ts';
export { leastCommonSessions, mostPinned } from './journal.ts';

/** The page’s journal, in a worker that the first call starts. A worker that died is replaced at the next call. */
export class JournalClient {
  #worker: JournalWorker | null = null;

  /** `onChange` is called when another tab has changed the journal. */
  constructor(
    private readonly onChange: () => void,
    private readonly spawn: () => JournalWorker = spawnJournalWorker,
  ) {}

  open = (): Promise<JournalStatus> => this.#call((journal) => journal.open());

  /** The answer is the run’s id. */
  recordRun = (run: RunRecord): Promise<string> => this.#call((journal) => journal.recordRun(run));

  /** Thousands at once: one transaction. */
  recordTrials = (
    fingerprint: string,
    trials: readonly TrialRecord[],
    madeAt: string,
  ): Promise<null> => this.#call((journal) => journal.recordTrials(fingerprint, trials, madeAt));

  ledger = (fingerprint: string): Promise<Ledger> =>
    this.#call((journal) => journal.ledger(fingerprint));

  runs = (limit: number, offset: number): Promise<RunPage> =>
    this.#call((journal) => journal.runs(limit, offset));

  studies = (runs: readonly string[]): Promise<readonly unknown[]> =>
    this.#call((journal) => journal.studies(runs));

  pin = (run: string): Promise<null> => this.#call((journal) => journal.pin(run));

  unpin = (runs: readonly string[]): Promise<null> => this.#call((journal) => journal.unpin(runs));

  curves = (runs: readonly string[]): Promise<readonly (Curve | null)[]> =>
    this.#call((journal) => journal.curves(runs));

  /** The first of them with each of the others. */
  compareSharpe = (runs: readonly string[]): Promise<readonly SharpeComparison[]> =>
    this.#call((journal) => journal.compareSharpe(runs));

  /** The answer, merged, brings them back. */
  deleteRuns = (runs: readonly string[]): Promise<Uint8Array> =>
    this.#call((journal) => journal.deleteRuns(runs));

  /** The answer, merged, brings everything back. */
  clear = (): Promise<Uint8Array> => this.#call((journal) => journal.clear());

  image = (): Promise<Uint8Array> => this.#call((journal) => journal.image());

  merge = (image: Uint8Array): Promise<Merged> => this.#call((journal) => journal.merge(image));

  async #call<T>(ask: (journal: JournalWorker['service']) => Promise<Reply<T>>): Promise<T> {
    const { service, died } = this.#current();
    return unwrap(await Promise.race([ask(service), died]));
  }

  #current(): JournalWorker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.spawn();
    void worker.service.watch(Comlink.proxy(this.onChange));
    worker.died.catch(() => {
      worker.terminate();
      this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }
}
