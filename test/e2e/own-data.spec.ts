import { expect, test } from '@playwright/test';
import {
  alert,
  confirmImport,
  datasetButton,
  dropFiles,
  importFiles,
  loaded,
  open,
  openDataset,
  replaceDataset,
  results,
  run,
  runButton,
  slips,
  unfoldResult,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

test('own files: synthetic bars are dropped and run', async ({ page }) => {
  await open(page);
  await importFiles(page, syntheticBars(3, 600));
  await loaded(page);
  await expect(page.getByText('3 symbols')).toBeVisible();
  await run(page);
  expect(await slips(page)).toEqual([]);
});

test('instruments and cash events are known by their columns and can be read as something else', async ({
  page,
}) => {
  await open(page);
  await importFiles(
    page,
    syntheticBars(2, 300),
    { name: 'contracts.csv', text: 'symbol,multiplier,tick_size\nZZZ,50,0.25\n' },
    { name: 'paid.csv', text: 'symbol,ex_date,dividend\nZZZ,2020-01-02,1\n' },
  );
  await loaded(page);
  const dataset = await openDataset(page);
  await dataset.getByText('Files, columns and symbols').click();
  const roles = page.getByLabel('read as');
  await expect(roles.nth(1)).toHaveValue('instruments');
  await expect(roles.nth(2)).toHaveValue('events');
  await expect(roles.nth(1).locator('option')).toHaveText([
    'Bars',
    'Attention',
    'Macro',
    'Universe',
    'Instruments',
    'Cash events',
    'Finer bars',
  ]);
  await expect(
    page.getByText('No bars for ZZZ, named in the events data: not used.'),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await run(page);
  expect(await slips(page)).toEqual([]);
});

test('own files through the button', async ({ page }) => {
  await open(page);
  const { name, text } = syntheticBars(1, 300);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await confirmImport(page);
  await loaded(page);
  await expect(datasetButton(page)).toContainText('1 symbol ×');
});

test('a bad file is located, and the dataset before stays', async ({ page }) => {
  await open(page);
  await importFiles(page, syntheticBars(2, 300));
  await loaded(page);
  await replaceDataset(page);
  const bad = 'date,open,high,low,close,volume\n2020-01-02,1,2,1,2,10\n2020-01-03,1,2,one,2,10\n';
  await importFiles(page, { name: 'BAD.csv', text: bad });
  await expect(alert(page)).toContainText('BAD.csv');
  await expect(alert(page).locator('dl')).toContainText('Line 3');
  await expect(alert(page).locator('dl')).toContainText('Column low');
  await expect(alert(page).locator('dl')).toContainText('Found one');
  await expect(alert(page)).toContainText('The dataset before stays loaded');
  await page.keyboard.press('Escape');
  await expect(datasetButton(page)).toContainText('2 symbols');
  await run(page);
});

test('dates that can be read both ways are asked about, not guessed', async ({ page }) => {
  await open(page);
  const rows = ['01/02/2024', '02/02/2024', '03/02/2024'].map((date) => `${date},1,2,1,2,10`);
  const text = `date,open,high,low,close,volume\n${rows.join('\n')}\n`;
  await dropFiles(page, { name: 'DATES.csv', text });
  await expect(alert(page)).toContainText('can be read day first or month first', {
    timeout: 60_000,
  });
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeDisabled();
  await page.getByRole('button', { name: 'Day first' }).click();
  await confirmImport(page);
  await loaded(page);
  const dataset = await openDataset(page);
  await expect(dataset.getByText('2024-02-01 to 2024-02-03')).toBeVisible();
});

test('two files of one name are told apart: asked about one by one, listed and run', async ({
  page,
}) => {
  await open(page);
  const bars = (...dates: readonly string[]) => ({
    name: 'DATES.csv',
    text: `date,open,high,low,close,volume\n${dates.map((date) => `${date},1,2,1,2,10\n`).join('')}`,
  });
  await dropFiles(page, bars('01/02/2024', '02/02/2024'), bars('03/04/2024', '03/05/2024'));
  await page.getByRole('button', { name: 'One by one' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Day first' }).first().click();
  await page.getByRole('button', { name: 'Month first' }).last().click();
  await confirmImport(page);
  await loaded(page);
  const dataset = await openDataset(page);
  await expect(dataset.getByText('2024-02-01 to 2024-03-05')).toBeVisible();
  await dataset.getByText('Files, columns').click();
  const roles = page.getByLabel('read as');
  await expect(roles).toHaveCount(2);
  await roles.last().selectOption('Macro');
  await expect(page.getByText('2024-02-01 to 2024-02-02')).toBeVisible();
  await expect(roles).toHaveCount(2);
  await page.keyboard.press('Escape');
  await runButton(page).click();
  await expect(page.getByText(/^Run finished:/)).toBeVisible({ timeout: 60_000 });
});

/** Twelve sessions of a share whose price as traded falls to a quarter by a split, and of a contract. */
const traded = ((): { name: string; text: string } => {
  const lines = ['symbol,date,open,high,low,close,volume'];
  for (let session = 0; session < 12; session++) {
    const date = `2024-03-${String(session + 4).padStart(2, '0')}`;
    const share = session < 5 ? 400 + session : 101 + session / 4;
    const contract = 5000 + 5 * session;
    for (const [symbol, price] of [['ACME', share] as const, ['ES', contract] as const])
      lines.push([symbol, date, price, price + 1, price - 1, price + 0.5, 100_000].join(','));
  }
  return { name: 'traded.csv', text: `${lines.join('\n')}\n` };
})();

test('contracts, splits and dividends are recognised, traded and told', async ({ page }) => {
  await open(page);
  const instruments = 'symbol,multiplier,tick_size,lot_size,margin\nES,5,0.25,1,1200\n';
  const events = 'symbol,ex_date,dividend,split\nACME,2024-03-09,,4:1\nACME,2024-03-12,0.5,\n';
  await importFiles(
    page,
    traded,
    { name: 'contracts.csv', text: instruments },
    { name: 'events.csv', text: events },
  );
  await loaded(page);
  const dataset = await openDataset(page);
  await expect(dataset.getByText('Prices are linked over splits: ACME (1).').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByLabel('Strategy', { exact: true }).selectOption({ label: 'Buy & hold' });
  await run(page);

  await unfoldResult(page, 'Columns');
  await results(page).getByRole('button', { name: 'All columns' }).click();
  const trades = results(page).getByRole('table', { name: 'Trades', exact: true });
  await expect(trades.getByRole('columnheader', { name: 'Dividends' })).toBeVisible();
  await expect(trades.locator('tbody tr', { hasText: 'ACME' })).toContainText('401');
  await expect(trades.locator('tbody tr', { hasText: 'ES' })).toBeVisible();
  expect(await slips(page)).toEqual([]);
});

test('a split that the prices have in them already is refused where it stands', async ({
  page,
}) => {
  await open(page);
  const events = 'symbol,ex_date,split\nES,2024-03-09,4\n';
  await importFiles(page, traded, { name: 'events.csv', text: events });
  await expect(alert(page)).toContainText('events.csv', { timeout: 60_000 });
  await expect(alert(page).locator('dl')).toContainText('Line 2');
});

test('how files are read is shown before, can be corrected, and is remembered by the columns', async ({
  page,
}) => {
  await open(page);
  const rows = (mid: number) =>
    `Date;Eröffnung;Hoch;Tief;Letzter;Mitte\n13.01.2020;1,5;2,5;1,5;2,5;${mid}\n14.01.2020;1,5;2,5;1,5;2,5;${mid}\n`;
  await dropFiles(page, { name: 'A.csv', text: rows(2) });
  await expect(page.getByText('How this file will be read')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByLabel('Dates are written')).toHaveValue('DD.MM.YYYY');
  await expect(page.getByLabel('Decimals follow a')).toHaveValue(',');
  await page.getByLabel('Letzter is').selectOption('');
  await page.getByLabel('Mitte is').selectOption('close');
  await expect(page.getByText('Not used: Letzter.')).toBeVisible();
  await confirmImport(page);
  await loaded(page);

  await replaceDataset(page);
  await dropFiles(page, { name: 'B.csv', text: rows(2) });
  await expect(datasetButton(page)).toContainText('B.csv');
  await loaded(page);
  await (await openDataset(page)).getByText('Files, columns').click();
  await expect(page.getByText('Mitte → close')).toBeVisible();
});

test('a fault names ways on, and each leads on', async ({ page }) => {
  await open(page);
  const old = ['01', '02', '03'].map((day) => `1980-01-${day},0,1,1,1,5`);
  const text = [
    'date,open,high,low,close,volume',
    ...old,
    '1982-04-20,1,1,1,1,halted',
    '1982-04-21,1,1,1,1,7',
  ].join('\n');
  await importFiles(page, { name: 'SPY.csv', text });
  await expect(alert(page)).toContainText('one of 3 such rows, the last on 1980-01-03', {
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Start on 1982-04-20' }).click();
  await page.getByRole('button', { name: 'Take “halted” for an empty cell' }).click();
  await loaded(page);
  const dataset = await openDataset(page);
  await expect(dataset.getByText('1982-04-20 to 1982-04-21')).toBeVisible();
});
