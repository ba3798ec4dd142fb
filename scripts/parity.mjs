/**
 * npm run parity: the last sessions of every sample study through the live path, bar by bar, and whether its orders, fills, trades
 * and curve are the backtest's to the bit. The exit code is 1 where one is not. It takes minutes: each bar is thought about anew.
 *   --steps 250                     so many each
 *   --only harvester,buy-and-hold   these studies alone
 *   --data PATH                     on these bars
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const { values: options } = parseArgs({
  options: {
    steps: { type: 'string', default: '250' },
    only: { type: 'string' },
    data: { type: 'string', default: 'datasets/us-indices-2014-2018/bars.csv' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'outsample-parity-'));

const outsample = (...given) =>
  promisify(execFile)(process.execPath, ['bin/outsample.mjs', ...given], { maxBuffer: 2 ** 26 });

/** Exit code 3 says that a replay differs, and its output how; 2 that no market can trade the study as it is written. */
async function replayed(name) {
  const path = join(folder, `${name.replace('/', '-')}.json`);
  writeFileSync(path, (await outsample('example', name)).stdout);
  const asked = ['live', path, '--data', options.data, '--replay', options.steps, '--json'];
  const { code = 0, stdout, stderr } = await outsample(...asked).catch((error) => error);
  if (code === 2 && stderr.includes('/execution/')) return `not traded: ${stderr.trim()}`;
  if (code !== 0 && code !== 3) throw new Error(`${name}: ${stderr}`);
  const { steps, orders, fills, differing, first, digests } = JSON.parse(stdout);
  if (differing > 0) throw new Error(`${name}: ${differing} closes differ. ${first}`);
  if (digests.paper !== digests.backtest)
    throw new Error(`${name}: fills, trades or curve differ.`);
  return `${steps} steps, ${orders} orders, ${fills} fills: the backtest’s to the bit`;
}

const { stdout } = await outsample('example', '--list');
const left = options.only?.split(',') ?? stdout.trim().split('\n');

async function work() {
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const start = performance.now();
    try {
      const found = await replayed(name);
      console.log(`${name}: ${found} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`✗ ${error instanceof Error ? error.message : error}`);
    }
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
rmSync(folder, { recursive: true });
