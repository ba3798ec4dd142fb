import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { axe, confirmImport, dropFiles, loaded, open, openDataset, results, run } from './lab.ts';

/** Synthetic bars of five minutes, and the hours that they make. */
const file = (name: string) => ({
  name,
  text: readFileSync(`test/golden/detail/${name}`, 'utf8'),
});

test('bars of two lengths: the finer ones are told, taken as such, and decide what a bar leaves open', async ({
  page,
}) => {
  await open(page);
  await dropFiles(page, file('hours.csv'), file('minutes.csv'));
  await confirmImport(page);
  await expect(page.getByText(/The bars of this file are of 5 minutes/)).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'They are finer bars of the others' }).click();
  await loaded(page);
  const sheet = await openDataset(page);
  await expect(sheet.getByText('Finer bars lie inside 500 of 500 bars')).toBeVisible();
  await sheet.getByText('Files, columns and symbols').click();
  await expect(sheet.getByText('minutes.csv').first()).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  const study = {
    outsample: 1,
    strategy: { id: 'custom', parameters: { entry: 'close < sma(5)', exit: '', score: '' } },
    exits: { unit: 'ratio', stop: 0.004, target: 0.004, trailing: 'off' },
    execution: { maximumParticipation: null },
  };
  const buffer = Buffer.from(JSON.stringify(study));
  await page
    .getByLabel('Study file')
    .setInputFiles({ name: 'study.json', mimeType: 'application/json', buffer });
  await run(page);
  const line = results(page).locator('[data-ambiguity]');
  await expect(line).toContainText(/In \d+ bars its own prices leave the order .* open/);
});
