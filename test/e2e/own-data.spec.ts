import { expect, test } from '@playwright/test';
import { alert, dropFiles, loaded, open, run, slips } from './lab.ts';
import { syntheticBars } from './synthetic.ts';

test('own files: synthetic bars are dropped and run', async ({ page }) => {
  await open(page);
  await dropFiles(page, syntheticBars(3, 600));
  await loaded(page);
  await expect(page.getByText('3 symbols')).toBeVisible();
  await run(page);
  expect(await slips(page)).toEqual([]);
});

test('own files through the button', async ({ page }) => {
  await open(page);
  const { name, text } = syntheticBars(1, 300);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await loaded(page);
  await expect(page.getByText('1 symbol', { exact: true })).toBeVisible();
});

test('a bad file is located, and the dataset before stays', async ({ page }) => {
  await open(page);
  await dropFiles(page, syntheticBars(2, 300));
  await loaded(page);
  await page.getByRole('button', { name: 'Replace' }).click();
  const bad = 'date,open,high,low,close,volume\n2020-01-02,1,2,1,2,10\n2020-01-03,1,2,one,2,10\n';
  await dropFiles(page, { name: 'BAD.csv', text: bad });
  await expect(alert(page)).toContainText('BAD.csv');
  await expect(alert(page).locator('dl')).toContainText('Line 3');
  await expect(alert(page).locator('dl')).toContainText('Column low');
  await expect(alert(page).locator('dl')).toContainText('Found one');
  await expect(alert(page)).toContainText('The dataset before stays loaded');
  await expect(page.getByText('2 symbols')).toBeVisible();
  await run(page);
});
