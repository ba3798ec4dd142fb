import { type Locator, type Page, expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { alert, axe, field, finished, open, run, saveAs, slips, unfold, useSample } from './lab.ts';

const history = (page: Page): Locator => page.getByRole('region', { name: /^History/ });
const items = (page: Page): Locator => history(page).locator('[data-run]');
const pins = (page: Page): Locator => items(page).getByRole('button', { name: /^Pin / });
const shelf = (page: Page): Locator => history(page).getByRole('group', { name: 'Pinned runs' });
const compared = (page: Page): Locator =>
  history(page).getByRole('region', { name: /runs side by side$/ });
const verdicts = (page: Page): Locator => compared(page).locator('[data-sharpe] li');

async function show(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(history(page).getByRole('button', { name: 'Export' })).toBeVisible();
}

/** Runs the sample with each of these values in a field, and opens the history. */
async function recorded(page: Page, name: string, ...values: readonly string[]): Promise<void> {
  for (const value of values) {
    await page.getByRole('tab', { name: 'Overview' }).click();
    await field(page, name).fill(value);
    await run(page);
  }
  await show(page);
}

/** Pins the newest runs, the oldest of them first, and compares them. */
async function compare(page: Page, count: number): Promise<void> {
  for (let i = count - 1; i >= 0; i--) {
    await pins(page).nth(i).click();
    await expect(pins(page).nth(i)).toHaveAttribute('aria-pressed', 'true');
  }
  await shelf(page).getByRole('button', { name: 'Compare' }).click();
  await expect(verdicts(page)).toHaveCount(count - 1);
}

test('two runs: their curves, whether luck explains the difference, their numbers and settings', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '2');
  await expect(history(page).getByText('Pin two to four runs to compare them.')).toBeVisible();
  await compare(page, 2);
  await expect(compared(page).getByRole('heading', { name: '2 runs side by side' })).toBeFocused();

  await expect(verdicts(page)).toHaveText(
    /^B B’s Sharpe is (higher|lower) than A’s by \d\.\d\d \(95.% interval −?\d\.\d\d to −?\d\.\d\d, p.=.\d\.\d+\): over 1,258 common sessions that is (no )?more than luck explains\.\s*$/,
  );
  await expect(compared(page).locator('svg.plot')).toBeVisible();
  const sharpe = compared(page).getByRole('row', { name: /^Sharpe ratio/ });
  await expect(sharpe).toContainText(/[+−]\d\.\d\d (better|worse)/);
  await expect(compared(page).getByRole('row', { name: /^Total return/ })).toContainText('pp');
  await expect(compared(page).locator('dd')).toHaveText(/^\s*A 3\s*→\s*B 2\s*$/);
  expect(await slips(page)).toEqual([]);

  await compared(page).getByRole('button', { name: 'Close' }).click();
  await expect(compared(page)).toHaveCount(0);
});

test('a pinned run is drawn beside the next one’s curve, and still after a reload', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByRole('button', { name: 'Pin this run' }).click();
  const switched = page.getByRole('checkbox', { name: 'Pinned runs' });
  await expect(page.getByRole('button', { name: 'Pin this run' })).toHaveText('Pinned A');
  await expect(switched).toHaveCount(0); // It is the run on screen.

  await field(page, 'Entry threshold').fill('2');
  await run(page);
  const readout = page.locator('[data-readout]');
  await expect(readout).toContainText(/A Harvester [\d,]+\.\d\d/);
  await switched.uncheck();
  await expect(readout).not.toContainText('A Harvester');
  await expect(page.getByRole('button', { name: 'Pin this run' })).toBeEnabled();
  await page.waitForTimeout(1000); // The run is recorded; now it is kept for a reload.
  await page.reload();
  await finished(page);
  await expect(readout).toContainText('A Harvester');
  expect(await axe(page)).toEqual([]);
});

test('pins outlast the page and are seen in other tabs; the comparison goes with them', async ({
  page,
  context,
}) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '2.5', '2');
  await compare(page, 3);
  await expect(verdicts(page).first()).toContainText('with Holm’s correction');

  const other = await context.newPage();
  await open(other);
  await show(other);
  await expect(shelf(other).getByRole('listitem')).toHaveCount(3);
  await shelf(other)
    .getByRole('button', { name: /^Unpin B/ })
    .click();
  await expect(shelf(page).getByRole('listitem')).toHaveText([/^A/, /^C/]);
  await expect(verdicts(page)).toHaveCount(1);
  await expect(verdicts(page)).toContainText('C’s Sharpe is');

  await page.reload();
  await show(page);
  await expect(shelf(page).getByRole('listitem')).toHaveText([/^A/, /^C/]);
  await shelf(page).getByRole('button', { name: 'Unpin all' }).click();
  await expect(shelf(page)).toHaveCount(0);
});

test('a run is pinned beside its numbers, and leads to the others', async ({ page }) => {
  await open(page);
  await useSample(page);
  for (const [threshold, letter] of [
    ['3', 'A'],
    ['2', 'B'],
  ] as const) {
    await field(page, 'Entry threshold').fill(threshold);
    await run(page);
    const pin = page.getByRole('button', { name: 'Pin this run' });
    await expect(pin).toHaveAttribute('aria-pressed', 'false');
    await pin.click();
    await expect(pin).toHaveText(`Pinned ${letter}`);
  }
  await page.getByRole('button', { name: 'Compare with the other pinned runs' }).click();
  await expect(shelf(page).getByRole('listitem')).toHaveCount(2);
});

test('a fifth pin is refused, and says why', async ({ page }) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '2.8', '2.6', '2.4', '2.2');
  for (const i of [0, 1, 2, 3]) {
    await pins(page).nth(i).click();
    await expect(pins(page).nth(i)).toHaveAttribute('aria-pressed', 'true');
  }
  await pins(page).nth(4).click();
  await expect(
    history(page).getByText('Four runs are pinned. Unpin one to pin another.'),
  ).toBeVisible();
  await expect(pins(page).nth(4)).toHaveAttribute('aria-pressed', 'false');
});

test('the same run twice is the same curve; runs of different length grow from where both are', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '3');
  await compare(page, 2);
  await expect(verdicts(page)).toContainText('B has the same curve as A, to the bit');
  await expect(compared(page).getByText('None: the studies are the same')).toBeVisible();
  await expect(compared(page).getByLabel('Only common sessions')).toHaveCount(0);
  await shelf(page).getByRole('button', { name: 'Unpin all' }).click();

  await unfold(page, 'Range');
  await recorded(page, 'From', '2016-01-01', '2018-12-01');
  for (const i of [1, 2]) await pins(page).nth(i).click();
  await shelf(page).getByRole('button', { name: 'Compare' }).click();
  await expect(verdicts(page)).toContainText(/over 75\d common sessions/);
  await compared(page).getByLabel('Only common sessions').check();
  await expect(
    compared(page).getByText(/The 75\d sessions that all have, 2016-01-04/),
  ).toBeVisible();
  await pins(page).first().click();
  await expect(verdicts(page).last()).toContainText(/have 1\d sessions in common: too few/);
});

test('a session is read out by pointer and by keys', async ({ page }) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '2');
  await compare(page, 2);
  const session = compared(page).getByRole('slider', { name: 'Session' });
  await expect(session).toHaveAttribute('aria-valuetext', /^2018-12-31: A [+−]\d/);
  await session.focus();
  await page.keyboard.press('Home');
  await expect(session).toHaveAttribute('aria-valuetext', /^2014-01-02: A 0\.00.%, B 0\.00.%$/);
  await page.keyboard.press('PageUp');
  await expect(compared(page).getByText('2014-01-31', { exact: true })).toBeVisible();
  const box = (await session.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await expect(session).toHaveAttribute('aria-valuetext', /^2016-/);
});

test('what is compared is handed out as files', async ({ page }) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3', '2');
  await compare(page, 2);
  const first: Record<string, string> = {};
  for (const name of ['curves.csv', 'sharpe.csv', 'numbers.csv', 'settings.csv']) {
    const download = page.waitForEvent('download');
    await compared(page).getByRole('button', { name }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    first[name] = text.split('\r\n').slice(0, 2).join(' ');
  }
  expect(first['curves.csv']).toBe('date,growth_A,growth_B 2014-01-02,0,0');
  expect(first['sharpe.csv']).toMatch(/^run,against,outcome,.* B,A,tested,/);
  expect(first['numbers.csv']).toMatch(/^metric,unit,A,B,B_less_A Total return,percent,/);
  expect(first['settings.csv']).toBe(
    'section,setting,path,A,B Parameters,Entry threshold,/strategy/parameters/entryThreshold,3,2',
  );
  await saveAs(page, 'curves.parquet');
  const download = page.waitForEvent('download');
  await compared(page).getByRole('button', { name: 'curves.parquet' }).click();
  expect((await download).suggestedFilename()).toBe('comparison-curves.parquet');
  expect(readFileSync(await (await download).path(), 'latin1')).toMatch(/^PAR1/);
});

test('runs whose whole curve is gone say so, and are compared but for their significance', async ({
  page,
}) => {
  await open(page);
  await useSample(page);
  await recorded(page, 'Entry threshold', '3');
  await page.getByLabel('History file').setInputFiles('test/unit/journal/images/v1.sqlite');
  await expect(items(page)).toHaveCount(3);
  await compare(page, 2);
  await expect(verdicts(page)).toContainText('Of A no whole curve is kept: run it again');
  await expect(compared(page).getByText(/only a small curve is kept, for the eye/)).toBeVisible();
  await expect(alert(page)).toHaveCount(0);
});

test(
  'the page answers while the Sharpe ratios are compared',
  { tag: '@timed' },
  async ({ page }) => {
    await open(page);
    await useSample(page);
    await recorded(page, 'Entry threshold', '3', '2.5', '2');
    await page.evaluate(() => {
      const seen: number[] = [];
      new PerformanceObserver((list) => {
        seen.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ entryTypes: ['longtask'] });
      Object.assign(globalThis, { seen });
    });
    await compare(page, 3);
    await expect(compared(page).locator('svg.plot')).toBeVisible();
    const longest = await page.evaluate(() =>
      Math.max(0, ...(globalThis as unknown as { seen: number[] }).seen),
    );
    expect(longest).toBeLessThan(100);
  },
);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing overflows: ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await useSample(page);
    await recorded(page, 'Entry threshold', '3', '2.5', '2');
    await compare(page, 3);
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
}
