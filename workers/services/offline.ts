/** Deletes what a cache has of other versions. */
export async function dropOthers(cacheName: string, own: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const { url } of await cache.keys()) if (!own.has(url)) await cache.delete(url);
}

/** Fetches what was used before this worker was there: of `used` what it has to do with, and every engine. */
export async function hold(
  cacheName: string,
  own: ReadonlySet<string>,
  used: readonly string[],
): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const url of own) {
    if (!used.includes(url) && !url.endsWith('.wasm')) continue;
    if ((await cache.match(url)) === undefined) await cache.add(url);
  }
}

/**
 * What the browser's own cache has, without asking the host whether it is new: these files never change. Chromium keeps
 * what it compiled of such an answer for the next visit; of one out of Cache Storage it begins anew.
 */
export async function ownCopy(url: string): Promise<Response | undefined> {
  try {
    const copy = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' });
    return copy.ok ? copy : undefined;
  } catch {
    return undefined; // It has none.
  }
}

/** An older page must never meet newer files: where another tab has one, this worker goes on waiting. */
export async function takeOver(worker: ServiceWorkerGlobalScope, port: MessagePort): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const others = tabs.filter(({ url }) => url.startsWith(worker.registration.scope)).length - 1;
  port.postMessage(others);
  if (others === 0) await worker.skipWaiting();
}
