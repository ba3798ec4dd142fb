import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Exported only under a name that has Node's types; tsconfig.base.json gives this alias its own. */
const duckdb = new URL(
  'node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs',
  import.meta.url,
);

export default defineConfig({
  base: './', // The page works under any path.
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { 'duckdb-browser-blocking': fileURLToPath(duckdb) } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The page's policy allows no data: URLs.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
});
