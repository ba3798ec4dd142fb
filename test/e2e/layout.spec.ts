import { type Page, expect, test } from '@playwright/test';
import {
  axe,
  confirmImport,
  datasetButton,
  digests,
  dropFiles,
  field,
  finished,
  importFiles,
  loaded,
  open,
  openDataset,
  results,
  run,
  slips,
  unfoldResult,
  useSample,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

const strategy = (page: Page) => page.getByLabel('Strategy', { exact: true });
const settingsButton = (page: Page) => page.getByRole('button', { name: /^Settings: / });
const runSample = (page: Page) => page.getByRole('button', { name: 'Run the sample' }).click();

for (const [width, height] of [
  [1280, 720],
  [360, 740],
] as const) {
  test(`one press on the empty page leads to a curve above the fold: ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const beforehand = page.locator('[data-first-curve]');
    await expect(beforehand).toContainText('made beforehand');
    const digest = await beforehand.getAttribute('data-first-curve');
    await runSample(page);
    await finished(page);
    await expect(results(page)).toContainText('Synthetic data: no market’s history');
    await expect(results(page).locator('figure').first()).toContainText(
      'the strategy lost to that',
    );
    const figure = results(page).locator('figure').first();
    const { y } = (await figure.boundingBox())!;
    const foot = width < 1024 ? 84 : 0; // The bar with Run lies there.
    expect(y).toBeLessThan(height - foot - 100);
    await expect(results(page).locator('[data-tested="amber"]')).toContainText(
      /With care\s+\d+ of \d+ examined/,
    );
    expect(await slips(page)).toEqual([]);
    await unfoldResult(page, 'Digests and files');
    expect((await digests(page))['equity']).toBe(digest);
  });
}

test('files are dropped anywhere; with a dataset loaded they are added to it, or replace it', async ({
  page,
}) => {
  await open(page);
  await importFiles(page, syntheticBars(2, 300));
  await loaded(page);
  const [head, ...rows] = syntheticBars(1, 300).text.trim().split('\n');
  const other = {
    name: 'OTHER.csv',
    text: [head, ...rows.map((row) => row.replace(/^[^,]+/, 'OTHER'))].join('\n'),
  };
  await dropFiles(page, other);
  const asked = page.getByRole('group', { name: 'Add or replace?' });
  await expect(asked).toContainText('1 file: OTHER.csv.');
  expect(await axe(page)).toEqual([]);
  await asked.getByRole('button', { name: /^Add to/ }).click();
  await expect(datasetButton(page)).toContainText('3 symbols', { timeout: 60_000 });
  await loaded(page);

  await dropFiles(page, other);
  await asked.getByRole('button', { name: 'Replace it' }).click();
  await expect(datasetButton(page)).toContainText('1 symbol ×', { timeout: 60_000 });
});

test('a drop never falls to the browser, and during a run it is refused', async ({ page }) => {
  await open(page);
  const taken = (type: string) =>
    page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'notes.txt'));
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector('h1')!.dispatchEvent(event);
      return event.defaultPrevented;
    }, type);
  expect(await taken('dragover')).toBe(true);
  await expect(page.getByText('Drop to open')).toBeVisible();
  expect(await taken('drop')).toBe(true);
  await expect(page.getByText('Drop to open')).toHaveCount(0);
});

test('tabs have addresses: Back leads to the one before, and a reload stays', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Audit' }).click();
  expect(new URL(page.url()).hash).toBe('#/audit');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Audit' })).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Audit' })).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('settings can be hidden, say what differs, and stay hidden', async ({ page }) => {
  await open(page);
  await expect(settingsButton(page)).toContainText('All at the defaults');
  await expect(page.getByText(/^Default /)).toHaveCount(0);
  await field(page, 'Entry threshold').fill('2.5');
  await expect(settingsButton(page)).toContainText('Entry threshold 2.5');
  await settingsButton(page).click();
  await expect(field(page, 'Entry threshold')).toHaveCount(0);
  await page.reload();
  await expect(settingsButton(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(settingsButton(page)).toContainText('Entry threshold 2.5');
});

test('on a phone the settings are a sheet over a bar that runs', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Settings' });
  await sheet.getByRole('textbox', { name: 'Entry threshold' }).fill('2.5');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
  await expect(settingsButton(page)).toContainText('Entry threshold 2.5');
});

test('what is set for a sample stays with it: buy & hold after other strategies returns what it does alone', async ({
  page,
}) => {
  await open(page);
  const sheet = await openDataset(page);
  await sheet.getByRole('combobox').selectOption({ value: 'sp500-2000-2020' });
  await useSample(page);
  const chips = page.getByRole('group', { name: 'Set for the sample' });
  await expect(chips).toContainText('Risk by stop (ATR)');
  for (const title of ['Moving-average cross', 'RSI reversion', 'Buy & hold'])
    await strategy(page).selectOption({ label: title });
  await expect(chips).toHaveCount(0);
  await run(page);
  await expect(results(page).locator('[data-metric="total-return"] dd')).toHaveText(/^97\.34.%$/);
});

test('a strategy is come back to with its settings as they were', async ({ page }) => {
  await open(page);
  await field(page, 'Entry threshold').fill('2.5');
  await strategy(page).selectOption({ label: 'Buy & hold' });
  await strategy(page).selectOption({ label: 'Harvester' });
  await expect(field(page, 'Entry threshold')).toHaveValue('2.5');
});

test('shares are typed and read in percent', async ({ page }) => {
  await open(page);
  await field(page, 'Fraction').fill('2.5');
  await expect(settingsButton(page)).toContainText(/Fraction 2\.5.%/);
  const study = await page.evaluate(() => localStorage.getItem('outsample.study'));
  expect(JSON.parse(study ?? '')).toMatchObject({ size: { fraction: 0.025 } });
});

test('an import that needs no answer needs no sheet', async ({ page }) => {
  await open(page);
  await dropFiles(page, syntheticBars(1, 300));
  await confirmImport(page);
  await loaded(page);
  await page.evaluate(() => sessionStorage.clear()); // As in another tab: nothing comes back.
  await page.reload();
  await dropFiles(page, syntheticBars(2, 300));
  await expect(datasetButton(page)).toContainText('2 symbols', { timeout: 60_000 });
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a curve that is flat by cautious sizes says so, and larger ones are one press away', async ({
  page,
}) => {
  await open(page);
  await importFiles(page, syntheticBars(3, 600));
  await loaded(page);
  await run(page);
  const flat = results(page).locator('[data-flat]');
  await expect(flat).toContainText(/on average [\d.]+.% of equity was at work/);
  expect(await axe(page)).toEqual([]);
  await flat.getByRole('button', { name: 'Run with Rule Risk by stop (ATR)' }).click();
  await finished(page);
  await expect(flat).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo: larger positions' })).toBeVisible();
});

for (const width of [1280, 360]) {
  test(`nothing jumps on the way from a file to its curve: ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.addInitScript(() => {
      interface Shift extends PerformanceEntry {
        readonly value: number;
        readonly hadRecentInput: boolean;
      }
      Object.assign(globalThis, { shifted: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as Shift[])
          if (!entry.hadRecentInput)
            (globalThis as unknown as { shifted: number }).shifted += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await open(page);
    await importFiles(page, syntheticBars(3, 600));
    await loaded(page);
    await run(page);
    await expect(page.getByRole('region', { name: 'Trades' }).last()).toBeVisible();
    const shifted = await page.evaluate(
      () => (globalThis as unknown as { shifted: number }).shifted,
    );
    expect(shifted).toBeLessThanOrEqual(0.02);
  });
}
