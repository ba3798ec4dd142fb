import { type Page, expect, test } from '@playwright/test';
import { axe, dropFiles, loaded, open, openDataset, run, unfoldResult, useSample } from './lab.ts';

/** What the browser says of the connection, as far as the page asks. */
const connect = (page: Page, connection: object) =>
  page.addInitScript((value) => {
    Object.defineProperty(navigator, 'connection', { value, configurable: true });
  }, connection);
const fast = { effectiveType: '4g', downlink: 10, saveData: false };

test('on a fast connection the engine comes while the page rests, on others it does not', async ({
  page,
}) => {
  let fetched = 0;
  page.on('request', (request) => (fetched += Number(request.url().includes('.wasm'))));
  for (const slow of [
    { ...fast, saveData: true },
    { ...fast, downlink: 1 },
    { ...fast, type: 'cellular' },
    { ...fast, effectiveType: '3g' },
  ]) {
    await connect(page, slow);
    await open(page);
    await page.waitForLoadState('networkidle');
    expect(fetched).toBe(0);
  }
  await connect(page, fast);
  await open(page);
  await expect.poll(() => fetched).toBeGreaterThan(0);
});

test('nothing leaves the page’s origin, and no wasm is fetched before intent', async ({
  page,
  baseURL,
}) => {
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await connect(page, { ...fast, saveData: true });
  await open(page);
  await page.waitForLoadState('networkidle');
  expect(
    requests.filter((url) => /\.wasm|worker|charts|lab-client|journal-client/.test(url)),
  ).toEqual([]);

  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'trades.csv' }).click();
  await download;
  expect(requests.some((url) => url.includes('.wasm'))).toBe(true);
  const base = new URL(baseURL ?? '');
  const outside = requests.filter(
    (url) => !url.startsWith(base.href) && !url.startsWith(`blob:${base.origin}`),
  );
  expect(outside).toEqual([]);
});

test('the policy is never violated', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security|TrustedHTML|TrustedScript|violates/i.test(message.text())) {
      violations.push(message.text());
    }
  });
  page.on('pageerror', (error) => violations.push(error.message));
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByLabel('Logarithmic').check();
  await page.getByLabel('Strategy', { exact: true }).selectOption('custom');
  const entry = page.getByRole('textbox', { name: 'Entry', exact: true });
  await entry.and(page.locator('[contenteditable]')).press('Control+Space'); // Once the editor has come.
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
  expect(violations).toEqual([]);
});

test('the theme follows the system, and the switch', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('button', { name: 'Display: theme auto' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  expect(await background()).not.toBe(dark);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Display: theme light' })).toBeVisible();
});

test('gains and losses are green and red on request, by the keyboard, and stay so', async ({
  page,
}) => {
  await open(page);
  const up = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--up'));
  const blue = await up();
  const display = page.getByRole('button', { name: 'Display: theme auto' });
  await display.press('Enter');
  await expect(page.getByRole('menu', { name: 'Display' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { name: 'As the system' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp'); // Past what finds an action.
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Green and red' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(display).toBeFocused();
  expect(await up()).not.toBe(blue);
  await page.reload();
  expect(await up()).not.toBe(blue);
});

test('a worker that dies is reported, and the next run works', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await open(page);
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'Use the sample' }).click();
  await expect(page.getByRole('alert')).toContainText('The import failed', { timeout: 30_000 });
  await page.unroute('**/*.wasm');
  await useSample(page);
  await dropFilesNothing(page);
  await run(page);
});

/** An empty drop changes nothing. */
async function dropFilesNothing(page: Page): Promise<void> {
  await dropFiles(page);
  await loaded(page);
}
