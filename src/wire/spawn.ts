import * as Comlink from 'comlink';
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
import { scripts, trusted } from './trusted.ts';

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

export function spawnLabWorker(): LabWorker {
  const { worker, service, died, terminate } = spawn<LabService>(scripts.lab, 'outsample-lab', {
    problem: 'The engine stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });
  const endTrials = lendTrialWorkers(worker, () => start(scripts.trial, 'outsample-trial'));
  const end = () => {
    terminate();
    endTrials();
  };
  return { service, died, terminate: end };
}

export const spawnJournalWorker = (): JournalWorker =>
  spawn<JournalService>(scripts.journal, 'outsample-journal', {
    problem: 'The history’s database stopped.',
    remedy: 'Try again; if it stops again, reload the page. What was recorded before is kept.',
  });

export const spawnEgressWorker = (): EgressWorker =>
  spawn<EgressService>(scripts.egress, 'outsample-egress', {
    problem: 'The worker that calls other machines stopped.',
    remedy: 'Try again; if it stops again, reload the page.',
  });

export const spawnTablesWorker = (): Running<TablesService> =>
  spawn<TablesService>(scripts.tables, 'outsample-tables', {
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
