/**
 * A worker that closes itself, or that the browser ends, fires no event. So each says first how its end is told:
 * by a lock of its own name that it holds as long as it lives, or, where a page has no locks (plain http), by a port whose
 * other end it holds. Both tell at once, however busy the worker or hidden the page. Without locks only Chromium tells
 * of a port's end.
 */
export interface LifeSign {
  readonly life: string | MessagePort;
}

const isLifeSign = (data: unknown): data is LifeSign =>
  typeof data === 'object' && data !== null && 'life' in data;

/** Calls back when a worker dies by itself. */
export function onDeath(worker: Worker, fail: (cause: string) => void): void {
  worker.addEventListener('error', (event) => fail(event.message));
  worker.addEventListener('messageerror', () => fail('A message could not be read.'));
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isLifeSign(data)) return;
    const ended = () => fail('It ended without saying why.');
    if (typeof data.life === 'string') {
      navigator.locks.request(data.life, ended).catch(() => undefined); // The page itself ends.
    } else {
      data.life.addEventListener('close', ended);
      data.life.start();
    }
  });
}
