import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { licences } from './scripts/licences.mjs';
import { engine } from './scripts/make-engine.mjs';

/** Exported only under a name that has Node's types; tsconfig.base.json gives this alias its own. */
const duckdb = new URL(
  'node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs',
  import.meta.url,
);

/** DuckDB's glue holds an eval that the page's policy refuses and that it never needs. */
const rolldownOptions = { checks: { eval: false, pluginTimings: false } };

/**
 * Some hosts take .gz for a transfer encoding, and the browser then hands on what is inside: other bytes, another SHA-256
 * than the file's. Under this name they are left alone.
 */
const assetFileNames = ({ names }: { names: readonly string[] }) =>
  names.some((name) => name.endsWith('.gz'))
    ? 'assets/[name]-[hash].bin'
    : 'assets/[name]-[hash][extname]';

/** Vite's dev server injects inline styles; the built page keeps its Content-Security-Policy. */
const devWithoutPolicy: Plugin = {
  name: 'dev-without-policy',
  apply: 'serve',
  transformIndexHtml: (html) =>
    html.replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** The page without a network: docs/decisions/0012-offline.md. */
const serviceWorker = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'workers',
  filename: 'offline.worker.ts',
  injectRegister: false, // src/wire/offline.ts does.
  manifest: false, // public/manifest.webmanifest is one.
  injectManifest: {
    globPatterns: ['index.html', 'icon*', 'manifest.webmanifest', 'licences.json', 'assets/*'],
    globIgnores: ['**/*.map'],
    maximumFileSizeToCacheInBytes: 2 ** 26,
    dontCacheBustURLsMatching: /^assets\//, // They have a hash in their name.
  },
});

/** Pages of the tests are built by this file too, from roots of their own, and need the network anyway. */
const offline = serviceWorker.map((plugin): Plugin => ({
  ...plugin,
  apply: (config, env) =>
    resolve(config.root ?? '.') === import.meta.dirname &&
    (typeof plugin.apply === 'function'
      ? plugin.apply(config, env)
      : plugin.apply === undefined || plugin.apply === env.command),
}));

/** The service worker is built last: its packages are told beforehand. */
const { page, worker } = licences([
  'workbox-core',
  'workbox-precaching',
  'workbox-routing',
  'workbox-strategies',
]);

export default defineConfig({
  base: './', // The page works under any path.
  plugins: [engine, svelte({ configFile: false }), devWithoutPolicy, page, offline],
  resolve: { alias: { 'duckdb-browser-blocking': fileURLToPath(duckdb) } },
  worker: { format: 'es', rolldownOptions, plugins: () => [worker] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The page's policy allows no data: URLs.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { ...rolldownOptions, output: { assetFileNames } },
  },
});
