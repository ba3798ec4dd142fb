import { type Locator, type Page, expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { alert, dropFiles, field, open, openDataset, run, useSample } from './lab.ts';

/**
 * How each state looks, at three widths in both themes: half-size pictures in screens/, in one font, so that layout,
 * colours and charts are held and not how a machine draws letters. Made anew with `--update-snapshots`.
 */
const widths = [360, 1280, 1900];
const schemes = ['light', 'dark'] as const;

const font = readFileSync(
  new URL(
    '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
    import.meta.url,
  ),
).toString('base64');
const inOneFont = `
  @font-face { font-family: Screen; src: url(data:font/woff2;base64,${font}) format('woff2'); font-weight: 100 900; }
  :root { --font: Screen; --mono: Screen; }`;

test.skip(process.platform !== 'linux', 'Each system draws differently; the pictures are of one.');
// The font comes from the test, which the page's own policy would not let in.
test.use({
  bypassCSP: true,
  deviceScaleFactor: 0.5,
  timezoneId: 'UTC',
  locale: 'en-GB',
  contextOptions: { reducedMotion: 'reduce' },
});

async function begin(page: Page, width = 1280): Promise<void> {
  await page.clock.setFixedTime('2026-11-29T12:00:00Z'); // The history says when.
  await page.setViewportSize({ width, height: 800 });
  await open(page);
  await settle(page);
}

async function settle(page: Page): Promise<void> {
  await page.addStyleTag({ content: inOneFont });
  await page.evaluate(() => document.fonts.load('16px Screen'));
}

/**
 * Pictures of what stands in the window, of the window around one place, or of the whole page. The place is brought to
 * the window's middle at each width: where a browser leaves the page after a change of width depends on the moment.
 */
async function shoot(page: Page, state: string, what: 'window' | 'page' | Locator = 'window') {
  const fullPage = what === 'page';
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      if (typeof what !== 'string') {
        await what.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      }
      await expect.soft(page).toHaveScreenshot(`${state}-${width}-${colorScheme}.png`, {
        fullPage,
        threshold: 0.25,
        maxDiffPixelRatio: 0.02,
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();

test('before a run: the empty page, its sheets, and what went wrong', async ({ page }) => {
  await begin(page);
  await expect(page.getByRole('img', { name: /Equity/ }).first()).toBeVisible();
  await shoot(page, 'empty', 'page');
  await openDataset(page);
  await shoot(page, 'dataset');
  await page.keyboard.press('Escape');
  await dropFiles(page, { name: 'BAD.csv', text: 'date,close\n2020-01-02,one\n' });
  await expect(alert(page)).toBeVisible({ timeout: 60_000 });
  await shoot(page, 'refused');
  await page.keyboard.press('Escape');
  await field(page, 'Entry threshold').fill('high');
  await shoot(page, 'settings-invalid');
});

test('a run: its figures, a trade, settings, palette, keys and menu', async ({ page }) => {
  test.setTimeout(180_000);
  await begin(page);
  await useSample(page);
  await run(page);
  await shoot(page, 'run');
  const figures = page.getByRole('region', { name: 'Figures', exact: true });
  await figures.scrollIntoViewIfNeeded();
  await expect(figures.locator('svg.plot').first()).toBeVisible();
  await shoot(page, 'figures', figures);
  await page.keyboard.press('j');
  const explained = page.locator('[data-explained]');
  await expect(explained).not.toHaveText('Reading its symbol.');
  await shoot(page, 'trade', explained);
  await page.evaluate(() => scrollTo(0, 0));
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Find an action' })).toBeVisible();
  await shoot(page, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await shoot(page, 'keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Display/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await shoot(page, 'menu');
  await page.keyboard.press('Escape');
  await openDataset(page);
  await shoot(page, 'dataset-loaded');
});

test('the tabs: search, walk-forward, audit, live, SQL, share, history and a comparison', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await begin(page);
  await useSample(page);
  await run(page);
  await page.getByRole('button', { name: 'Pin this run' }).click();
  await tab(page, 'Search');
  await page.getByRole('button', { name: 'Run the search' }).click();
  await expect(page.getByRole('heading', { name: /^Sharpe ratio of/ })).toBeVisible({
    timeout: 90_000,
  });
  await shoot(page, 'search', 'page');
  await tab(page, 'Walk-forward');
  await shoot(page, 'walk-forward-before');
  await page.getByRole('button', { name: 'Run the walk-forward' }).click();
  await expect(page.getByRole('region', { name: 'Folds' })).toBeVisible({ timeout: 90_000 });
  await shoot(page, 'walk-forward', 'page');
  await tab(page, 'Audit');
  await shoot(page, 'audit', 'page');
  await tab(page, 'Live');
  await expect(page.getByText(/^1,000 curves resampled/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Next fill' }).click();
  await shoot(page, 'live', 'page');
  await tab(page, 'SQL');
  await page.getByRole('button', { name: 'Trades by exit reason' }).click();
  await expect(page.getByRole('columnheader', { name: 'mean_net' })).toBeVisible();
  await shoot(page, 'sql', 'page');
  await tab(page, 'Share');
  await expect(page.getByRole('textbox', { name: 'Link', exact: true })).toHaveValue(/#s1\./);
  await shoot(page, 'share', 'page');
  await tab(page, 'Overview');
  await field(page, 'Entry threshold').fill('2');
  await run(page);
  await page.getByRole('button', { name: 'Pin this run' }).click();
  await shoot(page, 'pinned');
  await tab(page, 'History');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('heading', { name: '2 runs side by side' })).toBeVisible();
  await shoot(page, 'history', 'page');
});

test('a shared run, before it is verified and after', async ({ page }) => {
  test.setTimeout(180_000);
  await begin(page);
  await useSample(page);
  await run(page);
  await tab(page, 'Share');
  const link = page.getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveValue(/#s1\./);
  const url = await link.inputValue();
  await page.goto('about:blank');
  await page.goto(url);
  await settle(page);
  const banner = page.getByRole('region', { name: 'Shared run' });
  await expect(banner).toBeVisible();
  await shoot(page, 'shared');
  await page.getByRole('button', { name: 'Verify with the dataset that ships here' }).click();
  await expect(banner.locator('[data-verdict="exact"]')).toBeVisible({ timeout: 60_000 });
  await shoot(page, 'verified');
});
