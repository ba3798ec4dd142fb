import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, open, run, useSample } from './lab.ts';

const part = (page: Page, name: string): Locator => page.locator(`[data-expression="${name}"]`);

test('a strategy of one’s own: completed, corrected, previewed, run', async ({ page }) => {
  await open(page);
  await useSample(page);
  await page.getByLabel('Strategy', { exact: true }).selectOption('custom');
  const entry = page.getByRole('textbox', { name: 'Entry', exact: true });
  const preview = part(page, 'entry').locator('[data-preview]');
  await expect(preview).toContainText(/True on [\d,]+ of 2,516 bars/);

  await entry.fill('close > sm');
  await entry.press('End');
  await page.keyboard.press('Control+Space');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list.getByRole('option', { name: 'sma(n)' })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(entry).toHaveText('close > sma(');

  await page.keyboard.type('20) AND lead(close) > 1');
  await page.keyboard.press('Escape');
  await expect(part(page, 'entry').locator('p.problem')).toContainText(
    /At character 21: .*lead\(\) reads bars to come/,
  );
  await expect(entry).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Control+Enter'); // Leads back here instead of running.
  await expect(entry).toBeFocused();

  await entry.fill('close > sma(20)');
  await expect(preview).toContainText('True on 1,616 of 2,516 bars');
  await expect(preview.getByRole('img')).toBeVisible();
  await run(page);

  await entry.fill('accu');
  await entry.press('End');
  await page.keyboard.press('Control+Space');
  await expect(list.getByRole('option', { name: 'accumulate(seed, step)' })).toBeVisible();
  await page.keyboard.press('Escape');
  await entry.fill('accumulate(0, CASE WHEN close > open THEN prior + 1 ELSE 0 END) >= 3');
  await expect(preview).toContainText(/True on [\d,]+ of 2,516 bars/);
  await entry.fill("close > of('SP50', ema(high, 20))");
  await expect(preview).toContainText('The data have no symbol “SP50”. Did you mean SP500?');

  await entry.fill('close > week');
  await entry.press('End');
  await page.keyboard.press('Control+Space');
  await expect(list.getByRole('option', { name: 'weekly(x)' })).toBeVisible();
  await page.keyboard.press('Escape');
  await entry.fill('close > weekly(sma(10)) AND monthly(rsi(2)) < 90');
  await expect(preview).toContainText(/True on [\d,]+ of 2,516 bars/);
  await entry.fill('close > daily(sma(10))');
  await expect(preview).toContainText('Bars for daily() cannot be made: these are dated by days');
});
