import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './scripts/find-chromium.mjs';

const timed = /@timed/;
const executablePath = findChromium();

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: { pathTemplate: '{testDir}/screens/{arg}{ext}', scale: 'device' },
  },
  workers: 2,
  fullyParallel: true,
  // Tests that measure time have the machine to themselves, after all others.
  projects: [
    { name: 'page', grepInvert: timed },
    { name: 'timed', grep: timed, workers: 1, dependencies: ['page'] },
  ],
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  use: {
    // Set by webServer.wait, once the server has printed where it is.
    baseURL: process.env['OUTSAMPLE_URL'] ?? 'http://127.0.0.1:4173/any/base/',
    browserName: 'chromium',
    serviceWorkers: 'block', // Else requests pass by what a test does to them; test/e2e/offline.spec.ts allows them.
    launchOptions: { args: chromiumArgs, ...(executablePath ? { executablePath } : {}) },
    screenshot: 'only-on-failure',
    trace: process.env['CI'] === 'true' ? 'off' : 'retain-on-failure',
  },
  webServer: {
    command: 'node scripts/serve.mjs --base /any/base/',
    wait: { stdout: /is at (?<outsample_url>\S+)/ },
    timeout: 300_000,
  },
});
