import type { Remote } from 'comlink';
import { LabError } from '../../src/domain/errors.ts';
import type { Market, Signals } from '../../src/domain/market.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import type { TrialCurve, TrialResult } from '../../src/domain/trial.ts';
import type { SuperiorPart } from '../../src/domain/validation/statistics/superior-ability.ts';
import { stopIfAborted } from '../engines/engine.ts';
import { nextMessage } from '../engines/next-message.ts';
import type { ReplayService } from './audit/replays.ts';
import { type SuperiorJob, type TrialService, createTrialService } from './trial-job.ts';

export interface SharedOptions {
  readonly signal?: AbortSignal | undefined;
  /** Trials, or jobs, of this call that are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface TrialOptions extends SharedOptions {
  /** Gets each trial's curve as it comes, by the place of its settings; without it none is made. */
  readonly onCurve?: ((place: number, curve: TrialCurve) => void) | undefined;
}

/** Simulates many settings on one market and one set of signals, and resamples. Calls are served in their order. */
export interface Trials {
  /** How many workers share what is asked. */
  readonly workers: number;
  /**
   * Results in the order of `settings`, the same bits however many workers there are. After an abort it resolves
   * with what is finished, null for the rest. Rejects with a LabError if a worker dies.
   */
  run(
    market: Market,
    signals: Signals,
    settings: readonly Settings[],
    options?: TrialOptions,
  ): Promise<readonly (TrialResult | null)[]>;
  /** What each job gives, in their order; rejects with a LabError if a worker dies or the call is aborted. */
  superior(jobs: readonly SuperiorJob[], options?: SharedOptions): Promise<readonly SuperiorPart[]>;
  /** Lets go of all workers and of what they hold; the next call starts new ones. */
  close(): void;
  /** Starts further workers, one for each core but this thread's, which replay; who asked for them ends them. */
  lendReplayers(): readonly LentWorker<ReplayService>[];
}

/** A running worker of the pool's kind, which answers to a service. */
export interface LentWorker<S> {
  readonly service: S | Remote<S>;
  /** Rejects if the worker dies by itself; never resolves. */
  readonly died: Promise<never>;
  terminate(): void;
}

export type TrialWorker = LentWorker<TrialService>;

/** What its death is told as. */
export const workerStopped = (
  cause: string,
  remedy = 'Try again; if it stops again, use fewer trials or a smaller dataset.',
): LabError =>
  new LabError({ kind: 'engine', problem: 'A worker that ran trials stopped.', remedy, cause });

/** Bytes that are left free for a worker: its code, one simulation at a time, its copy of a million bars. */
const roomOfWorker = 256 * 1024 * 1024;

/** One worker for each core, as far as half of the memory (bytes) has room for them; at least one. */
export const workersFor = (cores: number, memory: number): number =>
  Math.max(1, Math.min(cores, Math.floor(memory / 2 / roomOfWorker)));

/** A worker, and what it was sent last. */
interface Seat {
  readonly worker: TrialWorker;
  market: Market | null;
  signals: Signals | null;
}

/** One call: batches of its items, trials or jobs, are taken from the front. */
interface SharedCall {
  readonly items: number;
  /** Items that one batch holds at most. */
  readonly most: number;
  /** Has a worker do the items from one to another; what it gives is taken by what is returned. */
  readonly work: (seat: Seat, from: number, to: number) => Promise<() => void>;
  taken: number;
  done: number;
  readonly onProgress: SharedOptions['onProgress'];
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

/** A batch is this share of what is left for each worker: fewer messages at first, and none waits long for the last one. */
const shareOfLeft = 1 / 2;
const largestBatch = 32;

/**
 * Up to `workers` workers that share the batches of all calls. A market and a set of signals reach each worker once,
 * with the first batch that needs them; nothing here grows with the number of trials but their results.
 */
export class TrialPool implements Trials {
  readonly #seats = new Set<Seat>();
  readonly #idle: Seat[] = [];
  readonly #calls = new Set<SharedCall>();

  constructor(
    private readonly spawn: () => TrialWorker,
    readonly workers: number,
    private readonly spawnReplayer?: () => LentWorker<ReplayService>,
  ) {}

  async run(
    market: Market,
    signals: Signals,
    settings: readonly Settings[],
    options: TrialOptions = {},
  ): Promise<readonly (TrialResult | null)[]> {
    const { onCurve } = options;
    const results = Array.from<TrialResult | null>({ length: settings.length }).fill(null);
    const work: SharedCall['work'] = async (seat, from, to) => {
      const job = {
        market: seat.market === market ? null : market,
        signals: seat.signals === signals ? null : signals,
        settings: settings.slice(from, to),
        curves: onCurve !== undefined,
      };
      seat.market = market;
      seat.signals = signals;
      try {
        const outcomes = await seat.worker.service.run(job);
        return () => {
          for (const [i, { result, curve }] of outcomes.entries()) {
            results[from + i] = result;
            if (curve !== null) onCurve?.(from + i, curve);
          }
        };
      } catch (error) {
        seat.market = seat.signals = null; // It may not have got them.
        throw error;
      }
    };
    await this.#share(settings.length, largestBatch, work, options);
    return results;
  }

  async superior(
    jobs: readonly SuperiorJob[],
    options: SharedOptions = {},
  ): Promise<readonly SuperiorPart[]> {
    const parts: SuperiorPart[] = [];
    const work: SharedCall['work'] = async ({ worker }, at) => {
      const part = await worker.service.superior(jobs[at]!);
      return () => void (parts[at] = part);
    };
    await this.#share(jobs.length, 1, work, options);
    stopIfAborted(options.signal);
    return parts;
  }

  /** Resolves when all items are done, or after an abort. */
  #share(
    items: number,
    most: number,
    work: SharedCall['work'],
    { signal, onProgress }: SharedOptions,
  ): Promise<void> {
    if (items === 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        signal?.removeEventListener('abort', stop);
        if (this.#calls.delete(call)) outcome();
      };
      const stop = (): void => end(resolve);
      const call: SharedCall = {
        items,
        most,
        work,
        taken: 0,
        done: 0,
        onProgress,
        finish: stop,
        fail: (error) =>
          end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      };
      signal?.addEventListener('abort', stop);
      this.#calls.add(call);
      this.#employ(Math.min(items, this.workers));
    });
  }

  close(): void {
    for (const { worker } of this.#seats) worker.terminate();
    this.#seats.clear();
    this.#idle.length = 0;
  }

  lendReplayers(): readonly LentWorker<ReplayService>[] {
    const { spawnReplayer, workers } = this;
    return spawnReplayer === undefined ? [] : Array.from({ length: workers - 1 }, spawnReplayer);
  }

  /** Gives up to so many workers something to do. */
  #employ(workers: number): void {
    for (let i = 0; i < workers; i++) {
      const seat = this.#idle.pop() ?? (this.#seats.size < this.workers ? this.#seat() : undefined);
      if (seat === undefined) return;
      void this.#work(seat);
    }
  }

  #seat(): Seat {
    const worker = this.spawn();
    const seat: Seat = { worker, market: null, signals: null };
    this.#seats.add(seat);
    worker.died.catch((error: unknown) => {
      if (!this.#seats.has(seat)) return;
      this.close();
      for (const call of this.#calls) call.fail(error);
    });
    return seat;
  }

  /** Batch after batch, as long as there are any. */
  async #work(seat: Seat): Promise<void> {
    for (let call = this.#next(); call !== undefined; call = this.#next()) {
      const from = call.taken;
      const share = Math.ceil(((call.items - from) * shareOfLeft) / this.workers);
      const to = from + Math.min(call.most, share);
      call.taken = to;
      try {
        const take = await call.work(seat, from, to);
        if (this.#calls.has(call)) {
          take();
          call.done += to - from;
          call.onProgress?.(call.done);
          if (call.done === call.items) call.finish();
        }
      } catch (error) {
        call.fail(error);
      }
      if (!this.#seats.has(seat)) return; // The pool was closed meanwhile.
    }
    this.#idle.push(seat);
  }

  #next(): SharedCall | undefined {
    for (const call of this.#calls) if (call.taken < call.items) return call;
    return undefined;
  }
}

/** Trials in this thread, which serves other messages between batches. */
export function trialsInProcess(): Trials {
  return new TrialPool(() => {
    const service = createTrialService();
    return {
      service: {
        async run(job) {
          await nextMessage();
          return service.run(job);
        },
        superior: (job) => service.superior(job),
      },
      died: new Promise<never>(() => undefined),
      terminate: () => undefined,
    };
  }, 1);
}
