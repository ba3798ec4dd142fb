import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // The page works under any path.
  plugins: [svelte({ configFile: false })],
  // The package types this entry for Node only; tsconfig.base.json gives the alias its browser types.
  resolve: { alias: { 'duckdb-browser-blocking': '@duckdb/duckdb-wasm/blocking' } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The page's policy allows no data: URLs.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
});
