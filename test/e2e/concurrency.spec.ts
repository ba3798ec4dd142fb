import { type Page, expect, test } from '@playwright/test';
import {
  alert,
  datasetButton,
  digests,
  dropFiles,
  finished,
  importFiles,
  loaded,
  open,
  replaceDataset,
  run,
  runButton,
  unfoldResult,
  useSample,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

/** Large enough that a run takes a moment. */
const bars = syntheticBars(150, 1500);
const runs = (page: Page) => page.locator('[data-run]');
const working = (page: Page) => page.getByRole('progressbar', { name: 'Run' });

async function digestsNow(page: Page): Promise<Record<string, string>> {
  await unfoldResult(page, 'Digests and files');
  return digests(page);
}

async function withBars(page: Page): Promise<void> {
  await open(page);
  await importFiles(page, bars);
  await loaded(page);
}

test('keys that are pressed again during a run start no second one', async ({ page }) => {
  await withBars(page);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+Enter');
  await finished(page);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(runs(page)).toHaveCount(1);
  await expect(alert(page)).toHaveCount(0);
});

test('a run that is cancelled and begun again at once ends with the same bits', async ({
  page,
}) => {
  await withBars(page);
  await run(page);
  const whole = await digestsNow(page);
  for (const wait of [0, 30, 200]) {
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(wait);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await expect(runButton(page)).not.toHaveText('Running', { timeout: 30_000 });
  }
  await page.keyboard.press('Control+Enter');
  await finished(page);
  await expect(alert(page)).toHaveCount(0);
  expect(await digestsNow(page)).toEqual(whole);
});

test('files that come during a run are refused with a sentence, and after it they are taken', async ({
  page,
}) => {
  await withBars(page);
  await page.keyboard.press('Control+Enter');
  await expect(working(page)).toBeVisible();
  await dropFiles(page, syntheticBars(1, 300));
  await expect(
    page.getByText('The engine is at work: drop the files once it is done.'),
  ).toBeVisible();
  await finished(page);
  await expect(datasetButton(page)).toContainText('150 symbols');
  await dropFiles(page, syntheticBars(1, 300));
  await expect(page.getByRole('group', { name: 'Add or replace?' })).toBeVisible();
});

test('a page that was hidden and frozen during a run finishes it', async ({ page }) => {
  await withBars(page);
  const devtools = await page.context().newCDPSession(page);
  await page.keyboard.press('Control+Enter');
  await expect(working(page)).toBeVisible();
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await finished(page);
  await expect(alert(page)).toHaveCount(0);
});

test('a reload at any moment leaves a page that works, and loses at most what was under way', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page);
  await useSample(page);
  await run(page);
  const whole = await digestsNow(page);
  for (const wait of [0, 100, 400, 1200]) {
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(wait);
    await page.reload();
    await expect(datasetButton(page)).toContainText('2 symbols', { timeout: 30_000 });
    await finished(page);
    expect(await digestsNow(page)).toEqual(whole);
  }
  // During an import: the dataset before is back, or the one that was asked for.
  await replaceDataset(page);
  const sheet = page.getByRole('dialog', { name: 'Dataset' });
  await sheet.getByRole('combobox').selectOption({ label: 'Synthetic shares 2014–2023' });
  await sheet.getByRole('button', { name: 'Use the sample' }).click();
  await page.waitForTimeout(300);
  await page.reload();
  await expect(datasetButton(page)).toContainText(/(2|61) symbols/, { timeout: 30_000 });
  await run(page);
});
