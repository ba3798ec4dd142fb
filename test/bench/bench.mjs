/**
 * `npm run bench`: how long the engine takes, beside peers doing the same work. docs/BENCH.md explains.
 *
 *   --only features,simulations,validation,imports,peers,node,chromium,page   these parts only
 *   --only minutes    minutes by the million, which are no part of the others: slow, and large
 *   --millions 0.1,1,5,10   how many rows of them; --forms csv,split,arrow,parquet   in which files (default: csv)
 *   --install-peers   fetch native DuckDB, pandas, polars, vectorbt and backtesting.py first
 *   --rounds N        repetitions, the median of which counts (default 5; whole runs 3)
 *   --before DIR      another checkout, its packages installed, in turns with this one: the page, and its workloads
 *   --steps           also print the longest statements
 *   --json FILE       also write all figures there
 *   --write           also put the tables of these parts into docs/BENCH.md, and into its history
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { measureBefore } from './before.mjs';
import { loadNodeEntry, root } from './build.mjs';
import { launch, openBenchPage } from './chromium.mjs';
import { drawn, remember } from './history.mjs';
import { measureFeatures } from './features.mjs';
import { measureImports } from './imports.mjs';
import { measureMinutes } from './minutes.mjs';
import { measurePage } from './page.mjs';
import { installPeers } from './peers.mjs';
import {
  aimsOf,
  aimsTable,
  backtesterTable,
  beforeTable,
  featureTable,
  importTable,
  minutesTable,
  pageTable,
  simulationTable,
  validationTable,
  stageTable,
  stepList,
} from './report.mjs';
import { measureBacktesters, measureSimulations } from './simulations.mjs';
import { measureStages } from './stages.mjs';
import { writeSynthetic } from './synthetic.mjs';
import { measureValidation } from './validation.mjs';

const parts = [
  'features',
  'simulations',
  'validation',
  'imports',
  'peers',
  'node',
  'chromium',
  'page',
];
/** Those that are measured where nothing is said. */
const usual = parts.join();
parts.push('minutes', 'before');
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: usual },
    'install-peers': { type: 'boolean', default: false },
    rounds: { type: 'string' },
    steps: { type: 'boolean', default: false },
    millions: { type: 'string', default: '0.1,1,5,10' },
    forms: { type: 'string', default: 'csv' },
    before: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const wanted = new Set(options.only.split(','));
for (const part of wanted)
  if (!parts.includes(part)) throw new Error(`--only takes ${parts.join(', ')}; not ${part}.`);
const wants = (...names) => names.some((name) => wanted.has(name));
if (options.before) wanted.add('before');
const rounds = (preset) => Number(options.rounds ?? preset);

const say = (text) => console.log(text);
const doing = (text) => console.error(`… ${text}`);

const folder = mkdtempSync(join(tmpdir(), 'outsample-bench-'));
const data = join(folder, 'data');
mkdirSync(data);
let browser;
let benchPage;
let node;

try {
  await main();
} finally {
  await benchPage?.close();
  await browser?.close();
  node?.discard();
  rmSync(folder, { recursive: true });
}

async function main() {
  if (options['install-peers']) installPeers();
  node = await loadNodeEntry();
  const report = { machine: machine(), loadBefore: loadavg() };
  if (wants('features', 'simulations', 'validation', 'imports', 'chromium', 'page', 'before'))
    await openBrowser(report);
  say(`Outsample benchmark. ${report.machine}. Load ${loadavg()[0].toFixed(2)} at the start.`);
  say('Data: synthetic random walks, seeded. Medians, in seconds.');

  /** Measures a part, prints its table and what is aimed at, and puts both into docs/BENCH.md where that is asked for. */
  const part = async (name, title, measure, tables) => {
    const start = loadavg()[0];
    doing(name);
    const found = await measure();
    Object.assign(report, found);
    const aims = aimsOf(found);
    const shown = [...tables(found), aimsTable(aims)].filter((one) => one !== null);
    say(`\n${title}\n${shown.join('\n\n')}`);
    const load = `load ${start.toFixed(1)} at the start, ${loadavg()[0].toFixed(1)} at the end`;
    if (!options.write) return;
    writeFigures(name, `${title} (${report.machine}; ${load})`, markdownOf(shown));
    remember(name, aims, { machine: report.machine, load: start });
    writeFigures('history', 'Each run that was written, by aim', drawn());
  };

  if (wants('simulations'))
    await part(
      'simulations',
      'The simulator, and the same by other backtesters in Python',
      async () => {
        const csv = await synthetic(10, 5000);
        const given = { node, chromium: benchPage, csv, blob: blobOf(csv), rounds: rounds(5) };
        const simulations = await measureSimulations(given);
        if (!wants('peers')) return { simulations };
        const backtesters = await measureBacktesters({ node, folder, rounds: rounds(5) });
        return { simulations, backtesters };
      },
      ({ simulations, backtesters }) => [
        simulationTable(simulations),
        backtesters ? backtesterTable(backtesters) : null,
      ],
    );
  if (wants('validation'))
    await part(
      'validation',
      'Validation, one call each from cold features',
      async () => {
        const csv = await synthetic(10, 5000);
        const given = { node, chromium: benchPage, csv, blob: blobOf(csv), data };
        return { validation: await measureValidation(given) };
      },
      ({ validation }) => [validationTable(validation)],
    );
  if (wants('features'))
    await part(
      'features',
      'ATR(14) and two 90-bar z-scores over 1.25 million bars, tables cold, bars prepared',
      async () => {
        const csv = await synthetic(500, 2500);
        const given = { node, chromium: benchPage, csv, blob: blobOf(csv), folder };
        const features = await measureFeatures({
          ...given,
          rounds: rounds(5),
          withPeers: wants('peers'),
        });
        return { features };
      },
      ({ features }) => [featureTable(features)],
    );
  if (wants('imports'))
    await part(
      'imports',
      'Imports of 1.25 million bars, 65 MB as CSV, to the dataset’s fingerprint',
      async () => {
        const csv = await synthetic(500, 2500);
        const given = { node, chromium: benchPage, csv, folder, rounds: rounds(5) };
        return { imports: await measureImports(given) };
      },
      ({ imports }) => [importTable(imports)],
    );
  if (wants('node', 'chromium'))
    await part(
      'stages',
      'Stages, Harvester by its defaults, sized by ATR risk',
      async () => ({ stages: await stages() }),
      (found) => [stageTable(found.stages)],
    );
  if (wants('page') && browser)
    await part(
      'page',
      'The page: 50,000 CSV rows from the choice of the file to the drawn curve',
      async () => {
        const csv = await synthetic(20, 2500);
        const found = await measurePage(folder, csv, rounds(5), options.before);
        return { page: { rows: csv.rows, ...found } };
      },
      ({ page }) => [pageTable(page)],
    );
  if (options.before)
    await part(
      'before',
      'The version before, in turns with this one',
      async () => {
        const bars = { wide: await synthetic(500, 2500), long: await synthetic(10, 5000) };
        const { before } = options;
        const given = { before, node, browser, folder, data, bars, rounds: rounds(3) };
        return { before: await measureBefore(given) };
      },
      ({ before }) => [beforeTable(before)],
    );
  if (wants('minutes') && findChromium())
    await part(
      'minutes',
      'Minutes of 20 symbols: import, moving-average cross 20/50, the drawn curve',
      async () => {
        const millions = options.millions.split(',').map(Number);
        const forms = options.forms.split(',');
        return { minutes: await measureMinutes({ node, folder, millions, forms, doing }) };
      },
      ({ minutes }) => [minutesTable(minutes)],
    );
  if (options.steps) say(stepList(report));
  report.loadAfter = loadavg();
  say(`\nLoad ${report.loadAfter[0].toFixed(2)} at the end.`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
}

const markdownOf = (tables) => tables.map((table) => table.toMarkdown()).join('\n\n');

/** Between the two comments that name a part stand the tables of its last run that was written. */
function writeFigures(name, title, figures) {
  const path = join(root, 'docs/BENCH.md');
  const text = readFileSync(path, 'utf8');
  const [from, to] = [`<!-- figures: ${name} -->`, `<!-- end: ${name} -->`];
  if (!text.includes(from)) throw new Error(`docs/BENCH.md has no place for ${name}.`);
  const [above] = text.split(from);
  const below = text.slice(text.indexOf(to));
  writeFileSync(path, `${above}${from}\n\n${title}\n\n${figures}\n\n${below}`);
}

async function openBrowser(report) {
  if (!findChromium()) {
    say('skipped: Chromium; node scripts/find-chromium.mjs installs one.');
    return;
  }
  browser = await launch();
  report.machine += `, Chromium ${browser.version()}`;
  if (wants('features', 'simulations', 'validation', 'imports', 'chromium'))
    benchPage = await openBenchPage(browser, folder, data);
}

async function stages() {
  const found = [];
  for (const [symbols, bars] of [
    [10, 5000],
    [100, 2500],
    [500, 2500],
  ]) {
    const csv = await synthetic(symbols, bars);
    const row = { symbols, bars, bytes: csv.bytes };
    if (wants('node')) {
      doing(`Node, ${symbols} × ${bars}`);
      const blob = blobOf(csv);
      let bench;
      row.node = await measureStages(
        {
          fresh: () => void (bench = node.nodeWorkbench()),
          call: (method, ...args) => bench[method](...args),
          load: () => bench.importCsv(csv.name, blob),
        },
        rounds(3),
      );
    }
    if (wants('chromium') && benchPage) {
      doing(`Chromium, ${symbols} × ${bars}`);
      const load = () => benchPage.call('importFrom', csv.name);
      row.chromium = await measureStages({ ...benchPage, load }, rounds(3));
    }
    if (row.node && row.chromium) mustEqual(row);
    found.push(row);
  }
  return found;
}

/** The promise beneath all these figures. */
function mustEqual({ symbols, bars, node, chromium }) {
  const result = ({ digests, fingerprint }) => JSON.stringify({ digests, fingerprint });
  if (result(node) !== result(chromium))
    throw new Error(`${symbols} × ${bars}: Node and Chromium differ.`);
}

async function synthetic(symbols, bars) {
  doing(`synthetic bars, ${symbols} × ${bars}`);
  return writeSynthetic(data, symbols, bars);
}

function blobOf({ path }) {
  return new Blob([readFileSync(path)]);
}

function machine() {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}`;
}
