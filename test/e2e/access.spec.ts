import { type Page, expect, test } from '@playwright/test';
import {
  alert,
  axe,
  datasetButton,
  dropFiles,
  field,
  finished,
  open,
  openDataset,
  run,
  unfoldAll,
  useSample,
} from './lab.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing: empty, with an error, with results', async ({ page }) => {
      await open(page);
      expect(await axe(page)).toEqual([]);

      await dropFiles(page, { name: 'BAD.csv', text: 'date,close\n2020-01-02,one\n' });
      await expect(alert(page)).toBeVisible({ timeout: 60_000 });
      expect(await axe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await field(page, 'Entry threshold').fill('high');
      expect(await axe(page)).toEqual([]);
      await page.getByRole('button', { name: 'Reset all' }).click();
      await useSample(page);
      await run(page);
      await unfoldAll(page);
      expect(await axe(page)).toEqual([]);
      await openDataset(page);
      await unfoldAll(page);
      expect(await axe(page)).toEqual([]);
    });
  });
}

test('from load to results with the keyboard alone', async ({ page }) => {
  await open(page);
  await datasetButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Dataset' })).toBeVisible();
  await tabTo(page, 'Use the sample');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 symbols')).toBeVisible({ timeout: 60_000 });
  await expect(datasetButton(page)).toBeFocused();
  await tabTo(page, 'Entry threshold');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3.5');
  await tabTo(page, 'Run');
  await page.keyboard.press('Enter');
  await finished(page);
  await tabTo(page, 'Total return');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('note').filter({ visible: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await finished(page);
});

for (const width of [360, 1024, 1280, 1920, 2560]) {
  test(`no horizontal scroll at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await open(page);
    expect(await overflow()).toBe(0);
    await useSample(page);
    await run(page);
    await unfoldAll(page);
    await page.getByRole('button', { name: 'All columns' }).click();
    expect(await overflow()).toBe(0);
  });
}

/** Presses Tab until the control of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.labels?.[0]?.textContent.trim() ?? element?.textContent.trim();
    });
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}.`);
}
