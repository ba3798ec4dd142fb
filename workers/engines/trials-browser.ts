import * as Comlink from 'comlink';
import { LabError } from '../../src/domain/errors.ts';
import type { TrialService } from '../services/trial-job.ts';
import { TrialPool, type TrialWorker, type Trials } from '../services/trials.ts';

const most = 8;

/** A pool of workers below this one, as many as the machine has cores for. */
export const startBrowserTrials = (): Trials =>
  new TrialPool(spawn, Math.min(most, navigator.hardwareConcurrency));

function spawn(): TrialWorker {
  const worker = new Worker(new URL('../trial.worker.ts', import.meta.url), {
    type: 'module',
    name: 'outsample-trial',
  });
  const died = new Promise<never>((_, reject) => {
    const fail = (cause: string) =>
      reject(
        new LabError({
          kind: 'engine',
          problem: 'A worker that ran trials stopped.',
          remedy: 'Try again; if it stops again, use fewer trials or a smaller dataset.',
          cause,
        }),
      );
    worker.addEventListener('error', (event) => fail(event.message));
    worker.addEventListener('messageerror', () => fail('A message could not be read.'));
  });
  return {
    service: Comlink.wrap<TrialService>(worker),
    died,
    terminate: () => worker.terminate(),
  };
}
