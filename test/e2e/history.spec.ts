import { type Locator, type Page, expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import {
  charts,
  alert,
  axe,
  field,
  open,
  results,
  run,
  runButton,
  slips,
  useSample,
  workerOf,
  answerOf,
} from './lab.ts';

const history = (page: Page): Locator => page.getByRole('region', { name: /^History/ });
const items = (page: Page): Locator => history(page).locator('[data-run]');
const ledger = (page: Page): Locator => history(page).locator('[data-ledger]');

async function show(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(history(page).getByRole('button', { name: 'Export' })).toBeVisible();
}

const showResults = (page: Page): Promise<void> =>
  page.getByRole('tab', { name: 'Overview' }).click();

/** Runs the sample at each of these thresholds, and opens the history. */
async function recorded(page: Page, ...thresholds: readonly string[]): Promise<void> {
  await useSample(page);
  for (const threshold of thresholds) {
    await showResults(page);
    await field(page, 'Entry threshold').fill(threshold);
    await run(page);
  }
  await show(page);
  await expect(items(page)).toHaveCount(thresholds.length);
}

test('it begins empty, and a run that finishes is in it', async ({ page }) => {
  await open(page);
  await show(page);
  await expect(history(page).getByText('No runs yet.')).toBeVisible();
  await recorded(page, '3');
  const item = items(page).first();
  await expect(item).toContainText('Harvester');
  await expect(item).toContainText('Max drawdown');
  await expect(item.locator('[data-sparkline] path')).toHaveAttribute('d', /^M0,/);
  await expect(ledger(page)).toHaveText(
    '1 distinct trial on this dataset, kept on this machine only.',
  );
  expect(await slips(page)).toEqual([]);
});

test('it outlasts the page, and a repeated trial counts once', async ({ page }) => {
  await open(page);
  await recorded(page, '3', '3.5', '3');
  await expect(ledger(page)).toHaveText(/^2 distinct trials/);
  await page.reload();
  await show(page);
  await expect(items(page)).toHaveCount(3);
  await expect(ledger(page)).toHaveText(/^2 distinct trials/);
});

test('a run’s study is reopened in the study panel', async ({ page }) => {
  await open(page);
  await recorded(page, '3', '3.5');
  await items(page)
    .last()
    .getByRole('button', { name: /^Reopen/ })
    .click();
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
});

test('runs are named by what differs, or by a person, and found by that', async ({ page }) => {
  await open(page);
  await recorded(page, '3', '2.5', '2');
  const titles = items(page).getByRole('heading', { level: 3 });
  await expect(titles.first()).toHaveText('Entry threshold 2, was 2.5');
  await items(page)
    .first()
    .getByRole('button', { name: /^Rename/ })
    .click();
  await page.getByLabel('Name', { exact: true }).fill('Too eager');
  await page.getByLabel(/^Tags/).fill('low, panic');
  await page.keyboard.press('Enter');
  await expect(titles.first()).toHaveText('Too eager');
  await expect(
    items(page)
      .first()
      .getByRole('button', { name: /^Rename/ }),
  ).toBeFocused();
  await expect(items(page).first()).toContainText('Entry threshold 2, was 2.5');
  const star = items(page).nth(1).getByRole('button', { name: /^Star/ });
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  expect(await axe(page)).toEqual([]);

  await page.getByLabel('Order', { exact: true }).selectOption('Starred first');
  await expect(titles.first()).toHaveText('Entry threshold 2.5, was 3');
  await page.getByLabel('Find', { exact: true }).fill('PANIC');
  await expect(titles).toHaveText(['Too eager']);
  await expect(history(page).getByText('1 of 3 runs')).toBeVisible();
  await page.getByLabel('Starred only').check();
  await expect(history(page).getByText('No run is like that.')).toBeVisible();
  await page.getByLabel('Find', { exact: true }).fill('');
  await expect(titles).toHaveText(['Entry threshold 2.5, was 3']);

  await page.reload();
  await show(page);
  await expect(titles.first()).toHaveText('Too eager');
});

test('deleting is undone, and leaves the ledger alone', async ({ page }) => {
  await open(page);
  await recorded(page, '3', '3.5');
  await items(page)
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(history(page).getByText(/^Deleted “.*”\./)).toBeVisible();
  await expect(items(page)).toHaveCount(1);
  await expect(ledger(page)).toHaveText(/^2 distinct trials/);
  await expect(history(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(items(page)).toHaveCount(2);
});

test('what is exported and cleared comes back by import; a wrong file is refused', async ({
  page,
}) => {
  await open(page);
  await recorded(page, '3');
  const download = page.waitForEvent('download');
  await history(page).getByRole('button', { name: 'Export' }).click();
  const path = await (await download).path();
  expect(readFileSync(path).toString('latin1', 0, 15)).toBe('SQLite format 3');

  await history(page).getByRole('button', { name: 'Clear' }).click();
  await expect(items(page)).toHaveCount(0);
  const input = page.getByLabel('History file');
  await input.setInputFiles({
    name: 'notes.sqlite',
    mimeType: 'application/vnd.sqlite3',
    buffer: Buffer.from('no database'),
  });
  await expect(alert(page)).toContainText('This is no journal of Outsample');
  await input.setInputFiles({
    name: 'outsample-history.sqlite',
    mimeType: 'application/vnd.sqlite3',
    buffer: readFileSync(path),
  });
  await expect(history(page).getByText('Added 1 run and 1 trial.')).toBeVisible();
  await expect(items(page)).toHaveCount(1);
  await expect(alert(page)).toHaveCount(0);
});

test('another tab sees the run', async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  await show(other);
  await recorded(page, '3');
  await expect(items(other)).toHaveCount(1);
});

test('where storage is refused it lasts for the visit, and says so', async ({ page }) => {
  await page.route('**/journal.worker-*.js', async (route) => {
    const response = await answerOf(route);
    const refused = `indexedDB.open = () => { throw new DOMException('Storage is off.', 'SecurityError'); };`;
    await route.fulfill({ response, body: `${refused}${await response.text()}` });
  });
  await open(page);
  await recorded(page, '3');
  await expect(history(page).getByText('lasts until this page is closed')).toBeVisible();
  await expect(ledger(page)).toHaveText(/kept for this visit only/);
});

test('a run is finished once it is stored; one that cannot be is told of, and stored later', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  // The journal waits for its lock, as for a slow disk: the results do not.
  const free = await page.evaluateHandle(
    () =>
      new Promise<{ now: () => void }>((held) => {
        void navigator.locks.request(
          'outsample-journal',
          () => new Promise<void>((now) => held({ now })),
        );
      }),
  );
  await runButton(page).click();
  await expect(charts(page)).toHaveCount(5, { timeout: 60_000 });
  await expect(page.getByText('Storing the run.')).toBeVisible();
  const worker = await workerOf(page, 'outsample-journal');
  await worker.evaluate(() => {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    const value = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    Object.defineProperty(IDBObjectStore.prototype, 'put', { ...put, value });
    const empty = () => Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    Object.assign(self, { empty });
  });
  await free.evaluate(({ now }) => now());
  await expect(page.getByText(/^Run finished:/)).toBeVisible();
  await expect(results(page).getByRole('alert')).toContainText('Not stored. ');
  await expect(results(page).getByRole('alert')).toContainText('The disk is full.');
  await worker.evaluate(() => (self as unknown as { empty: () => void }).empty());
  await results(page).getByRole('button', { name: 'Try again' }).click();
  await expect(alert(page)).toHaveCount(0);
  await page.reload();
  await show(page);
  await expect(items(page)).toHaveCount(1);
});

for (const [what, path, problem] of [
  ['database', '**/sql-wasm-*.wasm', 'could not be fetched'],
  ['worker', '**/journal.worker-*.js', 'database stopped'],
] as const) {
  test(`a ${what} that cannot be fetched is reported, and no run is lost`, async ({ page }) => {
    await page.route(path, (route) => route.abort());
    await open(page);
    await useSample(page);
    await run(page);
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(alert(page)).toContainText(problem);
    await page.unroute(path);
    await showResults(page);
    await show(page);
    await expect(items(page)).toHaveCount(1);
    await expect(alert(page)).toHaveCount(0);
  });
}

test('the policy is never violated, and nothing is fetched before a run', async ({ page }) => {
  const violations: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security|TrustedHTML|TrustedScript|violates/i.test(message.text()))
      violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  page.context().on('request', (request) => requests.push(request.url()));
  await open(page);
  await useSample(page);
  expect(requests.filter((url) => /journal|history|sql-wasm/i.test(url))).toEqual([]);
  await runButton(page).click();
  await expect.poll(() => requests.some((url) => url.includes('sql-wasm'))).toBe(true);
  await show(page);
  await expect(items(page)).toHaveCount(1);
  await expect(results(page)).toBeHidden();
  expect(violations).toEqual([]);
});
