import * as Comlink from 'comlink';
import { LabError } from '../../src/domain/errors.ts';
import { type TrialWorkerWish, isTrialWorkerDeath } from '../../src/wire/trial-workers.ts';
import type { TrialService } from '../services/trial-job.ts';
import { TrialPool, type TrialWorker, type Trials } from '../services/trials.ts';

const most = 8;

/** A pool of workers that the page lends, as many as the machine has cores for. */
export const startBrowserTrials = (): Trials =>
  new TrialPool(borrow, Math.min(most, navigator.hardwareConcurrency));

let borrowed = 0;

function borrow(): TrialWorker {
  const trialWorker = ++borrowed;
  const { port1, port2 } = new MessageChannel();
  const over = new AbortController();
  const died = new Promise<never>((_, reject) => {
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (!isTrialWorkerDeath(data) || data.trialWorker !== trialWorker) return;
      reject(
        new LabError({
          kind: 'engine',
          problem: 'A worker that ran trials stopped.',
          remedy: 'Try again; if it stops again, use fewer trials or a smaller dataset.',
          cause: data.cause,
        }),
      );
    };
    addEventListener('message', hear, { signal: over.signal });
  });
  const wish = (port: MessagePort | null, transfer: Transferable[]): void =>
    postMessage({ trialWorker, port } satisfies TrialWorkerWish, { transfer });
  wish(port2, [port2]);
  return {
    service: Comlink.wrap<TrialService>(port1),
    died,
    terminate: () => {
      over.abort();
      port1.close();
      wish(null, []);
    },
  };
}
