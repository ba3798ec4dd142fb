import { LabError } from '../domain/errors.ts';
import { unwrap } from './errors.ts';
import {
  type Answer,
  type Arguments,
  type CallLab,
  type CallOptions,
  type EngineInfo,
  type InputFile,
  type LabMethod,
  type LabService,
  type OnProgress,
  type Reply,
  ask,
  labMethods,
} from './lab.ts';
import { orDeath } from './or-death.ts';
import { reporting } from './progress.ts';
import { type LabWorker, spawnLabWorker } from './spawn.ts';

/** One worker from start to end, and what it holds. */
interface Life extends LabWorker {
  readonly started: Promise<Reply<EngineInfo>>;
  onStart: OnProgress;
  hasData: boolean;
  hasRun: boolean;
}

/** A worker that has not answered a cancel after this many milliseconds is terminated. */
const patience = 400;
/** One that has finished trials to hand over gets so many. */
const patienceForTrials = 10_000;

/**
 * What the page talks to. Calls wait for one another; an abort always ends a call within `patience`: a worker that
 * does not stop is replaced, and gets the kept files and, if asked for it, the last run again.
 */
export class LabClient {
  #life: Life | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #files: readonly InputFile[] | null = null;
  #study: unknown = null;

  constructor(private readonly spawn: () => LabWorker = spawnLabWorker) {}

  /** Begins to fetch the engine; calls that need it wait for it. */
  start(): void {
    this.#current();
  }

  /** Takes up where an earlier visit ended: whatever needs the files or the run brings them into the worker first. */
  resume(files: readonly InputFile[], study: unknown): void {
    this.#files = files;
    this.#study = study;
    if (this.#life !== null) this.#life.hasData = this.#life.hasRun = false;
  }

  /**
   * Calls a method of the lab, with the dataset and the run that it needs. An abort of a search resolves with the
   * trials that were finished, if there are any.
   */
  call: CallLab = async <M extends LabMethod>(
    method: M,
    given: Arguments<M>,
    options: CallOptions = {},
  ): Promise<Answer<M>> => {
    const wait = labMethods[method].keepsFinished ? patienceForTrials : patience;
    return this.#exclusive(
      options,
      async (life, progress) => {
        const next = await this.#prepared(life, method, progress);
        const answer = unwrap(
          await reporting(next, (progress) => ask(serviceOf(life), method, given, progress)),
        );
        this.#keep(life, method, given);
        return answer;
      },
      wait,
    );
  };

  /** Brings the worker to where a method can be called; returns the progress that is left for it. */
  async #prepared(life: Life, method: LabMethod, progress: OnProgress): Promise<OnProgress> {
    const { needs } = labMethods[method];
    if (needs === 'nothing') return this.#started(life, progress);
    if (needs === 'data' || life.hasRun || this.#study === null)
      return this.#restoreData(life, progress);
    await this.#restoreRun(life, part(progress, 0, 0.5));
    return part(progress, 0.5, 1);
  }

  /** What the next worker would have to be given again. */
  #keep(life: Life, method: LabMethod, given: readonly unknown[]): void {
    if (method === 'importFiles') {
      this.#files = given[0] as readonly InputFile[];
      this.#study = null;
      life.hasData = true;
      life.hasRun = false;
    }
    if (method === 'run') {
      this.#study = given[0];
      life.hasRun = true;
    }
  }

  /** A worker that came after the last run repeats it: the same study gives the same bits. */
  async #restoreRun(life: Life, progress: OnProgress): Promise<void> {
    const next = await this.#restoreData(life, progress);
    unwrap(
      await reporting(next, (progress) => ask(serviceOf(life), 'run', [this.#study], progress)),
    );
    life.hasRun = true;
  }

  /** A worker that came after the import gets the files again; returns the progress that is left. */
  async #restoreData(life: Life, progress: OnProgress): Promise<OnProgress> {
    if (life.hasData || this.#files === null) return progress;
    const afterStart = await this.#started(life, part(progress, 0, 0.5));
    const files = this.#files;
    unwrap(
      await reporting(afterStart, (progress) =>
        ask(serviceOf(life), 'importFiles', [files], progress),
      ),
    );
    life.hasData = true;
    return part(progress, 0.5, 1);
  }

  /** Waits for the engine; returns the progress that is left for what follows. */
  async #started(life: Life, progress: OnProgress): Promise<OnProgress> {
    let next = progress;
    life.onStart = (at) => {
      next = part(progress, 0.7, 1); // The start was still under way.
      part(progress, 0, 0.7)(at);
    };
    const answer = await life.started;
    if (!answer.ok) this.#bury(life); // The next call tries a new one.
    unwrap(answer);
    return next;
  }

  async #exclusive<T>(
    { signal, onProgress }: CallOptions,
    work: (life: Life, progress: OnProgress) => Promise<T>,
    wait = patience,
  ): Promise<T> {
    let settled = false;
    const progress: OnProgress = (at) => {
      if (!settled) onProgress?.(at);
    };
    const before = this.#last;
    let begun = false;
    const outcome = (async () => {
      await before;
      if (signal?.aborted) throw cancelled();
      begun = true;
      const life = this.#current();
      return await this.#stoppable(life, work(life, progress), signal, wait);
    })();
    this.#last = outcome.then(nothing, nothing); // A promise of the answer would keep it.
    try {
      return await endedLate(outcome, signal, () => (begun ? wait : patience));
    } finally {
      settled = true;
    }
  }

  /** Settles with the call, or when the worker dies, or when it does not stop after an abort. */
  #stoppable<T>(
    life: Life,
    call: Promise<T>,
    signal: AbortSignal | undefined,
    wait: number,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = () => {
        void life.service.cancel();
        timer = setTimeout(() => {
          this.#bury(life);
          this.#current(); // The next worker starts at once.
          reject(cancelled());
        }, wait);
      };
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      };
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
      const ended = orDeath(life.died, call).finally(end);
      ended.then(resolve, (error: unknown) => {
        const data = error instanceof LabError ? error.data : undefined;
        // The abort broke something in it, or it says so itself.
        if ((signal?.aborted === true && data?.kind !== 'cancelled') || data?.code === 'spent') {
          this.#bury(life);
          this.#current();
        }
        reject(signal?.aborted ? cancelled() : (error as Error));
      });
    });
  }

  #current(): Life {
    if (this.#life !== null) return this.#life;
    const life = (this.#life = born(this.spawn()));
    life.died.catch(() => this.#bury(life)); // While nobody waits for it: the next call gets another.
    return life;
  }

  #bury(life: Life): void {
    life.terminate();
    if (this.#life === life) this.#life = null;
  }
}

function born(worker: LabWorker): Life {
  const life: Life = {
    ...worker,
    started: reporting(
      (at) => life.onStart(at),
      (progress) => ask(serviceOf(worker), 'start', [], progress),
    ),
    onStart: () => undefined,
    hasData: false,
    hasRun: false,
  };
  return life;
}

/** Comlink’s promise of a reply’s promise is the reply’s promise, which its types cannot say of a generic method. */
const serviceOf = ({ service }: LabWorker): Pick<LabService, LabMethod> => service;

function part(progress: OnProgress, from: number, to: number): OnProgress {
  return (at) => progress({ ...at, ratio: from + (to - from) * at.ratio });
}

const nothing = (): void => undefined;

function cancelled(): LabError {
  return new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
}

/** A call that still waits for its turn, or is between two messages, ends this much after the abort. */
function endedLate<T>(
  outcome: Promise<T>,
  signal: AbortSignal | undefined,
  wait: () => number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void setTimeout(() => reject(cancelled()), wait() + 20);
    signal?.addEventListener('abort', stop, { once: true });
    const end = (): void => signal?.removeEventListener('abort', stop);
    outcome.finally(end).then(resolve, reject);
  });
}
