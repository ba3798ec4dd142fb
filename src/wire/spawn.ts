import * as Comlink from 'comlink';
import egressUrl from '../../workers/egress.worker.ts?worker&url';
import journalUrl from '../../workers/journal.worker.ts?worker&url';
import labUrl from '../../workers/lab.worker.ts?worker&url';
import trialUrl from '../../workers/trial.worker.ts?worker&url';
import { LabError } from '../domain/errors.ts';
import type { EgressService } from './egress.ts';
import type { JournalService } from './journal.ts';
import type { LabService } from './lab.ts';
import { lendTrialWorkers } from './lend-trial-workers.ts';

/** A running worker and what it answers to. */
interface Running<Service> {
  readonly service: Comlink.Remote<Service>;
  /** Rejects if the worker dies by itself; never resolves. */
  readonly died: Promise<never>;
  terminate(): void;
}
export type LabWorker = Running<LabService>;
export type JournalWorker = Running<JournalService>;
export type EgressWorker = Running<EgressService>;

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => URL };
}

/** Trusted Types: the only script addresses that this page may hand to a browser API. */
function trusted(url: string): string | URL {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy('outsample', {
    createScriptURL: (wanted) => {
      if ([labUrl, trialUrl, journalUrl, egressUrl].includes(wanted)) return wanted;
      throw new TypeError('Only the workers of this page may be started.');
    },
  });
  return policy?.createScriptURL(url) ?? url;
}
let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

export function spawnLabWorker(): LabWorker {
  const { worker, service, died } = spawn<LabService>(labUrl, 'outsample-lab', {
    problem: 'The engine stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });
  const endTrials = lendTrialWorkers(worker, () => start(trialUrl, 'outsample-trial'));
  const terminate = () => {
    worker.terminate();
    endTrials();
  };
  return { service, died, terminate };
}

export const spawnJournalWorker = (): JournalWorker =>
  spawn<JournalService>(journalUrl, 'outsample-journal', {
    problem: 'The history’s database stopped.',
    remedy: 'Try again; if it stops again, reload the page. What was recorded before is kept.',
  });

export const spawnEgressWorker = (): EgressWorker =>
  spawn<EgressService>(egressUrl, 'outsample-egress', {
    problem: 'The worker that calls other machines stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });

const start = (url: string, name: string): Worker =>
  new Worker(trusted(url), { type: 'module', name });

function spawn<Service>(
  url: string,
  name: string,
  death: { readonly problem: string; readonly remedy: string },
): Running<Service> & { readonly worker: Worker } {
  const worker = start(url, name);
  const died = new Promise<never>((_, reject) => {
    const fail = (cause: string) => reject(new LabError({ kind: 'engine', ...death, cause }));
    worker.addEventListener('error', (event) => fail(event.message));
    worker.addEventListener('messageerror', () => fail('A message could not be read.'));
  });
  died.catch(() => undefined); // It may die while nobody waits; the next call sees it.
  return {
    worker,
    service: Comlink.wrap<Service>(worker),
    died,
    terminate: () => worker.terminate(),
  };
}
