import * as Comlink from 'comlink';
import { LabError } from '../domain/errors.ts';
import { unwrap } from './errors.ts';
import type { JournalService } from './journal.ts';
import type { Reply } from './lab.ts';
import { orDeath } from './or-death.ts';
import { type JournalWorker, spawnJournalWorker } from './spawn.ts';

type JournalMethod = Exclude<keyof JournalService, 'watch'>;
type Answer<M extends JournalMethod> =
  ReturnType<JournalService[M]> extends Promise<Reply<infer T>> ? T : never;

/** A file that was made to keep SQLite busy for ever ends with its worker, after so many ms. */
const longestMerge = 60_000;

/** The page’s journal, in a worker that the first call starts. A worker that died is replaced at the next call. */
export class JournalClient {
  #worker: JournalWorker | null = null;

  /** `onChange` is called when another tab has changed the journal. */
  constructor(
    private readonly onChange: () => void,
    private readonly spawn: () => JournalWorker = spawnJournalWorker,
  ) {}

  /** Calls a method of the journal by its name. */
  async call<M extends JournalMethod>(
    method: M,
    ...given: Parameters<JournalService[M]>
  ): Promise<Answer<M>> {
    const worker = this.#current();
    const ask = worker.service[method] as (...all: typeof given) => Promise<Reply<Answer<M>>>;
    const answer = orDeath(worker.died, ask(...given));
    return unwrap(
      await (method === 'merge' || method === 'livesOf' ? this.#inTime(worker, answer) : answer),
    );
  }

  async #inTime<T>(worker: JournalWorker, answer: Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(tooLong());
        this.#end(worker);
      }, longestMerge);
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  #end(worker: JournalWorker): void {
    worker.terminate();
    if (this.#worker === worker) this.#worker = null;
  }

  #current(): JournalWorker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.spawn();
    void worker.service.watch(Comlink.proxy(this.onChange));
    worker.died.catch(() => this.#end(worker));
    this.#worker = worker;
    return worker;
  }
}

const tooLong = (): LabError =>
  new LabError({
    kind: 'data',
    problem: 'This file kept the history’s database busy for a minute, and was given up.',
    remedy:
      'Take another copy of it: it is damaged, or was made to do that. The history is as it was.',
  });
