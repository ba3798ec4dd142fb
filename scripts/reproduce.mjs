/**
 * npm run reproduce: the studies of test/reproduce/studies.ts in Chromium, Firefox, WebKit and Node, and whether all
 * results have the same bits. The exit code is 1 where they have not, where an engine fails,
 * or where there are not two to compare.
 *   --engines chromium,node   these and no others; without it, those that this machine has
 *   --only harvester-indices  these studies alone
 *   --install                 first tries to install the browsers that are missing
 *   --json                    the outcome as JSON on stdout, progress on stderr
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildModule, buildPage } from '../test/reproduce/build.mjs';
import { differences } from '../test/reproduce/compare.mjs';
import { host } from '../test/reproduce/host.mjs';
import { reproduceIn } from '../test/reproduce/session.mjs';
import { findBrowsers, installBrowsers } from './find-browsers.mjs';
import { bundleFolder } from './load-bundled.mjs';

/** Engines at work at a time: each has trials that keep more than one core busy. */
const atOnce = 2;

const { values: options } = parseArgs({
  options: {
    engines: { type: 'string' },
    only: { type: 'string' },
    install: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
const say = options.json ? console.error : console.log;
const warning = process.env.CI === 'true' ? 'Warning: ' : '';
const short = (digest) => digest.slice(0, 8);
const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Which of the wanted engines this machine has; says which it lacks, and throws where one of those was named. */
function wantedEngines(module) {
  /** @type {Record<string, Record<string, string>>} */
  const known = { node: { path: process.execPath, module }, ...findBrowsers() };
  const named = options.engines?.split(',');
  const unknown = named?.find((name) => !(name in known));
  if (unknown)
    throw new Error(`There is no engine “${unknown}”: ${Object.keys(known).join(', ')}.`);
  const wanted = Object.entries(known).filter(([name]) => named?.includes(name) ?? true);
  const skipped = wanted.filter(([, { missing }]) => missing);
  for (const [name, { missing }] of skipped)
    say(`${warning}${name} is not compared. Missing: ${missing}`);
  if (named && skipped.length > 0) throw new Error('An engine asked for is missing.');
  return {
    engines: wanted.filter(([, { missing }]) => !missing),
    skipped: skipped.map(([name]) => name),
  };
}

/** Builds, and puts the engines to work, the last and slowest first; their outcomes in the order of `engines`. */
async function outcomesOf(engines, pageFolder, moduleFolder) {
  await buildPage(pageFolder);
  await buildModule(moduleFolder);
  const server = await host(pageFolder);
  /** @type {import('../test/reproduce/session.mjs').Outcome[]} */
  const outcomes = [];
  const queue = engines.map(([engine, found], place) => async () => {
    const attempt = async () => {
      const outcome = await reproduceIn(
        engine,
        found,
        server.address(engine, options.only),
        (listener) => server.listen(engine, listener),
        (study, { digest, seconds }) =>
          say(`${engine.padEnd(9)} ${study.padEnd(20)} ${short(digest)} ${seconds.toFixed(1)} s`),
      );
      if (outcome.failure !== null) say(`${engine} failed: ${outcome.failure}`);
      return outcome;
    };
    const first = await attempt();
    // A browser may crash by itself; one that crashes twice has failed.
    outcomes[place] = first.failure === null ? first : await attempt();
  });
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await next();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  server.close();
  return outcomes;
}

/** A row for each study, a column for each engine. */
function printTable(studies, outcomes) {
  const print = (name, cells) =>
    say([name.padEnd(20), ...cells.map((cell) => cell.padEnd(22))].join(' ').trimEnd());
  const column = (cell) => outcomes.map(cell);
  const engines = column(({ engine, version }) => `${engine} ${version}`);
  say('');
  print('', engines);
  for (const id of studies)
    print(
      id,
      column((one) => short(one.studies.get(id)?.digest ?? 'none')),
    );
  const seconds = column((one) => one.seconds.toFixed(1));
  print('seconds', seconds);
  say('');
}

/** The last line, and whether all that was to be compared is equal. */
function judge(studies, outcomes, skipped, found) {
  const failed = outcomes.filter(({ failure }) => failure !== null).length;
  const equal = outcomes.length > 1 && found.length + failed === 0;
  const what = `${counted(studies.length, 'study', 'studies')} × ${counted(outcomes.length, 'engine')}`;
  const without = skipped.length > 0 ? ` (without ${skipped.join(', ')})` : '';
  const compared = equal ? 'all equal' : counted(found.length, 'difference');
  const verdict = outcomes.length > 1 ? compared : 'nothing to compare with';
  const failures = failed > 0 ? `, ${counted(failed, 'engine')} failed` : '';
  return { equal, text: `${what}${without}: ${verdict}${failures}` };
}

async function main() {
  const started = Date.now();
  if (options.install) installBrowsers();
  const pageFolder = mkdtempSync(join(tmpdir(), 'outsample-reproduce-'));
  const moduleFolder = bundleFolder('reproduce-');
  process.on('exit', () => {
    for (const folder of [pageFolder, moduleFolder])
      rmSync(folder, { recursive: true, force: true });
  });
  const { engines, skipped } = wantedEngines(join(moduleFolder, 'node.mjs'));
  const tried = await outcomesOf(engines, pageFolder, moduleFolder);
  // A browser that does not open here is one that this machine lacks, unless it was asked for.
  const outcomes = tried.filter(({ version }) => version !== '' || options.engines);
  for (const { engine } of tried.filter((one) => !outcomes.includes(one))) {
    say(`${warning}${engine} is not compared: it did not open.`);
    skipped.push(engine);
  }

  const studies = [...new Set(outcomes.flatMap((one) => [...one.studies.keys()]))];
  const found = studies.flatMap((id) =>
    differences(
      id,
      outcomes.flatMap(({ engine, studies }) => {
        const result = studies.get(id);
        return result ? [[engine, result.parts]] : [];
      }),
    ),
  );
  printTable(studies, outcomes);
  for (const { study, part, engines, path, values } of found)
    say(`${study}: ${part}${path} is ${values[0]} in ${engines[0]}, ${values[1]} in ${engines[1]}`);
  const { equal, text } = judge(studies, outcomes, skipped, found);
  say(`${text}, ${Math.round((Date.now() - started) / 1000)} s`);
  if (options.json) {
    const engines = outcomes.map(({ studies, ...rest }) => ({
      ...rest,
      studies: [...studies].map(([id, { digest, seconds }]) => ({ id, digest, seconds })),
    }));
    console.log(JSON.stringify({ equal, engines, skipped, differences: found }, null, 2));
  }
  process.exitCode = equal ? 0 : 1;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => process.exit(1)); // What was started ends with this process.
await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
