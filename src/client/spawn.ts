import * as Comlink from 'comlink';
import workerUrl from '../../workers/lab.worker.ts?worker&url';
import { LabError } from '../domain/errors.ts';
import type { LabService } from '../protocol/lab.ts';

/** A running engine worker. */
export interface LabWorker {
  readonly service: Comlink.Remote<LabService>;
  /** Rejects if the worker dies by itself; never resolves. */
  readonly died: Promise<never>;
  terminate(): void;
}

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => URL };
}

/** Trusted Types: the one script address that this page may hand to a browser API. */
function trusted(url: string): string | URL {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy('outsample', {
    createScriptURL: (wanted) => {
      if (wanted === workerUrl) return wanted;
      throw new TypeError('Only the worker of this page may be started.');
    },
  });
  return policy?.createScriptURL(url) ?? url;
}
let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

export function spawnLabWorker(): LabWorker {
  const worker = new Worker(trusted(workerUrl), { type: 'module', name: 'outsample-lab' });
  const died = new Promise<never>((_, reject) => {
    const fail = (cause: string) =>
      reject(
        new LabError({
          kind: 'engine',
          problem: 'The engine stopped.',
          remedy: 'Try again; if it stops again, reload the page.',
          cause,
        }),
      );
    worker.addEventListener('error', (event) => fail(event.message));
    worker.addEventListener('messageerror', () => fail('A message could not be read.'));
  });
  died.catch(() => undefined); // It may die while nobody waits; the next call sees it.
  return {
    service: Comlink.wrap<LabService>(worker),
    died,
    terminate: () => worker.terminate(),
  };
}
