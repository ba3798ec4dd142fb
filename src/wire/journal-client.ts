import * as Comlink from 'comlink';
import { unwrap } from './errors.ts';
import type { JournalService } from './journal.ts';
import type { Reply } from './lab.ts';
import { orDeath } from './or-death.ts';
import { type JournalWorker, spawnJournalWorker } from './spawn.ts';

type JournalMethod = Exclude<keyof JournalService, 'watch'>;
type Answer<M extends JournalMethod> =
  ReturnType<JournalService[M]> extends Promise<Reply<infer T>> ? T : never;

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
    const { service, died } = this.#current();
    const ask = service[method] as (...all: typeof given) => Promise<Reply<Answer<M>>>;
    return unwrap(await orDeath(died, ask(...given)));
  }

  #current(): JournalWorker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.spawn();
    void worker.service.watch(Comlink.proxy(this.onChange));
    worker.died.catch(() => {
      worker.terminate();
      if (this.#worker === worker) this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }
}
