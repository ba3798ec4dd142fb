import type { Remote } from 'comlink';
import { LabError } from '../../src/domain/errors.ts';
import type { Market, Signals } from '../../src/domain/market.ts';
import type { Settings } from '../../src/domain/study/schema.ts';
import type { TrialCurve, TrialOutcome, TrialResult } from '../../src/domain/trial.ts';
import { nextMessage } from '../engines/next-message.ts';
import type { ReplayService } from './audit/replays.ts';
import { type TrialService, createTrialService } from './trial-job.ts';

export interface TrialOptions {
  readonly signal?: AbortSignal | undefined;
  /** Trials of this call that are done. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Gets each trial's curve as it comes, by the place of its settings; without it none is made. */
  readonly onCurve?: ((place: number, curve: TrialCurve) => void) | undefined;
}

/** Simulates many settings on one market and one set of signals. Calls are served in their order. */
export interface Trials {
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

/** One call: its batches are taken from the front. */
interface TrialCall {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: readonly Settings[];
  readonly results: (TrialResult | null)[];
  taken: number;
  done: number;
  readonly onProgress: TrialOptions['onProgress'];
  readonly onCurve: TrialOptions['onCurve'];
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

/** A batch is this share of what is left for each worker: fewer messages at first, and none waits long for the last one. */
const shareOfLeft = 1 / 2;
const largestBatch = 32;

/**
 * Up to `size` workers that share the batches of all calls. A market and a set of signals reach each worker once,
 * with the first batch that needs them; nothing here grows with the number of trials but their results.
 */
export class TrialPool implements Trials {
  readonly #seats = new Set<Seat>();
  readonly #idle: Seat[] = [];
  readonly #calls = new Set<TrialCall>();

  constructor(
    private readonly spawn: () => TrialWorker,
    private readonly size: number,
    private readonly spawnReplayer?: () => LentWorker<ReplayService>,
  ) {}

  run(
    market: Market,
    signals: Signals,
    settings: readonly Settings[],
    { signal, onProgress, onCurve }: TrialOptions = {},
  ): Promise<readonly (TrialResult | null)[]> {
    const results = Array.from<TrialResult | null>({ length: settings.length }).fill(null);
    if (settings.length === 0 || signal?.aborted) return Promise.resolve(results);
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        signal?.removeEventListener('abort', stop);
        if (this.#calls.delete(call)) outcome();
      };
      const stop = (): void => end(() => resolve(results));
      const call: TrialCall = {
        market,
        signals,
        settings,
        results,
        taken: 0,
        done: 0,
        onProgress,
        onCurve,
        finish: stop,
        fail: (error) =>
          end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      };
      signal?.addEventListener('abort', stop);
      this.#calls.add(call);
      this.#employ(Math.min(settings.length, this.size));
    });
  }

  close(): void {
    for (const { worker } of this.#seats) worker.terminate();
    this.#seats.clear();
    this.#idle.length = 0;
  }

  lendReplayers(): readonly LentWorker<ReplayService>[] {
    const { spawnReplayer, size } = this;
    return spawnReplayer === undefined ? [] : Array.from({ length: size - 1 }, spawnReplayer);
  }

  /** Gives up to so many workers something to do. */
  #employ(workers: number): void {
    for (let i = 0; i < workers; i++) {
      const seat = this.#idle.pop() ?? (this.#seats.size < this.size ? this.#seat() : undefined);
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
      const first = call.taken;
      const share = Math.ceil(((call.settings.length - first) * shareOfLeft) / this.size);
      call.taken += Math.min(largestBatch, share);
      const { market, signals } = call;
      const job = {
        market: seat.market === market ? null : market,
        signals: seat.signals === signals ? null : signals,
        settings: call.settings.slice(first, call.taken),
        curves: call.onCurve !== undefined,
      };
      seat.market = market;
      seat.signals = signals;
      try {
        const results = await seat.worker.service.run(job);
        if (this.#calls.has(call)) take(call, first, results);
      } catch (error) {
        seat.market = seat.signals = null; // It may not have got them.
        call.fail(error);
      }
      if (!this.#seats.has(seat)) return; // The pool was closed meanwhile.
    }
    this.#idle.push(seat);
  }

  #next(): TrialCall | undefined {
    for (const call of this.#calls) if (call.taken < call.settings.length) return call;
    return undefined;
  }
}

function take(call: TrialCall, first: number, outcomes: readonly TrialOutcome[]): void {
  for (const [i, { result, curve }] of outcomes.entries()) {
    call.results[first + i] = result;
    if (curve !== null) call.onCurve?.(first + i, curve);
  }
  call.done += outcomes.length;
  call.onProgress?.(call.done);
  if (call.done === call.settings.length) call.finish();
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
      },
      died: new Promise<never>(() => undefined),
      terminate: () => undefined,
    };
  }, 1);
}
