/* global Worker */
import * as Comlink from 'comlink';

/** A fresh worker with a fresh engine; the benchmark calls its methods from outside. */
globalThis.freshWorkbench = () => {
  globalThis.worker?.terminate();
  globalThis.worker = new Worker(new URL('./browser-worker.mjs', import.meta.url), {
    type: 'module',
  });
  globalThis.workbench = Comlink.wrap(globalThis.worker);
};
