/* global Worker */
import * as Comlink from 'comlink';
import { lendTrialWorkers } from '../../src/wire/lend-trial-workers.ts';

/** A fresh worker with a fresh engine; the benchmark calls its methods from outside. */
globalThis.freshWorkbench = () => {
  globalThis.endWorkers?.();
  const worker = new Worker(new URL('./browser-worker.mjs', import.meta.url), {
    type: 'module',
  });
  const endTrials = lendTrialWorkers(
    worker,
    () =>
      new Worker(new URL('../../workers/trial.worker.ts', import.meta.url), {
        type: 'module',
        name: `trial ${crypto.randomUUID()}`,
      }),
  );
  globalThis.endWorkers = () => {
    worker.terminate();
    endTrials();
  };
  globalThis.workbench = Comlink.wrap(worker);
};
