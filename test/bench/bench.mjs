/**
 * `npm run bench`: how long the engine takes, beside peers doing the same work. docs/BENCH.md explains.
 *
 *   --only features,simulations,validation,imports,peers,node,chromium,page   these parts only
 *   --only minutes    minutes by the million, which are no part of the others: slow, and large
 *   --millions 0.1,1,5,10   how many rows of them; --forms csv,split,arrow,parquet   in which files (default: csv)
 *   --install-peers   fetch native DuckDB, pandas, polars, vectorbt and backtesting.py first
 *   --rounds N        repetitions, the median of which counts (default 5; whole runs 3)
 *   --before DIR      the page: another checkout beside this one, in turns
 *   --steps           also print the longest statements
 *   --json FILE       also write all figures there
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { loadNodeEntry } from './build.mjs';
import { launch, openBenchPage } from './chromium.mjs';
import { measureFeatures } from './features.mjs';
import { measureImports } from './imports.mjs';
import { measureMinutes } from './minutes.mjs';
import { measurePage } from './page.mjs';
import { installPeers } from './peers.mjs';
import {
  aims,
  backtesterTable,
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
parts.push('minutes');
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
  },
});
const wanted = new Set(options.only.split(','));
for (const part of wanted)
  if (!parts.includes(part)) throw new Error(`--only takes ${parts.join(', ')}; not ${part}.`);
const wants = (...names) => names.some((name) => wanted.has(name));
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
  if (wants('features', 'simulations', 'validation', 'imports', 'chromium', 'page'))
    await openBrowser(report);
  say(`Outsample benchmark. ${report.machine}. Load ${loadavg()[0].toFixed(2)} at the start.`);
  say('Data: synthetic random walks, seeded. Medians, in seconds.');

  if (wants('simulations')) {
    const csv = await synthetic(10, 5000);
    doing('simulations');
    report.simulations = await measureSimulations({
      node,
      chromium: benchPage,
      csv,
      blob: blobOf(csv),
      rounds: rounds(5),
    });
    say('\nThe simulator');
    say(simulationTable(report.simulations));
    if (wants('peers')) {
      doing('backtesters');
      report.backtesters = await measureBacktesters({ node, folder, rounds: rounds(5) });
      say('\nThe same by other backtesters, in Python');
      say(backtesterTable(report.backtesters));
    }
  }
  if (wants('validation')) {
    const csv = await synthetic(10, 5000);
    doing('validation');
    report.validation = await measureValidation({
      node,
      chromium: benchPage,
      csv,
      blob: blobOf(csv),
      data,
    });
    say('\nValidation, one call each from cold features');
    say(validationTable(report.validation));
  }
  if (wants('features')) {
    const csv = await synthetic(500, 2500);
    doing('features');
    report.features = await measureFeatures({
      node,
      chromium: benchPage,
      csv,
      blob: blobOf(csv),
      folder,
      rounds: rounds(5),
      withPeers: wants('peers'),
    });
    say(`\nATR(14) and two 90-bar z-scores over ${csv.rows} bars, tables cold, bars prepared`);
    say(featureTable(report.features));
  }
  if (wants('imports')) {
    const csv = await synthetic(500, 2500);
    doing('imports');
    report.imports = await measureImports({
      node,
      chromium: benchPage,
      csv,
      folder,
      rounds: rounds(5),
    });
    say(
      `\nImports of ${csv.rows} bars, ${(csv.bytes / 1e6).toFixed(0)} MB as CSV, to the dataset's fingerprint`,
    );
    say(importTable(report.imports));
  }
  if (wants('node', 'chromium')) {
    report.stages = await stages();
    say('\nStages, Harvester by its defaults, sized by ATR risk');
    say(stageTable(report.stages));
  }
  if (wants('page') && browser) {
    const csv = await synthetic(20, 2500);
    doing('page');
    const found = await measurePage(folder, csv, rounds(5), options.before);
    report.page = { rows: csv.rows, ...found };
    say(`\nThe page: ${csv.rows} CSV rows from the choice of the file to the drawn curve`);
    say(pageTable(report.page));
  }
  if (wants('minutes') && findChromium()) {
    const millions = options.millions.split(',').map(Number);
    const forms = options.forms.split(',');
    report.minutes = await measureMinutes({ node, folder, millions, forms, doing });
    say('\nMinutes of 20 symbols: import, moving-average cross 20/50, the drawn curve');
    say(minutesTable(report.minutes));
  }
  if (options.steps) say(stepList(report));
  say(`\nAims\n${aims(report)}`);
  report.loadAfter = loadavg();
  say(`\nLoad ${report.loadAfter[0].toFixed(2)} at the end.`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
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
