import { expect, test } from '@playwright/test';
import {
  axe,
  digests,
  field,
  open,
  results,
  run,
  textsOf,
  unfold,
  unfoldResult,
  useSample,
} from './lab.ts';

test('definitions are switched without a run; all metrics, costs and the break-even', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await run(page);
  const before = await digests(page);
  const sharpe = results(page).locator('[data-metric="sharpe"] dd');
  const own = await sharpe.innerText();
  await unfoldResult(page, 'All metrics');
  const sides = page.getByRole('table', { name: 'Trades by side' });
  const trades = sides.getByRole('row', { name: /^Trades / });
  const [all, long, short] = (await textsOf(trades.getByRole('cell'))).map(Number);
  expect(all).toBe(long! + short!);
  await page.getByRole('radio', { name: 'Outsample' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'backtesting.py' })).toBeChecked();
  await expect(sharpe).not.toHaveText(own);
  await expect(results(page).getByText('covers Outsample’s numbers')).toBeVisible();
  expect(await digests(page)).toEqual(before);

  await expect(page.getByRole('table', { name: 'Long side' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Ulcer index/ })).toBeVisible();

  await unfoldResult(page, 'Costs');
  const costs = page.getByRole('region', { name: 'Table of costs' });
  await expect(costs.getByRole('row', { name: /^Slippage/ })).toContainText('bps');
  await page.getByRole('button', { name: 'Find the break-even' }).click();
  const dial = page.getByRole('img', { name: 'Total return by costs, bps a fill' });
  await expect(dial).toBeVisible({ timeout: 60_000 });
  await expect(results(page).getByText(/this run paid [\d.]+/i)).toBeVisible();
  expect(await axe(page)).toEqual([]);

  await page.keyboard.press('Control+Enter');
  await expect(dial).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Find the break-even' })).toBeEnabled();
});

test('bars that touch stop and target leave a range, and the trades a mark', async ({ page }) => {
  await open(page);
  await useSample(page);
  await unfold(page, 'Exits');
  await field(page, 'Stop').fill('0.2');
  await field(page, 'Target').fill('0.2');
  await run(page);
  await expect(results(page).getByText(/touched stop and target in one bar/)).toContainText(
    /between\s.+ \(stop first, shown\) and .+ \(target first\)\./,
  );
  await expect(results(page).getByText(/ambiguous: one bar touched both/)).toBeVisible();
});

test('a search for the break-even can be cancelled, and found afterwards', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Costs');
  const find = page.getByRole('button', { name: 'Find the break-even' });
  await find.click();
  await page.keyboard.press('Escape');
  await expect(find).toBeEnabled();
  await find.click();
  await expect(page.getByRole('img', { name: 'Total return by delay, bars' })).toBeVisible({
    timeout: 60_000,
  });
});
