/**
 * What a change most likely breaks, in about a minute: format, lint, types and the fast tests that the working tree's
 * changes reach. It trusts caches: of a file that did not change, lint does not notice that a type it uses did.
 * `npm run verify` trusts none, and runs everything.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { run } from './steps.mjs';

const cache = 'node_modules/.cache/check';
const cached = `--cache --cache-strategy content --cache-location ${cache}`;
const rooms = ['.', 'src/domain', 'src/sql', 'workers', 'src/cli', 'test'];

/** Tests that boot an engine, directly or by the command. */
const bootsEngine = /startNodeEngine|execFileSync|outsample\.ts'|cli\/(report|metrics)\.ts'/;
const slow = readdirSync('test/unit', { recursive: true, encoding: 'utf8' })
  .map((name) => `test/unit/${name}`)
  .filter((path) => path.endsWith('.test.ts') && bootsEngine.test(readFileSync(path, 'utf8')))
  .map((path) => `--exclude ${path}`);

const failed = await run(
  [
    [
      'types',
      rooms
        .map(
          (room, i) => `tsc -p ${room} --incremental --tsBuildInfoFile ${cache}/${i}.tsbuildinfo`,
        )
        .join(' && '),
    ],
    ['lint', `eslint --max-warnings 0 ${cached}/eslint .`],
    [
      'components',
      'svelte-check --tsconfig src/tsconfig.json --fail-on-warnings --output human-verbose',
    ],
    ['tests', `vitest run --changed --maxWorkers 1 test/unit ${slow.join(' ')}`],
    ['format', `prettier --check --log-level warn ${cached}/prettier .`],
  ],
  2,
);
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
