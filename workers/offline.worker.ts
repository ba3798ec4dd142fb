import { precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import type { OfflineWish } from '../src/wire/offline-wish.ts';
import { dropOthers, hold, ownCopy, takeOver } from './services/offline.ts';

declare const self: ServiceWorkerGlobalScope;
/** The build's files: those with a hash in their name have no revision. */
const files = self.__WB_MANIFEST;
const urlOf = (file: (typeof files)[number]): string =>
  typeof file === 'string' ? file : file.url;

// Engines and samples are kept once they are used. All else of the page comes with its version, and goes with it.
const isLarge = (file: (typeof files)[number]): boolean => /\.(?:wasm|bin|csv)$/.test(urlOf(file));
const { scope } = self.registration;
const large = new Set(files.filter(isLarge).map((file) => new URL(urlOf(file), scope).href));
const cacheName = `outsample-large ${scope}`;

// Whatever is neither, every call to another origin among it, passes as if nobody stood here.
precacheAndRoute(files.filter((file) => !isLarge(file)));
const kept = new CacheFirst({ cacheName });
registerRoute(
  ({ url }) => large.has(url.href),
  async (asked) => (await ownCopy(asked.request.url)) ?? kept.handle(asked),
);

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOthers(cacheName, large), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const wish = event.data as OfflineWish;
  event.waitUntil(
    'hold' in wish ? hold(cacheName, large, wish.hold) : takeOver(self, wish.takeOver),
  );
});
