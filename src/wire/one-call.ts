import { LabError } from '../domain/errors.ts';
import type { Running } from './spawn.ts';

/** Works with a worker that lives as long as this; an abort ends both at once. */
export async function inOneCall<Service, T>(
  worker: Running<Service>,
  work: (service: Running<Service>['service']) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new LabError({ kind: 'cancelled', problem: 'Cancelled.' }));
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
  });
  stopped.catch(() => undefined); // It may be stopped after the end.
  try {
    return await Promise.race([work(worker.service), worker.died, stopped]);
  } finally {
    signal?.removeEventListener('abort', stop);
    worker.terminate();
  }
}
