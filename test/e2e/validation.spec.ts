import { readFile } from 'node:fs/promises';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, field, finished, open, presentOf, run, saveAs, slips, useSample } from './lab.ts';

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const dimension = (page: Page, path: string): Locator => page.locator(`[data-dimension="${path}"]`);
const found = (page: Page): Locator =>
  page.getByRole('heading', { name: /^Sharpe ratio of [\d,]+ trials?$/ });
const heatMap = (page: Page): Locator => page.getByRole('application', { name: /by Entry/ });

/** A search of so many values of each of Harvester’s two suggested settings. */
async function search(page: Page, steps: number): Promise<void> {
  await tab(page, 'Search').click();
  for (const path of ['/strategy/parameters/entryThreshold', '/exits/stop'])
    await dimension(page, path).getByLabel('Steps').fill(String(steps));
  await expect(page.locator('[data-extent]')).toHaveText(
    `${steps} × ${steps} = ${steps * steps} combinations.`,
  );
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(found(page)).toBeVisible({ timeout: 60_000 });
}

async function walkForward(page: Page): Promise<void> {
  await tab(page, 'Walk-forward').click();
  await page.getByRole('button', { name: 'Run the walk-forward' }).click();
  await expect(page.getByRole('region', { name: 'Folds' })).toBeVisible({ timeout: 60_000 });
}

test('tabs: arrow keys, one panel at a time, the overview first', async ({ page }) => {
  await open(page);
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true');
  await tab(page, 'Overview').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Search')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Parameter search' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run the sample' })).toBeHidden();
  await expect(page.getByRole('tabpanel')).toHaveCount(1);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Run the sample' })).toBeVisible();
});

test('a search, its heat map, and a cell that is looked at before it becomes the run', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await search(page, 3);
  await expect(
    page.getByRole('img', { name: /^Sharpe ratio by Entry threshold and Stop/ }),
  ).toBeVisible();
  await expect(page.locator('[data-plateau]')).toContainText(/neighbours keep/i);
  expect(await slips(page)).toEqual([]);

  const drawn = page.getByRole('img', { name: /by Entry threshold and Stop/ });
  const shown = await drawn.textContent();
  await page.getByLabel('Colour').selectOption({ label: 'Trades' });
  await expect(drawn).not.toHaveText(shown ?? '');
  await page.getByLabel('Colour').selectOption({ label: 'Sharpe ratio' });
  await expect(drawn).toHaveText(shown ?? '');

  await heatMap(page).focus();
  const readout = page.locator('[data-readout]');
  await expect(readout).toContainText(/Entry threshold [\d.]+, Stop [\d.]+: Sharpe ratio/);
  const before = await readout.innerText();
  await page.keyboard.press(/threshold 4,/.test(before) ? 'ArrowLeft' : 'ArrowRight');
  await expect(readout).not.toHaveText(before);
  const value = /threshold ([\d.]+),/.exec(await readout.innerText())?.[1] ?? '';
  const scrolled = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  const trial = page.locator('[data-preview]');
  await expect(trial.getByRole('heading').first()).toContainText(`Entry threshold ${value},`);
  await expect(trial.getByRole('img', { name: 'Equity of the trial' })).toBeVisible();
  await expect(trial.getByRole('definition')).toHaveCount(6);
  const [chart, card] = [await drawn.boundingBox(), await trial.boundingBox()];
  expect(card!.x).toBeGreaterThan(chart!.x + chart!.width - 1); // Beside it.
  await expect(tab(page, 'Search')).toHaveAttribute('aria-selected', 'true');
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  expect(await slips(page)).toEqual([]);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Load these settings' }).click();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await expect(tab(page, 'Overview')).toHaveAttribute('aria-selected', 'true');
  await finished(page);
  await expect(field(page, 'Entry threshold')).toHaveValue(value);

  await tab(page, 'Search').click();
  await expect(page.getByText('The settings have changed since.')).toHaveCount(0);
  await page.getByText('The same as a table').last().click();
  await expect(page.getByRole('region', { name: /^Table: Sharpe ratio/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(page, 'Entry threshold')).toHaveValue('3');
  await field(page, 'Direction').fill('6');
  await expect(page.getByText('The settings have changed since.')).toBeVisible();
});

test('trials are sorted, loaded and saved', async ({ page }) => {
  await open(page);
  await useSample(page);
  await search(page, 3);
  const trials = page.getByRole('region', { name: 'Trials' });
  await trials.getByRole('button', { name: 'Trades' }).click();
  await expect(trials.getByRole('columnheader', { name: 'Trades' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'trials.csv' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.trim().split('\r\n')).toHaveLength(10);
  expect(text).toContain('strategy.parameters.entryThreshold,exits.stop,sharpe');
  for (const [name, beginning] of [
    ['returns.csv', 'date,t0001 entryThreshold='],
    ['returns.arrow', 'ARROW1'],
    ['returns.parquet', 'PAR1'],
    ['trials.parquet', 'PAR1'],
  ] as const) {
    await saveAs(page, name);
    const returns = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const bytes = await readFile(await (await returns).path());
    expect(bytes.toString('latin1', 0, beginning.length)).toBe(beginning);
  }

  const row = trials.getByRole('row').nth(1);
  const threshold = await row.getByRole('cell').nth(1).innerText();
  await row.getByRole('button', { name: 'Load' }).click();
  await finished(page);
  await expect(field(page, 'Entry threshold')).toHaveValue(threshold);
});

test('what is varied is checked, chosen and drawn at random', async ({ page }) => {
  await open(page);
  await useSample(page);
  await tab(page, 'Search').click();
  const stop = dimension(page, '/exits/stop');
  await stop.getByLabel('From').fill('-1');
  await expect(stop).toContainText('From must be a number above 0');
  await expect(page.getByText('1 setting to correct.').first()).toBeVisible();
  await stop.getByLabel('From').fill('1');
  await stop.getByRole('button', { name: 'List values' }).click();
  await stop.getByLabel('Values').fill('1, 2, off');
  await expect(page.locator('[data-extent]')).toHaveText('9 × 3 = 27 combinations.');
  await page.getByRole('button', { name: 'Add a setting' }).click();
  await dimension(page, '/strategy/parameters/directionBars')
    .getByRole('combobox')
    .selectOption({ label: 'Sides' });
  await expect(page.locator('[data-extent]')).toHaveText('9 × 3 × 3 = 81 combinations.');
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Random' });
  await page.getByRole('textbox', { name: 'Trials', exact: true }).fill('20');
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(found(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('All 20 trials are drawn.').first()).toBeVisible();
  expect(await slips(page)).toEqual([]);
});

test('what a test has found comes into view and takes the focus; whoever writes keeps it', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await useSample(page);
  await search(page, 2);
  await expect(found(page)).toBeFocused();
  await expect(found(page)).toBeInViewport();
  await page.getByRole('button', { name: 'Run the search' }).focus();
  await page.keyboard.press('Enter');
  const steps = dimension(page, '/exits/stop').getByLabel('Steps');
  await steps.focus();
  await expect(page.getByText('Search finished.')).toBeVisible({ timeout: 60_000 });
  await expect(steps).toBeFocused();
  await walkForward(page);
  await expect(page.getByRole('heading', { name: 'What it found' })).toBeFocused();
});

test('searches that choose as they go: what became of their sets, and that no walk-forward follows', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await tab(page, 'Search').click();
  const method = page.getByLabel('Method', { exact: true });
  await method.selectOption({ label: 'Halving' });
  await page.getByRole('textbox', { name: 'Trials', exact: true }).fill('12');
  await expect(page.locator('[data-extent]')).toHaveText(
    '12 draws from 2 settings: 4 on all sessions; draws that repeat are run once.',
  );
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(page.locator('[data-rungs]')).toContainText(
    'Rung 1: 12 trials on the first 420 of 1,258 sessions; 8 went no further.',
    { timeout: 60_000 },
  );
  await expect(found(page)).toHaveText('Sharpe ratio of 4 trials');
  await expect(page.getByText('12 trials were tried')).toBeVisible();
  expect(await slips(page)).toEqual([]);

  await method.selectOption({ label: 'Evolution' });
  await expect(page.locator('[data-extent]')).toContainText('8 at once');
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(page.locator('[data-rungs]')).toHaveCount(0, { timeout: 60_000 });
  await expect(found(page)).toBeVisible();

  await tab(page, 'Walk-forward').click();
  await expect(
    page.getByText(/^The method of the search chooses by results/).first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run the walk-forward' })).toBeDisabled();
});

test('a cancelled search keeps what was finished', async ({ page }) => {
  await open(page);
  await useSample(page);
  await tab(page, 'Search').click();
  for (const path of ['/strategy/parameters/entryThreshold', '/exits/stop'])
    await dimension(page, path).getByLabel('Steps').fill('40');
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(page.getByText(/^Trial \d+ of 1600$/).first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText(/Cancelled: [\d,]+ of 1,600 trials were finished/)).toBeVisible();
});

test('a walk-forward: folds, curves, parameters; changes are said', async ({ page }) => {
  await open(page);
  await useSample(page);
  await walkForward(page);
  await expect(page.getByRole('row', { name: /^1 2014-01-02 to / })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Out-of-sample equity' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Stop/ })).toBeVisible();
  await expect(page.locator('[data-figure="efficiency"]')).toContainText(/%|—/);
  expect(await slips(page)).toEqual([]);
  const folds = page.getByRole('region', { name: 'Folds' });
  const fits = () => folds.evaluate((region) => region.scrollWidth <= region.clientWidth);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(fits).toBe(true);
  await expect(folds.getByRole('columnheader', { name: 'In the test', exact: true })).toBeVisible();
  for (const head of await presentOf(folds.getByRole('columnheader')))
    expect(await head.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(fits).toBe(false); // It scrolls within itself, and the page does not.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
  await page.setViewportSize({ width: 1280, height: 720 });
  await field(page, 'Test length').fill('3');
  await expect(page.getByText('The settings have changed since.')).toBeVisible();
  await page.getByRole('button', { name: 'Reset Test length to 6' }).click();
  await expect(page.getByText('The settings have changed since.')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing and nothing scrolls sideways, narrow and wide', async ({ page }) => {
      test.setTimeout(180_000);
      await open(page);
      await useSample(page);
      await run(page);
      await search(page, 3);
      await walkForward(page);
      await page.getByRole('button', { name: 'Run the cross-validation' }).click();
      await expect(page.getByRole('img', { name: 'Growth of the paths' })).toBeVisible({
        timeout: 60_000,
      });
      await page.getByRole('button', { name: 'Learn the weights' }).click();
      await expect(page.locator('[data-verdict]')).toBeVisible({ timeout: 60_000 });
      expect(await slips(page)).toEqual([]);
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        for (const name of ['Search', 'Walk-forward']) {
          await tab(page, name).click();
          for (const summary of await presentOf(page.getByText('The same as a table')))
            if (await summary.isVisible()) await summary.click();
          await page.waitForTimeout(300);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, `${name} at ${width}`).toBe(0);
          expect(await axe(page), `${name} at ${width}`).toEqual([]);
        }
      }
    });
  });
}
