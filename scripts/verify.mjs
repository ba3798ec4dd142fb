/** Runs every check, also after one has failed; lists what failed and ends with `N passed, M failed`. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { run } from './steps.mjs';

const reports = { vitest: 'test-results/vitest.json', playwright: 'test-results/playwright.json' };
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = reports.playwright;

/** They read the sources alone, and run two at a time: the slowest first. @type {[string, string][]} */
const still = [
  ['types', 'npm run --silent types'],
  ['lint', 'npm run --silent lint'],
  ['format', 'npm run --silent format:check'],
  ['unused code', 'npm run --silent knip'],
  ['dependency rules', 'npm run --silent depcruise'],
  ['advisories', 'node scripts/advisories.mjs'],
];
/** @type {[string, string][]} */
const moving = [
  [
    'unit, SQL, property, golden',
    `vitest run --coverage --reporter=default --reporter=json --outputFile.json=${reports.vitest}`,
  ],
  ['build', 'vite build --logLevel warn'],
];
/** @type {[string, string][]} */
const built = [
  ['size', 'npm run --silent size'],
  ['browser', 'playwright test --reporter=list,json'],
];

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});

/** The failed tests of a suite of Playwright's report. @returns {string[]} */
const failedIn = ({ suites = [], specs = [] }) => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedIn),
];

/** The failed tests of Vitest's report; a file that fails as a whole has a message of its own. @returns {string[]} */
const failedOf = ({ testResults = [] }) =>
  testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === 'failed');
      const said = tests.length > 0 ? tests.map(({ fullName }) => fullName) : [message];
      return said.map((what) => `${relative('.', name)}: ${what}`);
    });

for (const report of Object.values(reports)) rmSync(report, { force: true });
const failed = [...(await run(still, 2)), ...(await run(moving))];
if (failed.includes('build'))
  failed.push(...built.map(([name]) => `${name}: not run, there is no build`));
else failed.push(...(await run(built)));

const vitest = read(reports.vitest);
const playwright = read(reports.playwright);
const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = playwright.stats ?? {};
const left = (vitest.numPendingTests ?? 0) + skipped;
const passed = (vitest.numPassedTests ?? 0) + expected + flaky;

if (failed.length > 0) {
  process.exitCode = 1;
  console.log('\nFailed:');
  for (const what of [...failed, ...failedOf(vitest), ...failedIn(playwright)])
    console.log(`✗ ${what}`);
}
console.log(
  `\n${passed} passed, ${(vitest.numFailedTests ?? 0) + unexpected} failed${left > 0 ? `, ${left} skipped` : ''}`,
);
