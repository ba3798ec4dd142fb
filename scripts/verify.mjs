/** Runs every check in order, stops at what fails first, and ends with `N passed, M failed`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';

const reports = { vitest: 'test-results/vitest.json', playwright: 'test-results/playwright.json' };

/** In order; what stands together runs together, and prints when it ends. @type {[name: string, command: string][][]} */
const steps = [
  [
    ['lint', 'npm run --silent lint'],
    ['types', 'npm run --silent types'],
    ['format', 'npm run --silent format:check'],
    ['dependency rules', 'npm run --silent depcruise'],
    ['unused code', 'npm run --silent knip'],
  ],
  [
    [
      'unit, SQL, property, golden',
      `vitest run --coverage --reporter=default --reporter=json --outputFile.json=${reports.vitest}`,
    ],
  ],
  [['build', 'vite build --logLevel warn']],
  [['size', 'npm run --silent size']],
  [['browser', 'playwright test --reporter=list,json']],
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

/** Null where the step succeeds, else its name. */
async function failing([name, command], together) {
  const started = Date.now();
  if (!together) console.log(`\n— ${name}`);
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', together ? 'pipe' : 'inherit', together ? 'pipe' : 'inherit'],
    env: {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
      ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(said);
  console.log(`${status === 0 ? '✓' : '✗'} ${name}: ${seconds} s`);
  return status === 0 ? null : name;
}

for (const report of Object.values(reports)) rmSync(report, { force: true });
let failed = [];
for (const group of steps) {
  const found = await Promise.all(group.map((step) => failing(step, group.length > 1)));
  failed = found.filter((name) => name !== null);
  if (failed.length > 0) break;
}
if (failed.length > 0) console.log(`\nStopped at: ${failed.join(', ')}`);
const tests = count();
if (tests.passed + tests.failed > 0) {
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  console.log(`\n${tests.passed} passed, ${tests.failed} failed${skipped}`);
}
if (failed.length > 0) process.exitCode = 1;
