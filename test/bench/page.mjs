/** The product's own page, used as a person would: from the choice of a file to the drawn equity curve. */
/* global document, MutationObserver, requestAnimationFrame, window */
import { spawnSync } from 'node:child_process';
import { buildProduct, host, root } from './build.mjs';
import { join } from 'node:path';

const afterwards = 500;

/** Visits `repeats` times, each with an empty cache and a new engine. */
export async function measurePage(browser, folder, csv, repeats) {
  const dist = await buildProduct(folder);
  const server = await host(dist, folder);
  const visits = [];
  for (let i = 0; i < repeats; i++) visits.push(await visit(browser, server.url, csv));
  server.close();
  return { visits, firstVisit: firstVisitSize(folder) };
}

async function visit(browser, url, csv) {
  const context = await browser.newContext();
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
