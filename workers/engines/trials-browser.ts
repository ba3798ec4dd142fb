import * as Comlink from 'comlink';
import { type TrialWorkerWish, isTrialWorkerDeath } from '../../src/wire/trial-workers.ts';
import type { ReplayService } from '../services/audit/replays.ts';
import type { TrialService } from '../services/trial-job.ts';
import {
  type LentWorker,
  TrialPool,
  type Trials,
  workerStopped,
  workersFor,
} from '../services/trials.ts';

const most = 8;
const gibibyte = 1024 * 1024 * 1024;

/** Chromium alone says how much memory the machine has, in GiB and roughly. */
const { hardwareConcurrency, deviceMemory = Infinity } = navigator as typeof navigator & {
  readonly deviceMemory?: number;
};

/** A pool of workers that the page lends, as many as the machine has cores and memory for. */
export const startBrowserTrials = (): Trials =>
  new TrialPool(
    () => borrow<TrialService>(),
    workersFor(Math.min(most, hardwareConcurrency), deviceMemory * gibibyte),
    () => borrow<ReplayService>(),
  );

let borrowed = 0;

function borrow<S>(): LentWorker<S> {
  const trialWorker = ++borrowed;
  const { port1, port2 } = new MessageChannel();
  const over = new AbortController();
  const died = new Promise<never>((_, reject) => {
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (!isTrialWorkerDeath(data) || data.trialWorker !== trialWorker) return;
      reject(workerStopped(data.cause));
    };
    addEventListener('message', hear, { signal: over.signal });
  });
  const wish = (port: MessagePort | null, transfer: Transferable[]): void =>
    postMessage({ trialWorker, port } satisfies TrialWorkerWish, { transfer });
  wish(port2, [port2]);
  return {
    service: Comlink.wrap<S>(port1),
    died,
    terminate: () => {
      over.abort();
      port1.close();
      wish(null, []);
    },
  };
}
