import { readFileSync } from 'node:fs';
import { type Locator, type Page, expect, test } from '@playwright/test';
import {
  axe,
  digests,
  finished,
  open,
  run,
  runButton,
  slips,
  unfoldAll,
  useSample,
} from './lab.ts';

const editor = (page: Page): Locator => page.getByRole('textbox', { name: 'Query' });
const answer = (page: Page): Locator => page.getByRole('region', { name: 'Answer' });
const refused = (page: Page): Locator =>
  page.getByRole('alert').filter({ hasText: 'The query was refused' });

async function openConsole(page: Page): Promise<void> {
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByRole('tab', { name: 'SQL' }).click();
  await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
}

async function ask(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Control+Enter');
}

test('asks, completes, corrects, draws and saves', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  await openConsole(page);
  expect(new URL(page.url()).hash).toBe('#/sql');

  await page.getByRole('button', { name: 'Trades by exit reason' }).click();
  await expect(answer(page).getByRole('columnheader', { name: 'mean_net' })).toBeVisible();
  await expect(page.getByText('Bars of trades (upwards) by exit_reason: 4 rows.')).toBeVisible();
  await page.getByLabel('Upwards').selectOption('net');
  await expect(page.getByRole('img', { name: 'net by exit_reason' })).toBeVisible();

  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('SELECT dat');
  await page.keyboard.press('Escape');
  await page.keyboard.type('e, buy FROM equi');
  await page.getByRole('option', { name: /^equity/ }).click();
  await page.keyboard.press('Control+Enter');
  await expect(refused(page)).toContainText('Referenced column "buy" not found');
  await expect(refused(page)).toContainText('Did you mean "buy_and_hold"');
  await expect(refused(page)).toContainText('Column 14');
  await expect(editor(page)).toHaveAttribute('aria-invalid', 'true');

  for (let i = 0; i < ' FROM equity'.length; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('_');
  await page.getByRole('option', { name: /^buy_and_hold/ }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^1,258 rows\. Took/)).toBeVisible();
  await expect(refused(page)).toHaveCount(0);
  await expect(
    page.getByText('A line of buy_and_hold (upwards) by date: 1,258 rows.'),
  ).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the answer as CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines.slice(0, 2)).toEqual([
    'date,buy_and_hold',
    expect.stringMatching(/^2014-01-02,99420\./),
  ]);
  expect(lines).toHaveLength(1260);
  expect(await slips(page)).toEqual([]);
  expect(violations).toEqual([]);

  await page.reload();
  await expect(page.getByRole('tab', { name: 'SQL' })).toHaveAttribute('aria-selected', 'true');
});

test('whatever is asked, the lab goes on and runs have the same digests', async ({ page }) => {
  test.setTimeout(180_000);
  await openConsole(page);
  await page.getByRole('tab', { name: 'Overview' }).click();
  const before = await digests(page);
  await page.getByRole('tab', { name: 'SQL' }).click();

  await ask(page, 'DROP TABLE lab.main.imported_bars');
  await expect(refused(page)).toContainText('Queries only read');
  await ask(page, "FROM read_text('/etc/passwd')");
  await expect(refused(page)).toContainText('read_text() does more than read the tables');

  await ask(page, 'SELECT count(*) FROM range(1000000000000)');
  await expect(page.getByRole('progressbar', { name: 'Query' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Cancelled. Nothing was changed.')).toBeVisible();

  await ask(page, 'SELECT count(*) FROM range(1000000000000)');
  await expect(page.getByRole('progressbar', { name: 'Query' })).toBeVisible();
  await runButton(page).click();
  await finished(page);
  await page.getByRole('tab', { name: 'SQL' }).click();
  await expect(page.getByText('a run or an import goes first')).toBeVisible();

  // It holds the engine’s worker in one call, which only an end of the worker ends.
  await ask(page, "SELECT length(repeat('x', 1500000000)) + length(repeat('y', 1500000000))");
  await expect(page.getByText('Stopped after 10 s: the query was not done.')).toBeVisible({
    timeout: 20_000,
  });
  await ask(page, 'SELECT range(400000000)');
  await expect(refused(page)).toContainText('The lab goes on with a fresh engine');

  await ask(page, 'SELECT count(*) AS trades FROM trades');
  await expect(answer(page).getByRole('cell', { name: '102' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'Overview' }).click();
  await run(page);
  expect(await digests(page)).toEqual(before);
});

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`axe finds nothing, and nothing scrolls sideways: ${colorScheme}, ${width}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openConsole(page);
      await page.getByRole('button', { name: 'Equity beside buy & hold' }).click();
      await expect(page.getByText(/^1,258 rows/)).toBeVisible();
      await unfoldAll(page);
      expect(await axe(page)).toEqual([]);
      await ask(page, 'SELECT symbl FROM bars');
      await expect(refused(page)).toBeVisible();
      expect(await axe(page)).toEqual([]);
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      await expect(runButton(page)).toBeVisible();
    });
