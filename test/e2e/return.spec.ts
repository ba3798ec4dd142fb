import { type Page, expect, test } from '@playwright/test';
import { digests, finished, importFiles, loaded, open, run, unfoldResult, useSample } from './lab.ts';
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
  await other.getByRole('button', { name: 'Open it' }).click();
  await finished(other).catch(() => undefined);
  await expect(other.getByText(/^2 symbols, 800 bars/)).toBeVisible();
});
