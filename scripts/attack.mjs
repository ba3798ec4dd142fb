/**
 * npm run attack: gives Outsample what it should not get, and writes docs/ROBUSTNESS.md. Progress on stderr, the
 * table on stdout; each failure is kept in test-results/attack/. The exit code is 1 where a case failed.
 *   --seed 1       of every random number
 *   --only links   these classes alone (a,b), and no file
 *   --case 17      this case of the class alone
 *   --sample       the first cases of each class, and no file
 *   --browser      also kills browsers; needs a build (npm run build)
 */
import { fork } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import * as prettier from 'prettier';
import { patient } from '../test/attack/patience.mjs';
import { bundle, bundleFolder } from './load-bundled.mjs';

/** Classes at work at a time. */
const atOnce = 2;
/** Seconds without a word after which a case hangs. */
const patience = 60;
/** Processes of a class that may hang or die before the rest of it is left. */
const mostLost = 3;
const results = 'test-results/attack';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    case: { type: 'string' },
    sample: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
});
const seed = Number(options.seed);
const whole = !options.only && !options.case && !options.sample;

/**
 * @typedef {import('../test/attack/attack.ts').Attack} Attack
 * @typedef {import('../test/attack/attack.ts').Said} Said
 * @typedef {import('../test/attack/attack.ts').Tried} Tried
 */

/**
 * Tries cases from `first` on in a process of their own, until that ends; the case at which it dies or hangs has
 * failed, and is `lost`. Resolves to the next case.
 * @param {string} worker
 * @param {Attack} attack
 * @param {(tried: Tried) => void} onTried
 * @returns {Promise<{ next: number, lost: boolean }>}
 */
function tryFrom(worker, attack, first, end, onTried) {
  return new Promise((resolve) => {
    const child = fork(worker, [attack.name, String(seed), String(first), String(end)], {
      execArgv: ['--max-old-space-size=2048'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let next = first;
    let why = 'The process died, or was ended for what it took of a core.';
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2000)));
    const hang = () => {
      why = `It hung for ${patience} s.`;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(hang, patient(patience));
    let isOpen = true; // Of the case `next`, no outcome is known.
    child.on('message', (/** @type {Said} */ message) => {
      clearTimeout(timer);
      timer = setTimeout(hang, patient(patience));
      isOpen = 'begins' in message;
      if ('begins' in message) return;
      onTried(message);
      next = message.place + 1;
    });
    child.on('close', () => {
      clearTimeout(timer);
      if (isOpen) {
        onTried({ place: next, tried: '', outcome: { verdict: 'failed', why: `${why}\n${said}` } });
        next++;
      }
      resolve({ next, lost: isOpen });
    });
  });
}

/** All wanted cases of a class. */
async function tryAll(worker, attack, commandOf) {
  const first = Number(options.case ?? 0);
  const end = options.case ? first + 1 : options.sample ? attack.sample : attack.cases;
  const tally = { attack, tried: 0, refused: 0, right: 0, failed: /** @type {number[]} */ ([]) };
  /** @param {Tried} tried */
  const onTried = ({ place, tried, outcome }) => {
    tally.tried++;
    if (outcome.verdict !== 'failed') tally[outcome.verdict]++;
    else {
      tally.failed.push(place);
      const again = commandOf(seed, attack.name, place);
      process.stderr.write(
        `FAILED ${again}\n  ${tried.slice(0, 200)}\n  ${outcome.why.slice(0, 300)}\n`,
      );
      const kept = { again, tried, why: outcome.why };
      writeFileSync(join(results, `${attack.name}-${place}.json`), JSON.stringify(kept, null, 2));
    }
    if (tally.tried % Math.ceil((end - first) / 10) === 0)
      process.stderr.write(`${attack.name}: ${tally.tried} of ${end - first}\n`);
  };
  let lost = 0;
  for (let at = first; at < end && lost < mostLost;) {
    const ended = await tryFrom(worker, attack, at, end, onTried);
    at = ended.next;
    if (ended.lost) lost++;
    if (lost === mostLost)
      process.stderr.write(`${attack.name}: ${end - at} cases are left untried.\n`);
  }
  return tally;
}

async function writeDocument(text) {
  const path = 'docs/ROBUSTNESS.md';
  const style = await prettier.resolveConfig(path);
  writeFileSync(path, await prettier.format(text, { ...style, filepath: path }));
}

async function main() {
  const folder = bundleFolder('attack-');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const worker = await bundle('test/attack/worker.ts', folder, 'worker.mjs');
  const script = await bundle('test/attack/script.ts', folder, 'script.mjs');
  const { attacks, commandOf, documentOf, tableOf } = await import(pathToFileURL(script).href);

  const only = options.only?.split(',');
  const unknown = only?.find((name) => !attacks.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(
      `There is no class “${unknown}”: ${attacks.map(({ name }) => name).join(', ')}.`,
    );
  /** @type {Attack[]} */
  const wanted = attacks.filter(
    ({ name, optional }) => only?.includes(name) ?? (!optional || options.browser),
  );

  const tallies = [];
  const queue = [...wanted.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      tallies[next[0]] = await tryAll(worker, next[1], commandOf);
  };
  await Promise.all(Array.from({ length: atOnce }, work));

  if (whole) await writeDocument(documentOf(seed, tallies));
  console.log(tableOf(tallies));
  process.exitCode = tallies.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => process.exit(1));
await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
