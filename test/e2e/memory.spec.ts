/** Nothing stays of runs and imports that others have replaced; and what is left where memory ends. `OUTSAMPLE_RUNS=200 OUTSAMPLE_IMPORTS=50` for longer. */
import { type CDPSession, type Page, expect, test } from '@playwright/test';
import {
  alert,
  charts,
  digests,
  importFiles,
  loaded,
  open,
  run,
  runButton,
  answerOf,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

const runs = Number(process.env['OUTSAMPLE_RUNS'] ?? 12);
const imports = Number(process.env['OUTSAMPLE_IMPORTS'] ?? 6);
/** The first ones fetch code and fill what is kept once: of a long test also the 50 rows of the history’s list. */
const warmUp = runs > 50 ? 55 : 3;

test(`the page after ${runs} runs and ${imports} imports is as large as before`, async ({
  page,
}) => {
  test.setTimeout(90_000 + (warmUp + runs + imports) * 10_000);
  await open(page);
  const cdp = await page.context().newCDPSession(page);
  await importTimes(page, 3);
  await runTimes(page, warmUp);
  // V8 keeps what the first instance of a component held, once: in the shape of the objects that it was given. So the first
  // results have gone before anything is measured.
  await importTimes(page, 1);
  await runTimes(page, 1);
  const before = await held(cdp);
  await runTimes(page, runs);
  const afterRuns = await held(cdp);
  await importTimes(page, imports);
  await runTimes(page, 1);
  const afterImports = await held(cdp);
  console.log(JSON.stringify({ before, afterRuns, afterImports }));
  for (const after of [afterRuns, afterImports]) {
    for (const what of ['megabytes', 'listeners', 'nodes'] as const)
      expect(after[what], what).toBeLessThan(before[what] * 1.1);
  }
});

test('where memory ends, the page says at which feature, how much has room, and runs what ran before', async ({
  page,
}) => {
  // The engine as it is, but for the memory that its tables may take.
  let patched = 0;
  await page.route('**/*.js', async (route) => {
    const response = await answerOf(route);
    const script = await response.text();
    const locking = 'SET lock_configuration';
    if (script.includes(locking)) patched += 1;
    const body = script.replace(locking, `SET memory_limit = '64MB'; ${locking}`);
    await route.fulfill({ response, body });
  });
  const load = async (id: string, parameters: object): Promise<void> => {
    const buffer = Buffer.from(JSON.stringify({ outsample: 1, strategy: { id, parameters } }));
    const file = { name: 'study.json', mimeType: 'application/json', buffer };
    await page.getByLabel('Study file').setInputFiles(file);
  };
  await open(page);
  await importFiles(page, syntheticBars(100, 2000));
  await loaded(page);
  expect(patched).toBeGreaterThan(0);
  await load('moving-average-cross', { fast: 20, slow: 50 });
  await run(page);
  const before = await digests(page);
  const means = Array.from({ length: 40 }, (_, i) => `close > sma(${i + 5})`);
  await load('custom', { entry: means.join(' AND ') });
  await runButton(page).click();
  await expect(alert(page)).toContainText(
    /Memory ended at the feature “.+”: 200,000 bars with \d+ features need more than the engine has for its tables, 6\d\.\d MB\.\s*A bar takes .* so about [\d,]+ bars have room with all\./,
    { timeout: 60_000 },
  );
  expect(await digests(page)).toEqual(before);
  await load('moving-average-cross', { fast: 20, slow: 50 });
  await run(page);
  expect(await digests(page)).toEqual(before);
});

const bars = syntheticBars(8, 750);

/** By events of the page's own: Playwright keeps every input that it has put files into. */
async function importTimes(page: Page, times: number): Promise<void> {
  await page.evaluate(
    async ({ name, text, times }) => {
      const until = async <T>(find: () => T | null | false | undefined): Promise<T> => {
        for (;;) {
          const found = find();
          if (found) return found;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      const field = '[aria-label="Files of a dataset"]';
      const button = (text: string) =>
        [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === text);
      for (let i = 0; i < times; i++) {
        const dataset = document.querySelector<HTMLElement>('[data-dataset]')!;
        if (dataset.dataset['dataset'] !== '') {
          dataset.click();
          (await until(() => button('Replace'))).click();
        }
        const input = document.querySelector<HTMLInputElement>(field)!;
        const files = new DataTransfer();
        files.items.add(new File([text], name));
        input.files = files.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
        await until(() => document.querySelector('[data-sheet]'));
        await until(() => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>('button.primary')];
          const take = buttons.find(({ textContent }) => textContent.trim().startsWith('Import '));
          if (take?.disabled === false) take.click();
          const isLoaded = document.querySelector('[data-sheet]') === null;
          return isLoaded && take === undefined && document.querySelector('progress') === null;
        });
      }
    },
    { ...bars, times },
  );
}

async function runTimes(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText(/^Run finished:/)).toBeVisible({ timeout: 60_000 });
    await expect(charts(page)).toHaveCount(5);
  }
}

interface Held {
  readonly megabytes: number;
  readonly listeners: number;
  readonly nodes: number;
}

/** What the page's own thread holds once everything that can go has gone. */
async function held(cdp: CDPSession): Promise<Held> {
  await cdp.send('Performance.enable');
  // What was drawn last goes with a later frame, and what it held with a later collection.
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    await cdp.send('HeapProfiler.collectGarbage');
  }
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)!.value;
  // Arrays stand beside the heap.
  const { usedSize, backingStorageSize = 0 } = (await cdp.send('Runtime.getHeapUsage')) as {
    readonly usedSize: number;
    readonly backingStorageSize?: number;
  };
  return {
    megabytes: (usedSize + backingStorageSize) / 1e6,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
  };
}
