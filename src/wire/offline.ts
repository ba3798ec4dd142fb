import type { OfflineWish } from './offline-wish.ts';
import { scripts, trusted } from './trusted.ts';

/** A newer version of the page that waits; resolves with how many other tabs stand in its way, 0 when it comes. */
export type TakeOver = () => Promise<number>;

/**
 * Registers the service worker, by which the page works without a network; `onNewer` is called when another version of
 * it is there. It never comes by itself while a tab of the older one is open.
 */
export async function serveOffline(onNewer: (takeOver: TakeOver) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const container = navigator.serviceWorker;
  const isUpdate = container.controller !== null;
  const registration = (await container.register(trusted(scripts.offline), {
    updateViaCache: 'none',
  })) as ServiceWorkerRegistration | undefined; // A browser's tests may keep it from being registered.
  if (registration === undefined) return;
  const offer = (worker: ServiceWorker): void => onNewer(() => takeOver(worker));
  if (registration.waiting !== null && isUpdate) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active !== null) offer(worker);
    });
  });
}

/** What this visit has loaded is kept for visits without a network. */
export async function holdWhatWasUsed(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  const hold = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage({ hold } satisfies OfflineWish);
}

async function takeOver(worker: ServiceWorker): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<number>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  worker.postMessage({ takeOver: port2 } satisfies OfflineWish, [port2]);
  return answer;
}
