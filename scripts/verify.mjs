/** Runs every check in order, stops at the first that fails, and ends with `N passed, M failed`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const reports = { vitest: 'test-results/vitest.json', playwright: 'test-results/playwright.json' };

/** @type {[name: string, command: string][]} */
const steps = [
  ['format', 'npm run --silent format:check'],
  ['lint', 'npm run --silent lint'],
  ['types', 'npm run --silent types'],
  ['dependency rules', 'npm run --silent depcruise'],
  ['unused code', 'npm run --silent knip'],
  [
    'unit, SQL, property, golden',
    `vitest run --coverage --reporter=default --reporter=json --outputFile.json=${reports.vitest}`,
  ],
  ['build', 'vite build --logLevel warn'],
  ['size', 'npm run --silent size'],
  ['browser', 'playwright test --reporter=list,json'],
];

/** Passed, failed and skipped tests of both runners' JSON reports, as far as they ran. */
function count() {
  const vitest = read(reports.vitest);
  const stats = read(reports.playwright).stats;
  return {
    passed: (vitest.numPassedTests ?? 0) + (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (vitest.numFailedTests ?? 0) + (stats?.unexpected ?? 0),
    skipped: (vitest.numPendingTests ?? 0) + (stats?.skipped ?? 0),
  };
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function succeeds([name, command]) {
  const started = Date.now();
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, {
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
    },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name}: ${seconds} s`);
  return status === 0;
}

for (const report of Object.values(reports)) rmSync(report, { force: true });
const failed = steps.find((step) => !succeeds(step));
if (failed) console.log(`\nStopped at: ${failed[0]}`);
const tests = count();
if (tests.passed + tests.failed > 0) {
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  console.log(`\n${tests.passed} passed, ${tests.failed} failed${skipped}`);
}
if (failed) process.exitCode = 1;
