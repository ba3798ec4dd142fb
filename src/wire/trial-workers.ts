/**
 * What crosses beside Comlink's messages so that the page lends the lab its trial workers. A worker could start them
 * itself, but in Firefox a worker that starts another waits for the page's thread and at times never wakes (its debugger
 * registers the new worker there, and the one wake-up may go to the new worker instead): the lab hung.
 */

/** From the lab: a worker is wanted that serves trials on this port; null ends it. */
export interface TrialWorkerWish {
  readonly trialWorker: number;
  readonly port: MessagePort | null;
}

/** To the lab: the worker died by itself. */
export interface TrialWorkerDeath {
  readonly trialWorker: number;
  readonly cause: string;
}

export const isTrialWorkerWish = (data: unknown): data is TrialWorkerWish =>
  isOfTrialWorker(data) && 'port' in data;

export const isTrialWorkerDeath = (data: unknown): data is TrialWorkerDeath =>
  isOfTrialWorker(data) && 'cause' in data;

const isOfTrialWorker = (data: unknown): data is { readonly trialWorker: number } =>
  typeof data === 'object' && data !== null && 'trialWorker' in data;
