import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as Comlink from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import type { ReplayService } from '../services/audit/replays.ts';
import type { TrialService } from '../services/trial-job.ts';
import {
  type LentWorker,
  TrialPool,
  type Trials,
  trialsInProcess,
  workerStopped,
  workersFor,
} from '../services/trials.ts';
import { engineFile } from './duckdb-node.ts';
import type { ThreadData } from './replay-thread-node.ts';
import replaying from './replay-thread-node.ts?thread';
import simulating from './trial-thread-node.ts?thread';

/** Bars × trials from which threads pay: before, the lab's own thread is done while they start and warm up. */
const worthThreads = 2_000_000;

/** Trials in a pool of threads once there is enough for them to do; with one, in this thread. */
export function startNodeTrials(
  threads = workersFor(availableParallelism(), process.availableMemory()),
  worth = worthThreads,
): Trials {
  const here = trialsInProcess();
  if (threads === 1) return here;
  const pool = new TrialPool(
    () => startThread<TrialService>(simulating),
    threads,
    () => startThread<ReplayService>(replaying),
  );
  let asked = 0;
  /** Threads alone do not keep the process. */
  const whileAwake = async <T>(work: () => Promise<T>): Promise<T> => {
    const awake = setInterval(() => undefined, 1e9);
    try {
      return await work();
    } finally {
      clearInterval(awake);
    }
  };
  return {
    workers: threads,
    async run(market, signals, settings, options) {
      asked += market.day.length * settings.length;
      if (asked < worth) return here.run(market, signals, settings, options);
      return whileAwake(() => pool.run(inShared(market), inShared(signals), settings, options));
    },
    superior: (jobs, options) => whileAwake(() => pool.superior(jobs, options)),
    close() {
      asked = 0;
      pool.close();
    },
    lendReplayers: () => pool.lendReplayers().map(awake),
  };
}

/** Starts a thread from its bundled text. */
function startThread<S>(code: string): LentWorker<S> {
  const workerData: ThreadData = { engineFile: engineFile(), from: import.meta.url };
  const worker = new Worker(code, { eval: true, name: 'outsample-trial', workerData });
  const service = Comlink.wrap<S>(nodeEndpoint(worker));
  worker.unref(); // Last: to listen holds the process again.
  const died = new Promise<never>((_, reject) => {
    const tell = (cause: string): void =>
      reject(
        workerStopped(cause, 'Try again with fewer --workers, fewer trials or a smaller dataset.'),
      );
    worker.on('error', ({ message }) => tell(message));
    worker.on('messageerror', ({ message }) => tell(message));
    worker.on('exit', () => tell('It ended without saying why.'));
  });
  return { service, died, terminate: () => void worker.terminate() };
}

/** Until it is ended it keeps the process: threads alone do not. */
function awake<S>(lent: LentWorker<S>): LentWorker<S> {
  const keeping = setInterval(() => undefined, 1e9);
  return {
    ...lent,
    terminate: () => {
      clearInterval(keeping);
      lent.terminate();
    },
  };
}

const copies = new WeakMap<object, object>();

/** The same with its columns in memory that threads share: copied once, however many there are. */
function inShared<T extends object>(columns: T): T {
  const copy = (copies.get(columns) ?? shared(columns)) as T;
  copies.set(columns, copy);
  return copy;
}

function shared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return sharedColumn(value as Float64Array);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shared(part)]));
}

function sharedColumn(column: Float64Array): Float64Array {
  const Kind = column.constructor as Float64ArrayConstructor;
  const copy = new Kind(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}
