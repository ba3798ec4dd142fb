import { expect, test } from '@playwright/test';
import {
  axe,
  charts,
  confirmImport,
  dropFiles,
  loaded,
  open,
  openDataset,
  results,
  run,
  slips,
} from './lab.ts';

/** Weekdays of a year, each with the hours of New York from 9:30 on, some of them an hour late; nothing says which zone that is. */
function hourly(late: (day: number) => boolean = () => false): string {
  const lines = ['time,symbol,open,high,low,close,volume'];
  let price = 100;
  let seed = 1;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let day = 19_360; day < 19_720; day++) {
    if ((day + 3) % 7 > 4) continue;
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    for (let hour = 9; hour < 16; hour++) {
      const before = price * (1 + (random() - 0.5) * 0.001);
      price = before * (1 + (random() - 0.5) * 0.01);
      const [high, low] = [Math.max(before, price) * 1.001, Math.min(before, price) * 0.999];
      const prices = [before, high, low, price].map((one) => one.toFixed(2));
      lines.push(
        `${date} ${late(day) ? hour + 1 : hour}:30,ACME,${prices.join(',')},${1000 + Math.floor(random() * 900)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

test('bars of hours: their exchange is asked for, shown and told wherever times are', async ({
  page,
}) => {
  await open(page);
  await dropFiles(page, { name: 'hourly.csv', text: hourly() });
  await expect(page.getByText('1 file must be answered for first.')).toBeVisible({
    timeout: 60_000,
  });
  const zone = page.getByLabel('Times are on clocks of');
  await zone.fill('Mars/City');
  await zone.press('Tab');
  await expect(page.getByText('There is no time zone “Mars/City”.')).toBeVisible();
  await page.getByLabel('Sessions are of').selectOption('XNYS');
  await expect(page.getByText('Bars of 1 h; times are when bars begin.')).toBeVisible();
  await expect(zone).toHaveValue('America/New_York');
  await expect(page.getByText('There is no time zone')).toHaveCount(0);
  expect(await axe(page)).toEqual([]);
  await confirmImport(page);
  await loaded(page);

  const sheet = await openDataset(page);
  await expect(sheet.locator('[data-market=XNYS]')).toHaveText(/^(Open|Closed)$/);
  await sheet.getByText('Quality of the bars').click();
  await expect(sheet.getByText('Bars of the calendar that are there')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await run(page);
  const equity = results(page).locator('[data-equity-charts]');
  await expect(equity.getByText('in America/New_York')).toBeVisible();
  await equity.getByRole('button', { name: /^1D/ }).click();
  await expect(equity.getByText('All 7 points are drawn.').last()).toBeVisible();
  await equity.getByText('View as table').click();
  await expect(
    equity.getByRole('rowheader', { name: /^2023-12-28 1\d:30$/ }).first(),
  ).toBeVisible();
  await expect(charts(page)).toHaveCount(5);
  expect(await slips(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Live', exact: true }).click();
  const hours = page.locator('[data-hours]');
  await expect(hours).toHaveText('New York Stock Exchange: open until 16:00', { timeout: 30_000 });
  await expect(page.getByText('Real time is a bar every 1 h.')).toBeVisible();
  await page.getByRole('slider', { name: 'Bar' }).press('End');
  await expect(hours).toHaveText(/^New York Stock Exchange: closed until \w{3} 20\d\d-/);
  expect(await slips(page)).toEqual([]);
});

test('sessions an hour off are a finding, and dates of macro values have a zone', async ({
  page,
}) => {
  const macro = ['series,date,value'];
  for (let day = 19_360; day < 19_720; day++)
    macro.push(`VIX,${new Date(day * 86_400_000).toISOString().slice(0, 10)},${15 + (day % 20)}`);
  await open(page);
  await dropFiles(
    page,
    { name: 'hourly.csv', text: hourly((day) => day >= 19_429 && day < 19_443) },
    { name: 'macro.csv', text: `${macro.join('\n')}\n` },
  );
  await page.getByLabel('Sessions are of').selectOption('XNYS', { timeout: 60_000 });
  const zone = page.getByLabel('Dates are on clocks of');
  await expect(zone).toHaveValue('UTC');
  await zone.fill('America/New_York');
  await zone.press('Tab');
  expect(await axe(page)).toEqual([]);
  await confirmImport(page);
  await loaded(page);

  const sheet = await openDataset(page);
  await sheet.getByText('Quality of the bars').click();
  const found = 'Sessions an hour off the exchange’s (late, 2023-03-13 to 2023-03-24)';
  await expect(sheet.getByText(found)).toBeVisible();
  await sheet.getByText('Files, columns and symbols').click();
  await expect(sheet.getByLabel('Dates are on clocks of')).toHaveValue('America/New_York');
  expect(await axe(page)).toEqual([]);
});
