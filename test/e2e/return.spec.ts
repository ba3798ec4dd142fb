import { type Page, expect, test } from '@playwright/test';
import {
  digests,
  field,
  importFiles,
  loaded,
  open,
  replaceDataset,
  run,
  unfoldResult,
  useSample,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

const drawn = (page: Page) =>
  page.locator('figure', { hasText: 'Drawdown' }).locator('[data-drawn]').first();

/** A part of what is open is written a moment after it has changed. */
const settle = (page: Page): Promise<void> => page.waitForTimeout(1000);

test('a reload brings back dataset, run, zoom, trade and tab, and the lab goes on from there', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests and files');
  const before = await digests(page);
  await page.getByRole('button', { name: '6M: last six months' }).first().click();
  await page.getByRole('region', { name: 'Trades' }).last().locator('tbody tr').nth(2).click();
  const trade = page.getByRole('group', { name: 'Trade in the chart' });
  const words = await trade.locator('[data-explained]').textContent();
  const points = await drawn(page).textContent();
  await page.getByRole('tab', { name: 'Audit' }).click();
  await settle(page);

  await page.reload();
  await expect(page.getByRole('tab', { name: 'Audit' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(trade.locator('[data-explained]')).toHaveText(words!);
  await expect(drawn(page)).toHaveText(points!);
  await unfoldResult(page, 'Digests and files');
  expect(await digests(page)).toEqual(before);
  await run(page);
  await unfoldResult(page, 'Digests and files');
  expect(await digests(page)).toEqual(before);
});

test('files of one’s own come back from a copy, with what was found out about them', async ({
  page,
  context,
}) => {
  await open(page);
  await importFiles(page, syntheticBars(2, 400));
  await loaded(page);
  await run(page);
  await settle(page);
  await page.reload();
  await expect(page.getByText(/^2 symbols, 800 bars/)).toBeVisible();

  // Another tab begins anew, and has the same one press away.
  const other = await context.newPage();
  await open(other);
  await other.getByRole('button', { name: 'Open the copy' }).click();
  await expect(other.getByText(/^2 symbols, 800 bars/)).toBeVisible();
});

test('the history brings a run back with its data, and records nothing twice', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests and files');
  const before = await digests(page);
  await replaceDataset(page);
  await importFiles(page, syntheticBars(2, 400));
  await loaded(page);
  await field(page, 'Entry threshold').fill('2.5');
  await run(page);
  await page.getByRole('tab', { name: 'History' }).click();
  const runs = page.locator('[data-run]');
  await expect(runs).toHaveCount(2);
  await runs
    .last()
    .getByRole('button', { name: /^Reopen/ })
    .click();
  await expect(page.getByText(/^2 symbols, 2,516 bars/)).toBeVisible({ timeout: 30_000 });
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await unfoldResult(page, 'Digests and files');
  expect(await digests(page)).toEqual(before);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(runs).toHaveCount(2);
});

test('the title of the page says the run, and what is under way', async ({ page }) => {
  const titles = new Set<string>();
  await page.exposeFunction('saw', (title: string) => titles.add(title));
  await page.addInitScript(() => {
    const saw = (globalThis as unknown as { saw: (title: string) => void }).saw;
    new MutationObserver(() => saw(document.title)).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await open(page);
  await useSample(page);
  await run(page);
  await expect(page).toHaveTitle(/^−14\.24.% Harvester, US indices 2014–2018 – Outsample$/);
  expect([...titles].some((title) => /^\d+ % Features: .* – Outsample$/.test(title))).toBe(true);
});

test('changes of settings are undone and redone by keys, each by its name', async ({ page }) => {
  await open(page);
  await field(page, 'Entry threshold').fill('2.7');
  const undo = page.getByRole('button', { name: 'Undo: Entry threshold 3 → 2.7' });
  await expect(undo).toBeVisible();
  await page.getByRole('button', { name: 'Download study' }).focus();
  await page.keyboard.press('Control+z');
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await page.keyboard.press('Control+Shift+z');
  await expect(field(page, 'Entry threshold')).toHaveValue('2.7');
});

test('two tabs keep each its own draft over a reload', async ({ page, context }) => {
  const other = await context.newPage();
  for (const one of [page, other]) await open(one);
  await field(page, 'Entry threshold').fill('2.7');
  await field(other, 'Entry threshold').fill('4');
  for (const one of [page, other]) await one.reload();
  await expect(field(page, 'Entry threshold')).toHaveValue('2.7');
  await expect(field(other, 'Entry threshold')).toHaveValue('4');
});
