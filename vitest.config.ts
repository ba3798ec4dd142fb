import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { engine } from './scripts/make-engine.mjs';
import { thread } from './scripts/thread.mjs';

const pure = { lines: 95, statements: 95, functions: 95, branches: 90 };
const rest = { lines: 85, statements: 85, functions: 85 };

export default defineConfig({
  plugins: [engine, svelte({ configFile: false }), thread],
  test: {
    include: ['test/{unit,live,sql,golden,property,regression,gallery}/**/*.test.ts'],
    environment: 'node',
    // Each file boots its own DuckDB.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'workers/**/*.ts'],
      exclude: [
        '**/*.d.ts',
        // Only a browser can run these: test/e2e covers them.
        'src/{state,ui}/**',
        'src/wire/{egress-client,journal-client,lab-client,lend-trial-workers,spawn}.ts',
        'src/main.ts',
        'workers/*.worker.ts',
        'workers/engines/*-browser.ts',
      ],
      reporter: ['text-summary', 'html', 'json-summary'],
      thresholds: {
        'src/{domain,sql}/**': pure,
        'src/{wire,present,cli}/**': rest,
        'workers/**': rest,
      },
    },
  },
});
