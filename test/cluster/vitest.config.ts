import { defineConfig } from 'vitest/config';

/** Real clusters on this machine: `npm run cluster`. One after another, since each takes all cores. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
