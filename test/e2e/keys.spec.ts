import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, field, finished, open, runButton } from './lab.ts';

const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Find an action' });
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });

/** Does what the palette finds first for some words. */
async function act(page: Page, words: string, first: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await expect(palette(page).getByRole('option', { selected: true })).toHaveText(first);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
}

test('the whole tour by keyboard alone: sample, trades, a setting, again, audit, share', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await act(page, 'run sample', /Run the sample/);
  await finished(page);

  await page.keyboard.press('j');
  await expect(page.getByText(/^Trade 1 of /)).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByText(/^Trade 2 of /)).toBeVisible();
  await expect(page.locator('[data-explained]')).not.toHaveText('Reading its symbol.');
  await page.keyboard.press('k');
  await expect(page.getByText(/^Trade 1 of /)).toBeVisible();
  await act(page, '1Y', /Charts show last year/);
  await expect(page.getByRole('button', { name: '1Y: last year' }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await act(page, 'entry threshold', /Entry threshold/);
  await expect(field(page, 'Entry threshold')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2.5');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The settings have changed since this run.')).toHaveCount(0);
  await finished(page);

  // Shortcuts do not fire while typing: the focus is still in the field.
  await page.keyboard.press('4');
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Backspace');
  await act(page, 'audit', /^Audit/);
  await expect(tab(page, 'Audit')).toHaveAttribute('aria-selected', 'true');

  await act(page, 'report', /^Report/);
  await expect(page.getByRole('heading', { name: 'Report' })).toBeFocused();
  await page.getByRole('button', { name: /^Find an action/ }).click();
  await page.keyboard.type('fills parquet');
  await expect(palette(page).getByRole('option')).toHaveText(/Save fills as Parquet/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Display/ }).click();
  await page.getByRole('menuitem', { name: /^Find an action/ }).click();
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');

  await act(page, 'copy link', /Copy the link/);
  await expect(tab(page, 'Share')).toHaveAttribute('aria-selected', 'true');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 30_000 })
    .toContain('#');
});

test('a setting that the basics leave out is found and gets the focus', async ({ page }) => {
  await open(page);
  await expect(runButton(page)).toBeVisible();
  await act(page, 'participation', /articipation/);
  const search = page.getByRole('searchbox', { name: 'Find a setting' });
  await expect(search).not.toHaveValue('');
  await expect(page.locator('[data-study] :focus')).toHaveAttribute('id', /^found-/);
});

test('keys that are pressed alone can be turned off, and stay off', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(sheet).toBeVisible();
  await sheet.getByLabel('Keys that are pressed alone').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('5');
  await page.keyboard.press('?');
  await expect(sheet).toHaveCount(0);
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await page.keyboard.press('5');
  await act(page, 'shortcuts', /^Shortcuts/);
  await expect(sheet.getByLabel('Keys that are pressed alone')).not.toBeChecked();
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true');
  await sheet.getByLabel('Keys that are pressed alone').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('6');
  await expect(tab(page, 'SQL')).toHaveAttribute('aria-selected', 'true');
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`axe finds nothing in the palette and the keys: ${colorScheme}, ${width}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 760 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(page);
      await page.keyboard.press('Control+k');
      await expect(palette(page)).toBeVisible();
      expect(await axe(page)).toEqual([]);
      await page.keyboard.type('nothing like this');
      await expect(palette(page).getByText('No action has these words.')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(palette(page)).toHaveCount(0);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
      expect(await axe(page)).toEqual([]);
    });
