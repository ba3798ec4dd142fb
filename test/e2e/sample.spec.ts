import { readFile } from 'node:fs/promises';
import { type Page, expect, test } from '@playwright/test';
import {
  field,
  finished,
  open,
  openDataset,
  presentOf,
  results,
  run,
  runButton,
  saveAs,
  slips,
  unfold,
  unfoldResult,
  useSample,
} from './lab.ts';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';

test('the sample, a run, and what it shows', async ({ page }) => {
  await open(page);
  await expect(page.getByText('Load a dataset first.')).toBeVisible();
  await useSample(page);
  const dataset = await openDataset(page);
  await dataset.getByText('Files, columns and symbols').click();
  await expect(dataset.getByText('macro.csv')).toBeVisible();
  await expect(dataset.getByText('2,516 rows')).toBeVisible();
  await page.keyboard.press('Escape');
  await run(page);

  await expect(results(page).locator('[data-metric]').first()).toBeVisible();
  await unfoldResult(page, 'Assumptions');
  await expect(results(page).getByText('Signals at a close fill at the open')).toBeVisible();
  expect(await slips(page)).toEqual([]);

  for (const caption of await presentOf(page.locator('[data-drawn]'))) {
    await expect(caption).toHaveText(/are drawn|stand for/);
  }
  await page.getByText('The same as a table, by year').click();
  await expect(page.getByRole('row', { name: /^2018/ })).toBeVisible();
});

test('a metric says its definition, and Escape closes it', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  const sharpe = results(page).getByRole('button', { name: 'Sharpe ratio' });
  await sharpe.click();
  const hint = page.getByRole('note').filter({ visible: true });
  await expect(hint).toContainText('√');
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
});

test('the signal of another symbol is drawn', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByLabel('Signal of').selectOption('SP500');
  await expect(page.getByRole('img', { name: 'Panic Score, SP500' })).toBeVisible();
});

test('a chart follows its switches, and the next run', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  const pixels = () =>
    page
      .locator('[data-pane="equity"] canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const whole = await pixels();
  await page.getByRole('radio', { name: 'Logarithmic' }).check();
  await expect.poll(pixels).not.toBe(whole);
  await page.getByRole('radio', { name: 'Money' }).check();
  await expect.poll(pixels).toBe(whole);
  await field(page, 'Entry threshold').fill('4');
  await run(page);
  await expect.poll(pixels).not.toBe(whole);
});

test('exports hold the trades on screen', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests');
  for (const name of ['trades.csv', 'equity.csv', 'features.csv', 'study.json'])
    expect((await saved(page, name)).length).toBeGreaterThan(100);
});

test('the same tables come as Parquet and Arrow, and the choice is kept', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests');
  const [header, ...lines] = String(await saved(page, 'trades.csv'))
    .trim()
    .split('\r\n');
  const names = header!.split(',');

  await page.getByRole('radio', { name: 'CSV' }).focus();
  await page.keyboard.press('ArrowRight');
  const { buffer } = new Uint8Array(await saved(page, 'trades.parquet'));
  const parquet = await parquetReadObjects({ file: buffer });
  expect(Object.keys(parquet[0]!)).toEqual(names);
  const day = (row: (typeof parquet)[number]) => (row['entry_date'] as Date).toISOString();
  const numbers = parquet.map((row) => [day(row).slice(0, 10), Number(row['net'])]);
  expect(numbers).toEqual(
    lines
      .map((line) => line.split(','))
      .map((cells) => [cells[names.indexOf('entry_date')], Number(cells[names.indexOf('net')])]),
  );

  await saveAs(page, 'features.arrow');
  const features = tableFromIPC(await saved(page, 'features.arrow'));
  expect(features.numRows).toBe(2516);
  expect(features.schema.fields.slice(0, 3).map(({ type }) => String(type))).toEqual([
    'Utf8',
    'Date32<DAY>',
    'Float64',
  ]);
  await page.reload();
  await finished(page);
  await unfoldResult(page, 'Digests');
  await expect(page.getByRole('radio', { name: 'Arrow' })).toBeChecked();
});

async function saved(page: Page, name: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(name);
  return readFile(await file.path());
}

test('a run after a change says so until it is repeated', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await field(page, 'Entry threshold').fill('4');
  await expect(page.getByText('The settings have changed since this run.')).toBeVisible();
  await runButton(page).click();
  await expect(page.getByText('The settings have changed since this run.')).toHaveCount(0);
});

test('what is made up or optimistic says so beside the numbers', async ({ page }) => {
  await open(page);
  const card = await openDataset(page);
  await card.getByRole('combobox').selectOption({ value: 'synthetic-2014-2023' });
  await expect(card.getByText('Synthetic: no market’s history.')).toBeVisible();
  await useSample(page);
  await openDataset(page);
  await expect(card.getByText('Synthetic: no market’s history')).toBeVisible();
  await page.keyboard.press('Escape');
  await unfold(page, 'Execution');
  await page.getByRole('combobox', { name: 'Fill', exact: true }).selectOption('same-close');
  await run(page);
  await expect(results(page).getByText('Synthetic data: no market’s history')).toBeVisible();
  await expect(results(page).getByText('Same-close fills: optimistic')).toBeVisible();
});
