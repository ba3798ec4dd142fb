/** The product's own page, used as a person would: from the choice of a file to the drawn equity curve. */
/* global document, MutationObserver, requestAnimationFrame, window */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildProduct, host, root } from './build.mjs';
import { launchWith } from './chromium.mjs';

const afterwards = 500;
/** Until the browser has put compiled code aside. */
const settling = 4000;

/**
 * Visits twice in a row, `repeats` times, each time with a browser that has seen nothing: `visits` are the first ones, `again`
 * the second. Where another checkout is given (`before`), both take turns.
 */
export async function measurePage(folder, csv, repeats, before) {
  const versions = [version('page', folder, root)];
  if (before !== undefined) versions.push(version('before', folder, resolve(before)));
  for (const one of versions) one.server = await host(one.dist, folder);
  for (let i = 0; i < repeats; i++)
    for (const { visits, again, server } of versions) {
      const profile = mkdtempSync(join(folder, 'profile-'));
      visits.push(await visit(profile, server.url, csv));
      again.push(await visit(profile, server.url, csv));
      rmSync(profile, { recursive: true });
    }
  for (const { server } of versions) server.close();
  const [ours, theirs] = versions.map(({ visits, again, engine }) => ({ visits, again, engine }));
  const firstVisit = firstVisitSize(join(folder, 'page'));
  return { ...ours, firstVisit, ...(theirs && { before: theirs }) };
}

/** A checkout, built; `engine` is how long its engine's file is, as it is and packed (gzip 9). */
function version(name, folder, checkout) {
  const dist = buildProduct(join(folder, name), checkout);
  const file = readdirSync(join(dist, 'assets')).find((one) => /^duckdb.*\.wasm$/.test(one));
  const wasm = readFileSync(join(dist, 'assets', file));
  const engine = { bytes: wasm.length, packed: gzipSync(wasm, { level: 9 }).length };
  return { dist, engine, visits: [], again: [] };
}

async function visit(profile, url, csv) {
  const context = await launchWith(profile);
  const page = await context.newPage();
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  // The engine is to come at the sign of intent, not while the page rests.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  const wasmAtFirst = fetched.filter((address) => address.endsWith('.wasm')).length;

  // Pointing at the drop zone is the sign of intent that starts the engine.
  const started = page.evaluate(() => {
    const pointed = performance.now();
    document.querySelector('[aria-label="Begin"]').dispatchEvent(new Event('pointerenter'));
    return window.bench.engineUp.then((up) => up - pointed);
  });
  const engine = await inTime(page, started);
  await page.waitForTimeout(1000); // The wasm's compiled code settles.
  const drawn = page.evaluate(runAsSoonAsImported);
  await page.getByLabel('Files of a dataset').setInputFiles(csv.path);
  const { dropped, imported, clicked, finished } = await inTime(page, drawn);
  await page.waitForTimeout(afterwards); // Later charts and tables draw on.
  const longTasks = await page.evaluate(() => window.bench.longTasks());
  for (const tab of ['Search', 'Overview']) await page.getByRole('tab', { name: tab }).click();
  await page.getByRole('application', { name: 'Equity and drawdown' }).focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(afterwards);
  const vitals = await page.evaluate(() => window.bench.vitals());
  await page.waitForTimeout(settling);
  await context.close();
  return {
    engine,
    import: imported - dropped,
    run: finished - clicked,
    dropToCurve: finished - dropped,
    longTasks: longTasks.filter(({ start }) => start >= dropped && start <= finished + afterwards),
    wasmAtFirst,
    ...vitals,
  };
}

/** A page that shows an error would be waited for without end. */
async function inTime(page, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(async () => {
      const said = await page.getByRole('alert').allInnerTexts();
      reject(new Error(`Nothing after a minute. ${said.join(' ')}`));
    }, 60_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Installed before the page's own scripts: notices the engine's answer and the main thread's long tasks. */
function watch() {
  const Original = window.Worker;
  let tell;
  const engineUp = new Promise((resolve) => (tell = resolve));
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (data?.value?.value?.duckdb) tell(performance.now());
      });
    }
  };
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  // As web.dev defines them: the last candidate, the sum of unexpected shifts, and, of so few interactions, the slowest.
  const vitals = { largestPaint: 0, layoutShift: 0, slowestInteraction: 0 };
  const observe = (type, take, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe('largest-contentful-paint', ({ startTime }) => (vitals.largestPaint = startTime));
  observe('layout-shift', ({ value, hadRecentInput }) => {
    if (!hadRecentInput) vitals.layoutShift += value;
  });
  observe(
    'event',
    ({ duration, interactionId }) => {
      if (interactionId > 0)
        vitals.slowestInteraction = Math.max(vitals.slowestInteraction, duration);
    },
    { durationThreshold: 16 },
  );
  window.bench = { engineUp, longTasks: () => tasks, vitals: () => vitals };
}

/** In the page: confirms how the file is read, waits for the import, clicks Run, waits until the equity curve has been painted. */
async function runAsSoonAsImported() {
  const when = (found) =>
    new Promise((resolve) => {
      const look = () => found() && (observer.disconnect(), resolve(performance.now()));
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      look();
    });
  const chosen = new Promise((resolve) =>
    document.addEventListener('change', () => resolve(performance.now()), {
      capture: true,
      once: true,
    }),
  );
  const run = [...document.querySelectorAll('button')].find(
    (button) => button.textContent.trim() === 'Run',
  );
  const dropped = await chosen;
  const confirm = () =>
    [...document.querySelectorAll('button')].find(({ textContent }) =>
      /^Import \d+ files?$/.test(textContent.trim()),
    );
  await when(() => confirm() !== undefined);
  confirm().click();
  const imported = await when(() => run.getAttribute('aria-disabled') === 'false');
  const clicked = performance.now();
  run.click();
  await when(() => document.querySelector('#results [data-pane="equity"] canvas'));
  const finished = await new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))),
  );
  return { dropped, imported, clicked, finished };
}

/** What scripts/check-size.mjs says of the build beside `folder`/dist. */
function firstVisitSize(folder) {
  const { stdout, stderr } = spawnSync('node', [join(root, 'scripts/check-size.mjs')], {
    cwd: folder,
    encoding: 'utf8',
  });
  const kilobytes = /([\d.]+) KB {2}first-visit/.exec(stdout)?.[1];
  if (kilobytes === undefined) throw new Error(`check-size.mjs said: ${stdout}${stderr}`);
  return Number(kilobytes);
}
