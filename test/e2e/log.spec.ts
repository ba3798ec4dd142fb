import { expect, test } from '@playwright/test';
import { axe, importFiles, open, run, useSample } from './lab.ts';

test('the log tells what page and workers did, and a bug report is one click', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await useSample(page);
  await run(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find an action' }).fill('bug report');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Log' });
  const lines = sheet.getByRole('list', { name: 'Lines, the newest first' });
  await expect(lines).toContainText(/lab \d+ ?run: done/);
  await expect(lines).toContainText('journal');
  await expect(lines).toContainText(/run: phase simulation/);

  await sheet.getByLabel('Module').selectOption('lab');
  await sheet.getByLabel('Words').fill('importfiles done');
  await expect(lines.getByRole('listitem')).toHaveCount(1);
  await expect(lines).toContainText('"role":"bars"');
  expect(await axe(page)).toEqual([]);

  const shown = await sheet.getByLabel('What is copied').inputValue();
  await sheet.getByRole('button', { name: 'Copy for a bug report' }).click();
  await expect(sheet.getByText('Copied. Read it before you send it.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  expect(shown).toMatch(/^Outsample \d.*engine.*DuckDB v/);
  expect(shown).toContain('Dataset: ');
  expect(shown).not.toMatch(/undefined|NaN|\[object/);
});

test('a secret in the name of a file is in no line; what failed is', async ({ page }) => {
  const secret = 'ghp_k3Jq8ZtR5vXw2LmN7pYs4BcD9fGh6TaQ1uEo';
  await open(page);
  await importFiles(page, {
    name: `${secret}.csv`,
    text: 'date,symbol,open,high,low,close,volume\n2020-01-02,AAA,1,2,1,x,100\n',
  }).catch(() => undefined);
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Log' });
  await expect(sheet.getByRole('list')).toContainText('withheld: a GitHub token');
  expect(await sheet.getByLabel('What is copied').inputValue()).not.toContain(secret.slice(4));
  expect(await sheet.innerText()).not.toContain(secret.slice(4));
});
