import * as Comlink from 'comlink';
import egressUrl from '../../workers/egress.worker.ts?worker&url';
import journalUrl from '../../workers/journal.worker.ts?worker&url';
import labUrl from '../../workers/lab.worker.ts?worker&url';
import tablesUrl from '../../workers/tables.worker.ts?worker&url';
import trialUrl from '../../workers/trial.worker.ts?worker&url';
import { LabError } from '../domain/errors.ts';
import type { EgressService } from './egress.ts';
import type { JournalService } from './journal.ts';
import type { LabService } from './lab.ts';
import { lendTrialWorkers } from './lend-trial-workers.ts';
import { onDeath } from './life.ts';
import { loggerOf } from './log/logger.ts';
import './log/page.ts';
import { hear } from './log/worker.ts';
import type { TablesService } from './tables.ts';

/** A running worker and what it answers to. */
export interface Running<Service> {
  readonly service: Comlink.Remote<Service>;
  /** Rejects if the worker dies by itself; never resolves. */
  readonly died: Promise<never>;
  readonly terminate: () => void;
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
  policy ??= factory?.createPolicy('outsample', { createScriptURL: addressOf });
  return policy?.createScriptURL(url) ?? addressOf(url);
}
const addresses = new Map<string, string>();

/**
 * A worker that is started by its own address has the policy of the headers that it came with: on a plain host, none.
 * One that is started from a blob has the page's, so all but egress are: no call of theirs can leave the page's origin.
 */
function addressOf(wanted: string): string {
  if (wanted === egressUrl) return wanted;
  if (![labUrl, trialUrl, journalUrl, tablesUrl].includes(wanted))
    throw new TypeError('Only the workers of this page may be started.');
  let address = addresses.get(wanted);
  if (address === undefined) {
    const script = `import ${JSON.stringify(new URL(wanted, location.href).href)};`;
    address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    addresses.set(wanted, address);
  }
  return address;
}

let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

export function spawnLabWorker(): LabWorker {
  const { worker, service, died, terminate } = spawn<LabService>(labUrl, 'outsample-lab', {
    problem: 'The engine stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });
  const endTrials = lendTrialWorkers(worker, () => start(trialUrl, 'outsample-trial'));
  const end = () => {
    terminate();
    endTrials();
  };
  return { service, died, terminate: end };
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

export const spawnTablesWorker = (): Running<TablesService> =>
  spawn<TablesService>(tablesUrl, 'outsample-tables', {
    problem: 'The worker that writes files stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });

/** No two workers of one origin, in any tab, have the same name: it is their lock's (life.ts). */
function start(url: string, kind: string): Worker {
  const name = `${kind} ${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const worker = new Worker(trusted(url), { type: 'module', name });
  hear(worker);
  return worker;
}

function spawn<Service>(
  url: string,
  name: string,
  death: { readonly problem: string; readonly remedy: string },
): Running<Service> & { readonly worker: Worker } {
  const worker = start(url, name);
  let terminated = false;
  const died = new Promise<never>((_, reject) => {
    onDeath(worker, (cause) => {
      if (!terminated) loggerOf('worker').error('Died by itself', { worker: name, cause });
      reject(new LabError({ kind: 'engine', ...death, cause }));
    });
  });
  died.catch(() => undefined); // It may die while nobody waits; the next call sees it.
  return {
    worker,
    service: Comlink.wrap<Service>(worker),
    died,
    terminate: () => {
      terminated = true;
      worker.terminate();
    },
  };
}
