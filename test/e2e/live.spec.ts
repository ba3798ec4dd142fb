import { type Locator, type Page, expect, test } from '@playwright/test';
import { alert, fitsEverywhere, open, openDataset, run, slips, unfold, useSample } from './lab.ts';

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Bar' });
const at = (page: Page): Promise<number> =>
  slider(page).evaluate((one: HTMLInputElement) => one.valueAsNumber);
const decisions = (page: Page): Locator => page.locator('[data-decisions] li');
const said = (page: Page): Locator => page.locator('[data-said]');

async function watch(page: Page): Promise<void> {
  await tab(page, 'Live').click();
  await expect(page.locator('[data-pane="fan"] canvas')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^1,000 curves resampled/)).toBeVisible();
}

/** How far down the page its parts stand. */
const places = (page: Page): Promise<number[]> =>
  page
    .locator('#live-title, [data-pane="fan"], #live-trading-title')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top + scrollY)));

test('a study decides bar by bar on paper: said in sentences, by keys alone, and nothing moves', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await run(page);
  await watch(page);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '2018-10-03');
  await expect(page.locator('[data-figure="Since the start"]')).toHaveText('0.00\u202f%');
  await expect(page.getByRole('table', { name: 'Positions' }).locator('tbody tr')).toHaveText([
    /NASDAQ *Long *10\.1333/,
    /SP500 *Short *2\.89043/,
  ]);
  const before = await places(page);

  await button(page, 'Next fill').click();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '2018-10-04');
  await expect(decisions(page).first()).toHaveText(
    /Sold 10\.1333 NASDAQ inside the bar of 2018-10-04 at 7,945\.23 by trailing stop, after 9 bars/,
  );
  await expect(decisions(page).last()).toHaveText(
    /Ordered to buy NASDAQ at its next open: Panic Score was 3\.28, above the threshold of 3\./,
  );
  await expect(page.getByRole('table', { name: 'Working orders' })).toContainText('Buy NASDAQ');
  await expect(page.locator('[data-fan="out"]')).toContainText('since 2018-10-04');
  await expect(said(page)).toContainText('2018-10-04: equity 88,979.22, 0 positions. Sold');

  await page.keyboard.press('ArrowRight');
  await expect(decisions(page).first()).toContainText(
    'Bought 10.6084 NASDAQ at the open of 2018-10-05 at 7,874.76, with the stop at 7,790.88',
  );
  await page.keyboard.press('Home');
  await expect(page.locator('[data-fan="in"]')).toHaveText('Here the fan begins.');
  expect(await places(page)).toEqual(before);

  await page.setViewportSize({ width: 360, height: 740 });
  const narrow = await places(page);
  for (let fill = 0; fill < 6; fill++) {
    await button(page, 'Next fill').click();
    expect(await places(page)).toEqual(narrow);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('Home');

  await slider(page).focus();
  await page.keyboard.press('ArrowRight');
  expect((await at(page)) - 1198).toBe(0);
  await page.getByRole('radio', { name: '20', exact: true }).check();
  await slider(page).focus();
  await page.keyboard.press(' ');
  await expect(said(page)).toHaveText('Playing.');
  await page.keyboard.press(' ');
  await expect(button(page, '▶ Play')).toBeVisible();
  const stood = await at(page);
  expect(stood).toBeGreaterThan(1200);
  await expect(said(page)).not.toHaveText('Playing.');
  expect(await at(page)).toBe(stood);
  expect(await places(page)).toEqual(before);

  await button(page, '▶ Play').click();
  await tab(page, 'Overview').click();
  await tab(page, 'Live').click();
  await expect(button(page, '▶ Play')).toBeVisible();
  await page.getByLabel('Begin on').fill('2016-01-01');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', '2016-01-04');
  await expect(page.getByText(/from the 505 returns by session up to 2016-01-04/)).toBeVisible();
  expect(await slips(page)).toEqual([]);
});

test('axe finds nothing in a replay, and nothing stands over the edge', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await useSample(page);
  await run(page);
  await watch(page);
  await button(page, 'Next fill').click();
  await page.getByText('View as table').last().click();
  await fitsEverywhere(page);
});

test('a study that no market can trade is refused in a sentence, and made-up data are named', async ({
  page,
}) => {
  await open(page);
  const card = await openDataset(page);
  await card.getByRole('combobox').selectOption({ value: 'synthetic-2014-2023' });
  await useSample(page);
  await unfold(page, 'Execution');
  await page.getByRole('combobox', { name: 'Fill', exact: true }).selectOption('same-close');
  await run(page);
  await tab(page, 'Live').click();
  await expect(alert(page)).toContainText('No market can trade this study as it is written', {
    timeout: 30_000,
  });
  await expect(alert(page)).toContainText('Set execution.fill to next-open or next-close');
  await expect(slider(page)).toHaveCount(0);
  const live = page.getByRole('region', { name: 'Watch it on paper' });
  await expect(live).toContainText('Synthetic data: no market’s history');
});
