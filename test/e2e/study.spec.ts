import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import {
  alert,
  field,
  open,
  presentOf,
  results,
  run,
  runButton,
  slips,
  unfold,
  useSample,
} from './lab.ts';

test('a setting is checked as it is typed and says what it must be', async ({ page }) => {
  await open(page);
  const bars = field(page, 'Direction');
  await bars.fill('0');
  await expect(bars).toHaveAttribute('aria-invalid', 'true');
  await expect(
    page.getByText('This must be a whole number of at least 1 and at most 1000.'),
  ).toBeVisible();
  await bars.fill('many');
  await expect(bars).toHaveAttribute('aria-invalid', 'true');
  await bars.fill('7');
  await expect(bars).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByText('1 changed')).toBeVisible();
  await page.getByRole('button', { name: 'Reset Direction to 5' }).click();
  await expect(bars).toHaveValue('5');
});

test('a run with a setting to correct leads to it', async ({ page }) => {
  await open(page);
  await useSample(page);
  await field(page, 'Entry threshold').fill('high');
  await runButton(page).click();
  await expect(field(page, 'Entry threshold')).toBeFocused();
  await expect(page.getByText('1 setting to correct.')).toBeVisible();
});

test('settings that can be off have a switch; lists and dates are checked', async ({ page }) => {
  await open(page);
  await unfold(page, 'Exits');
  await page.getByLabel('Stop on', { exact: true }).uncheck();
  await expect(field(page, 'Stop')).toBeDisabled();
  await unfold(page, 'Risk');
  await field(page, 'Drawdown alerts').fill('10, 200');
  await expect(page.getByText(/^This must be a number above 0.% and below 100.%\.$/)).toBeVisible();
  await unfold(page, 'Range');
  await field(page, 'From').fill('2015');
  await expect(page.getByText('a date of the form YYYY-MM-DD, or empty')).toBeVisible();
});

test('settings without effect are left out, and found by search', async ({ page }) => {
  await open(page);
  await unfold(page, 'Exits');
  const distance = page.getByRole('textbox', { name: 'Trailing distance, at least' });
  await expect(distance).toBeVisible();
  await page.getByLabel('Trailing stop').selectOption({ label: 'Percent' });
  await expect(page.getByText('A share below it.')).toBeVisible();
  await expect(distance).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('trailing at least');
  await expect(distance).toBeVisible();
  await expect(page.getByText('it goes with “× ATR”')).toBeVisible();
});

test('settings that only go together are taken together', async ({ page }) => {
  await open(page);
  await unfold(page, 'Costs');
  await page.getByLabel('Tiers', { exact: true }).selectOption({ label: 'By quantity' });
  await field(page, 'Tiers from').fill('0, 1000');
  await expect(field(page, 'Tiers from')).toHaveAttribute('aria-invalid', 'true');
  await field(page, 'Tier rates').fill('0.01, 0.005');
  await expect(field(page, 'Tiers from')).toHaveAttribute('aria-invalid', 'false');
  await expect(field(page, 'Tier rates')).toHaveAttribute('aria-invalid', 'false');
});

test('costs are taken from a preset that says its sources, and can be undone', async ({ page }) => {
  await open(page);
  await unfold(page, 'Costs');
  const costs = page.getByLabel('Costs of');
  await expect(costs).toHaveValue('cautious');
  await costs.selectOption({ label: 'Retail US shares' });
  await expect(field(page, 'Commission, by quantity')).toHaveValue('0.005');
  await expect(page.getByText('Interactive Brokers')).toBeVisible();
  await field(page, 'Slippage').fill('3');
  await expect(costs).toHaveValue('');
  await costs.selectOption({ label: 'None' });
  await expect(field(page, 'Slippage')).toHaveValue('0');
  await page.getByRole('button', { name: 'Undo the choice of costs' }).click();
  await expect(field(page, 'Slippage')).toHaveValue('3');
});

test('the study outlives a reload; reset all can be undone', async ({ page }) => {
  await open(page);
  await field(page, 'Entry threshold').fill('4.5');
  await page.reload();
  await expect(field(page, 'Entry threshold')).toHaveValue('4.5');
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(page, 'Entry threshold')).toHaveValue('4.5');
});

test('a kept study that no longer fits gives way to the defaults, and the page says so', async ({
  page,
}) => {
  await open(page);
  await field(page, 'Entry threshold').fill('4.5');
  await page.evaluate(() => {
    const study = JSON.parse(localStorage.getItem('outsample.study') ?? '') as { exits: object };
    const old = { ...study, exits: { ...study.exits, trailing: 1.5 } };
    sessionStorage.setItem('outsample.study', JSON.stringify(old));
  });
  await page.reload();
  await expect(alert(page)).toContainText('The study was not loaded');
  await expect(alert(page)).toContainText('/exits/trailing');
  await expect(alert(page)).toContainText('no longer fits this version; the defaults are shown');
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(alert(page)).toHaveCount(0);
  await page.reload();
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await expect(alert(page)).toHaveCount(0);
});

test('a study is downloaded and loaded; a wrong one is refused', async ({ page }) => {
  await open(page);
  await field(page, 'Entry threshold').fill('2.5');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download study' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  await page.getByRole('button', { name: 'Reset all' }).click();

  const load = (text: string) =>
    page.getByLabel('Study file').setInputFiles({
      name: 'study.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
  await load(text);
  await expect(field(page, 'Entry threshold')).toHaveValue('2.5');
  await load('{"costs": {"slippage": -1}}');
  await expect(alert(page)).toContainText('/costs/slippage');
  await expect(field(page, 'Entry threshold')).toHaveValue('2.5');
});

test('every strategy has a form', async ({ page }) => {
  await open(page);
  const select = page.getByLabel('Strategy', { exact: true });
  for (const option of await presentOf(select.locator('option'))) {
    await select.selectOption(await option.getAttribute('value'));
    await expect(page.getByRole('group', { name: 'Costs', includeHidden: true })).toBeAttached();
  }
});

test('a portfolio is held to its weights: its rebalances and fills are seen', async ({ page }) => {
  await open(page);
  await page.getByLabel('Strategy', { exact: true }).selectOption({ label: 'Constant weights' });
  await field(page, 'Weights').fill('SP500 60%, NASDAQ 40%');
  await unfold(page, 'Portfolio');
  await page.getByLabel('Rebalance', { exact: true }).selectOption({ label: 'Yearly' });
  await expect(page.getByText('Once in each year.')).toBeVisible();
  await useSample(page);
  await run(page);

  await results(page)
    .getByText(/^All metrics/)
    .click();
  // The first purchase, and the ends of 2014 to 2017.
  await expect(results(page).getByRole('row', { name: /^Rebalances 5$/ })).toBeVisible();
  const fills = results(page).getByRole('table', { name: 'Fills', exact: true });
  await expect(fills.locator('tbody tr')).toHaveCount(10);
  await results(page).getByLabel('Fills of').selectOption('NASDAQ');
  await expect(fills.locator('tbody tr')).toHaveCount(5);
  await expect(fills.locator('tbody tr').first()).toContainText('Bought');
  expect(await slips(page)).toEqual([]);
});
