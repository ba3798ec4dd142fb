import { onDeath } from './life.ts';
import { loggerOf } from './log/logger.ts';
import { type TrialWorkerDeath, isTrialWorkerWish } from './trial-workers.ts';

/** Starts and ends the trial workers that a lab asks for; what it returns ends them all. */
export function lendTrialWorkers(lab: Worker, start: () => Worker): () => void {
  const lent = new Map<number, Worker>();
  lab.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isTrialWorkerWish(data)) return;
    const { trialWorker, port } = data;
    if (port === null) {
      lent.get(trialWorker)?.terminate();
      lent.delete(trialWorker);
      return;
    }
    const worker = start();
    lent.set(trialWorker, worker);
    const fail = (cause: string): void => {
      if (lent.get(trialWorker) === worker)
        loggerOf('worker').error('Died by itself', { worker: 'outsample-trial', cause });
      lab.postMessage({ trialWorker, cause } satisfies TrialWorkerDeath);
    };
    onDeath(worker, fail);
    worker.postMessage(port, [port]);
  });
  return () => {
    for (const worker of lent.values()) worker.terminate();
    lent.clear();
  };
}
