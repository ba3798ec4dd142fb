import * as Comlink from 'comlink';
import type { BreakEven } from '../domain/break-even.ts';
import { LabError } from '../domain/errors.ts';
import type { Evidence } from '../domain/link/evidence.ts';
import type { LinkPayload } from '../domain/link/payload.ts';
import type { Verification } from '../domain/link/verification.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { Preview } from '../domain/strategies/custom/preview.ts';
import type { Finding } from '../domain/validation/finding.ts';
import type { Learning } from '../domain/validation/learning.ts';
import type { LedgerFacts } from '../domain/validation/ledger.ts';
import type { LookAheadReport } from '../domain/validation/look-ahead.ts';
import type { SearchResult } from '../domain/validation/search.ts';
import type { OverfittingReport } from '../domain/validation/statistics/report.ts';
import type { SurvivorshipReport } from '../domain/validation/survivorship.ts';
import type { CrossValidation, WalkForward } from '../domain/validation/walk-forward.ts';
import { unwrap } from './errors.ts';
import type {
  DatasetSummary,
  EngineInfo,
  ExportFile,
  InputFile,
  OnProgress,
  Reply,
  ReportExtras,
  RunResult,
  SignalSeries,
} from './lab.ts';
import { type LabWorker, spawnLabWorker } from './spawn.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

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

  importFiles(files: readonly InputFile[], options: CallOptions = {}): Promise<DatasetSummary> {
    return this.#exclusive(options, async (life, progress) => {
      const next = await this.#started(life, progress);
      const summary = unwrap(await life.service.importFiles(files, Comlink.proxy(next)));
      this.#files = files;
      this.#study = null;
      life.hasData = true;
      life.hasRun = false;
      return summary;
    });
  }

  run(study: unknown, options: CallOptions = {}): Promise<RunResult> {
    return this.#exclusive(options, async (life, progress) => {
      const result = await this.#run(life, study, progress);
      this.#study = study;
      return result;
    });
  }

  signalSeries(symbol: string, options: CallOptions = {}): Promise<SignalSeries> {
    return this.#exclusive(options, async (life, progress) => {
      await this.#restoreRun(life, progress);
      return unwrap(await life.service.signalSeries(symbol));
    });
  }

  exportRun(options: CallOptions = {}): Promise<readonly ExportFile[]> {
    return this.#exclusive(options, async (life, progress) => {
      await this.#restoreRun(life, progress);
      return unwrap(await life.service.exportRun());
    });
  }

  /** How often the expressions of a custom study are met, before any trade. */
  preview(study: unknown, options: CallOptions = {}): Promise<Preview> {
    return this.#onData(options, (life, progress) => life.service.preview(study, progress));
  }

  /** The costs and the delay at which the last run's edge dies. */
  breakEven(options: CallOptions = {}): Promise<BreakEven> {
    return this.#onRun(options, (life, progress) => life.service.breakEven(progress));
  }

  /** The study's parameter search. An abort resolves with the trials that were finished, if there are any. */
  search(study: unknown, options: CallOptions = {}): Promise<SearchResult> {
    return this.#onData(
      options,
      (life, progress) => life.service.search(study, progress),
      patienceForTrials,
    );
  }

  walkForward(study: unknown, options: CallOptions = {}): Promise<WalkForward> {
    return this.#onData(options, (life, progress) => life.service.walkForward(study, progress));
  }

  crossValidate(study: unknown, options: CallOptions = {}): Promise<CrossValidation> {
    return this.#onData(options, (life, progress) => life.service.crossValidate(study, progress));
  }

  learn(study: unknown, options: CallOptions = {}): Promise<Learning> {
    return this.#onData(options, (life, progress) => life.service.learn(study, progress));
  }

  /** The three replays of the last run. */
  lookAhead(options: CallOptions = {}): Promise<LookAheadReport> {
    return this.#onRun(options, (life, progress) => life.service.lookAhead(progress));
  }

  /** The audit of a known cheat, on its own synthetic market. */
  demonstrate(cheat: string, options: CallOptions = {}): Promise<LookAheadReport> {
    return this.#onData(options, (life, progress) => life.service.demonstrate(cheat, progress));
  }

  survivorship(options: CallOptions = {}): Promise<SurvivorshipReport> {
    return this.#onRun(options, (life, progress) => life.service.survivorship(progress));
  }

  overfitting(ledger: LedgerFacts, options: CallOptions = {}): Promise<OverfittingReport> {
    return this.#onRun(options, (life, progress) => life.service.overfitting(ledger, progress));
  }

  /** The last run's signal with everything after a day cut off. */
  signalsCutAt(symbol: string, day: number, options: CallOptions = {}): Promise<SignalSeries> {
    return this.#onRun(options, (life) => life.service.signalsCutAt(symbol, day));
  }

  /** Hashes of the dataset and of the last run. */
  evidence(options: CallOptions = {}): Promise<Evidence> {
    return this.#onRun(options, (life) => life.service.evidence());
  }

  verify(payload: LinkPayload, options: CallOptions = {}): Promise<Verification> {
    return this.#onRun(options, (life) => life.service.verify(payload));
  }

  report(extras: ReportExtras, options: CallOptions = {}): Promise<ExportFile> {
    return this.#onRun(options, (life) => life.service.report(extras));
  }

  gauges(findings: readonly Finding[], options: CallOptions = {}): Promise<readonly Gauge[]> {
    return this.#onRun(options, (life) => life.service.gauges(findings));
  }

  /** A call about the last run. */
  #onRun<T>(
    options: CallOptions,
    ask: (life: Life, progress: OnProgress) => Promise<Reply<T>>,
  ): Promise<T> {
    return this.#exclusive(options, async (life, progress) => {
      const restores = !life.hasRun && this.#study !== null;
      await this.#restoreRun(life, part(progress, 0, 0.5));
      const next = restores ? part(progress, 0.5, 1) : progress;
      return unwrap(await ask(life, Comlink.proxy(next)));
    });
  }

  /** A call that needs the dataset and no run. */
  #onData<T>(
    options: CallOptions,
    ask: (life: Life, progress: OnProgress) => Promise<Reply<T>>,
    wait = patience,
  ): Promise<T> {
    return this.#exclusive(
      options,
      async (life, progress) => {
        const next = await this.#restoreData(life, progress);
        return unwrap(await ask(life, Comlink.proxy(next)));
      },
      wait,
    );
  }

  /** A worker that came after the last run repeats it: the same study gives the same bits. */
  async #restoreRun(life: Life, progress: OnProgress): Promise<void> {
    if (!life.hasRun && this.#study !== null) await this.#run(life, this.#study, progress);
  }

  async #run(life: Life, study: unknown, progress: OnProgress): Promise<RunResult> {
    const next = await this.#restoreData(life, progress);
    const result = unwrap(await life.service.run(study, Comlink.proxy(next)));
    life.hasRun = true;
    return result;
  }

  /** A worker that came after the import gets the files again; returns the progress that is left. */
  async #restoreData(life: Life, progress: OnProgress): Promise<OnProgress> {
    if (life.hasData || this.#files === null) return progress;
    const afterStart = await this.#started(life, part(progress, 0, 0.5));
    unwrap(await life.service.importFiles(this.#files, Comlink.proxy(afterStart)));
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
    this.#last = outcome.catch(() => undefined);
    try {
      return await Promise.race([outcome, rejectedLate(signal, () => (begun ? wait : patience))]);
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
      signal?.addEventListener('abort', stop);
      if (signal?.aborted) stop();
      life.died.catch((error: unknown) => {
        this.#bury(life);
        reject(asError(error));
      });
      call.finally(end).then(resolve, (error: unknown) => {
        const stopped = error instanceof LabError && error.data.kind === 'cancelled';
        if (signal?.aborted === true && !stopped) {
          this.#bury(life); // The abort broke something in it.
          this.#current();
        }
        reject(signal?.aborted ? cancelled() : (error as Error));
      });
    });
  }

  #current(): Life {
    this.#life ??= born(this.spawn());
    return this.#life;
  }

  #bury(life: Life): void {
    life.terminate();
    if (this.#life === life) this.#life = null;
  }
}

function born(worker: LabWorker): Life {
  const life: Life = {
    ...worker,
    started: worker.service.start(Comlink.proxy((progress) => life.onStart(progress))),
    onStart: () => undefined,
    hasData: false,
    hasRun: false,
  };
  return life;
}

function part(progress: OnProgress, from: number, to: number): OnProgress {
  return (at) => progress({ ...at, ratio: from + (to - from) * at.ratio });
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

function cancelled(): LabError {
  return new LabError({ kind: 'cancelled', problem: 'Cancelled.' });
}

/** A call that still waits for its turn, or is between two messages, ends this much after the abort. */
function rejectedLate(signal: AbortSignal | undefined, wait: () => number): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => setTimeout(() => reject(cancelled()), wait() + 20));
  });
}
