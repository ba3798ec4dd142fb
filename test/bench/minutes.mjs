/** Minutes of 20 symbols, from the file to a moving-average cross: Node, the page in Chromium, and three engines that do as much. */
/* global requestAnimationFrame, window */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildProduct, here, host } from './build.mjs';
import { launch } from './chromium.mjs';
import { writeMinutes } from './minute-bars.mjs';
import { python } from './peers.mjs';

const symbols = 20;
const peers = ['duckdb', 'pandas', 'polars'];

/** For each count of rows, in millions, and each form of the files: what was found, or why there is nothing. */
export async function measureMinutes({ node, folder, millions, forms, doing }) {
  const dist = buildProduct(folder);
  const found = [];
  for (const million of millions) {
    const data = join(folder, 'minutes');
    mkdirSync(data);
    doing(`minutes, ${million} million rows`);
    const paths = await writeMinutes(data, symbols, (million * 1e6) / symbols, forms, node);
    const add = (label, form, result) => found.push({ million, label, form, ...result });
    for (const form of forms) {
      const files = form === 'split' ? paths.split : [paths[form]];
      doing(`minutes, ${million} million rows, ${form}`);
      add('Outsample, Node', form, inNode(node, files));
      add('Outsample, page', form, await onPage(dist, folder, files));
    }
    if (paths.csv !== undefined)
      for (const peer of peers) add(peer, 'csv', inPython(peer, paths.csv));
    rmSync(data, { recursive: true });
  }
  return found;
}

/** In a process of its own, whose peak of memory is read. */
function inNode({ file }, paths) {
  const script = `
    const { openAsBlob, readFileSync } = await import('node:fs');
    const { basename } = await import('node:path');
    const bench = (await import(${JSON.stringify(file)})).nodeWorkbench();
    await bench.start();
    const files = await Promise.all(${JSON.stringify(paths)}.map(async (path) => ({ name: basename(path), content: await openAsBlob(path) })));
    const load = process.cpuUsage();
    const read = await bench.importFiles(files);
    const { time, phases, digests, signals } = await bench.run(${JSON.stringify(study)});
    const { user, system } = process.cpuUsage(load);
    console.log(JSON.stringify({
      import: read.time, run: time, phases, crosses: signals, digests, cpu: (user + system) / 1000,
      peak: 1024 * Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
    }));
    process.exit(0);`;
  return told(spawnSync(process.execPath, ['--input-type=module', '-e', script]));
}

const study = {
  strategy: { id: 'moving-average-cross', parameters: { fast: 20, slow: 50 } },
};

const inPython = (peer, path) => told(spawnSync(python(), [join(here, 'minutes.py'), peer, path]));

function told({ status, stdout, stderr, error }) {
  if (status === 0) return JSON.parse(String(stdout));
  return { missing: error?.message ?? String(stderr).trim().split('\n').at(-1) };
}

/**
 * The page as a person uses it, in a browser of its own: from the choice of the files to the drawn curve. `peak` is the most
 * that all processes of this browser that render pages have had of memory, each at its own time.
 */
async function onPage(dist, folder, paths) {
  const server = await host(dist, folder);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    await page.addInitScript(watchTasks);
    await page.goto(server.url);
    // The engine starts at the sign of intent, and is up by then.
    await page.locator('[aria-label="Begin"]').dispatchEvent('pointerenter');
    await page.waitForTimeout(3000);
    const started = performance.now();
    await page.getByLabel('Files of a dataset').setInputFiles(paths);
    await page.getByRole('button', { name: /^Import \d+ files?$/ }).click();
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await page.locator('button[aria-disabled="false"]', { hasText: /^\s*Run\s*$/ }).waitFor();
    const imported = performance.now();
    await page.getByLabel('Strategy', { exact: true }).selectOption('Moving-average cross');
    await page.getByLabel('Slow', { exact: true }).fill('50');
    const clicked = performance.now();
    await run.click();
    await page.locator('#results [data-pane="equity"] canvas').first().waitFor();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const drawn = performance.now();
    const peak = await peakOf(browser);
    const chart = page.getByRole('application', { name: 'Equity and drawdown' });
    await page.evaluate(() => window.benchTasks());
    await chart.focus();
    for (const key of ['+', '+', '+', 'ArrowRight', 'ArrowLeft', '-', '-']) await chart.press(key);
    await page.waitForTimeout(500);
    const tasks = await page.evaluate(() => window.benchTasks());
    return {
      import: imported - started,
      run: drawn - clicked,
      peak,
      longest: Math.max(0, ...tasks),
    };
  } catch (error) {
    return { missing: error.message.split('\n')[0] };
  } finally {
    await browser.close();
    server.close();
  }
}

/** Installed before the page's scripts: the long tasks since the last question. */
function watchTasks() {
  let tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
  window.benchTasks = () => {
    const found = tasks;
    tasks = [];
    return found;
  };
}

/** Linux tells the most that a process has had. */
async function peakOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
    .reduce((sum, kilobytes) => sum + 1024 * Number(kilobytes ?? 0), 0);
}
