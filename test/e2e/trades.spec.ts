import { readFile } from 'node:fs/promises';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, finished, open, run, textsOf, useSample } from './lab.ts';

const region = (page: Page): Locator => page.getByRole('region', { name: 'Trades' }).last();
const rows = (page: Page): Locator => region(page).locator('tr[data-place]');
const unfold = (page: Page, title: string): Promise<void> =>
  page.locator('summary', { hasText: title }).click();

test.beforeEach(async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
});

test('trades are sorted, and scrolled through with their head and their total in sight', async ({
  page,
}) => {
  await region(page).getByRole('button', { name: 'Net' }).click();
  const head = region(page).getByRole('columnheader', { name: 'Net' });
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  const net = await textsOf(rows(page).locator('td:last-child'));
  const values = net.map((text) => Number(text.replace('−', '-').replace(/[+,]/g, '')));
  expect(values).toEqual(values.toSorted((a, b) => b - a));

  // Rows out of sight are not on the page, but counted; keys scroll to the last.
  const count = Number(await region(page).getByRole('table').getAttribute('aria-rowcount'));
  const last = region(page).locator(`tr[aria-rowindex="${count - 1}"]`);
  await expect(last).toHaveCount(0);
  await region(page).focus();
  await page.keyboard.press('End');
  await expect(last).toBeInViewport();
  await expect(head).toBeInViewport();
  await expect(region(page).locator('tfoot')).toContainText(`All ${count - 2}`);
  await expect(region(page).locator('tfoot')).toBeInViewport();

  // On paper nothing can be scrolled: so many from the first on, and a line that says so.
  await page.emulateMedia({ media: 'print' });
  await expect(rows(page)).toHaveCount(100);
  await expect(region(page).locator('tr[data-place="0"]')).toBeVisible();
  await expect(page.getByText(/^The first 100 of \d+ rows are printed/)).toBeVisible();
});

test('trades are filtered and grouped, in columns that are kept, and saved as they stand', async ({
  page,
}) => {
  await unfold(page, 'Filter and group');
  await page.getByLabel('Group by').selectOption('Side');
  const groups = page.getByRole('table', { name: 'Trades by side' });
  await expect(groups.getByRole('row', { name: /^All shown/ })).toContainText('%');
  const [long] = await textsOf(groups.getByRole('row', { name: /^Long/ }).getByRole('cell'));
  await groups.getByRole('button', { name: 'Long: show its trades' }).click();
  await expect(
    page.getByRole('heading', { name: new RegExp(`^Trades ${long} of `) }),
  ).toBeVisible();
  expect(new Set(await textsOf(rows(page).locator('td').nth(0)))).toEqual(new Set(['▲ Long']));

  await unfold(page, 'Columns');
  await page.getByLabel('R', { exact: true }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the trades shown as CSV' }).click(),
  ]);
  const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/^symbol,side,.*,net,return,r_multiple$/);
  expect(lines).toHaveLength(Number(long));
  expect(lines.every((line) => line.includes(',long,'))).toBe(true);
  expect(await axe(page)).toEqual([]);

  await page.getByRole('button', { name: 'All trades, not Long alone' }).click();
  await page.reload();
  await finished(page);
  await expect(region(page).getByRole('columnheader', { name: 'R', exact: true })).toBeVisible();
});
