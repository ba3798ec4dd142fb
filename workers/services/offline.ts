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

/** An older page must never meet newer files: where another tab has one, this worker goes on waiting. */
export async function takeOver(worker: ServiceWorkerGlobalScope, port: MessagePort): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const others = tabs.filter(({ url }) => url.startsWith(worker.registration.scope)).length - 1;
  port.postMessage(others);
  if (others === 0) await worker.skipWaiting();
}
