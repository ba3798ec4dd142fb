import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, open, run, slips, useSample } from './lab.ts';

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const finding = (page: Page, id: string): Locator => page.locator(`[data-finding="${id}"]`);

test('examine everything: a verdict with its reasons, and a red finding on the overview', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await open(page);
  await useSample(page);
  await run(page);
  await tab(page, 'Audit').click();
  await expect(finding(page, 'look-ahead')).toHaveAttribute('data-level', 'open');
  await expect(finding(page, 'fills')).toHaveAttribute('data-level', 'green');

  await page.getByRole('button', { name: 'Examine everything' }).click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel the audit' })).toBeHidden({
    timeout: 200_000,
  });
  await expect(finding(page, 'look-ahead')).toHaveAttribute('data-level', 'green');
  await expect(finding(page, 'walk-forward')).toHaveAttribute('data-level', 'red');
  await expect(finding(page, 'deflated-sharpe')).toContainText(/Counting 8\d trials of the ledger/);
  await expect(page.locator('[data-finding][data-level="open"]')).toHaveCount(0);
  await expect(page.locator('[data-verdict="red"]')).toContainText('Do not trust this result');
  await expect(page.getByRole('img', { name: /Logits/ })).toBeVisible();
  expect(await slips(page)).toEqual([]);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axe(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);

  await tab(page, 'Overview').click();
  await expect(page.locator('[data-red]')).toContainText('Do not trust this result');
  await page.getByRole('button', { name: 'See the audit' }).click();
  await expect(tab(page, 'Audit')).toHaveAttribute('aria-selected', 'true');
});

test('a known cheat is caught, and a cut by hand moves nothing', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  const cut = page.locator('[data-time-cut]');
  await cut.getByRole('slider').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await expect(
    page.getByText(/all [\d,]+ values up to .* are the same to the last bit/),
  ).toBeVisible({
    timeout: 30_000,
  });
  await cut.getByRole('button', { name: 'All data' }).click();
  await expect(page.getByText('Cut the future off')).toBeVisible();

  await tab(page, 'Audit').click();
  await page.getByLabel('Mistake').selectOption({ label: 'Full-sample z-score' });
  await page.getByRole('button', { name: 'Audit it' }).click();
  await expect(page.locator('[data-demonstration="caught"]')).toContainText('full_sample_score', {
    timeout: 60_000,
  });
});
