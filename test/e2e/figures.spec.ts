import { expect, test } from '@playwright/test';
import { axe, open, run, useSample } from './lab.ts';

test('what the report draws stands on the page too, and leads to the charts', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
  const figures = page.getByRole('region', { name: 'Figures' });
  await figures.scrollIntoViewIfNeeded();
  const tab = (name: string) => figures.getByRole('tab', { name }).click();
  const drawn = page.locator('figure', { hasText: 'Drawdown' }).locator('[data-drawn]').first();
  await expect(drawn).toHaveText(/^All 1,258 points/);

  // October 2018, which had 23 sessions.
  await figures.getByRole('img', { name: 'Monthly returns' }).getByText('−5.3').click();
  await expect(drawn).toHaveText('All 23 points are drawn.');
  await figures.getByRole('combobox').selectOption('Feb 2016');
  await figures.getByRole('button', { name: 'Show in the charts' }).click();
  await expect(drawn).toHaveText('All 20 points are drawn.');
  await figures.getByText('The months as a table').click();
  await expect(figures.getByRole('row', { name: /^2018 / })).toContainText('−5.3');
  await expect(figures.getByRole('img', { name: 'Yearly returns' })).toBeVisible();
  expect(await axe(page)).toEqual([]);

  await tab('Worst drawdowns');
  const worst = figures.getByRole('row', { name: /^Drawdown 1: / });
  await expect(worst).toContainText('%');
  await worst.getByRole('button').press('Enter');
  await expect(drawn).not.toHaveText('All 20 points are drawn.');

  for (const [name, image] of [
    ['Rolling', 'Rolling Sharpe ratio'],
    ['Distribution', 'Returns of sessions'],
    ['MAE and MFE', 'MAE and MFE of trades'],
    ['Holdings', 'Positions over time'],
  ] as const) {
    await tab(name);
    await expect(figures.getByRole('img', { name: image })).toBeVisible();
    await figures.getByText('The same as a table').filter({ visible: true }).click();
    await expect(figures.getByRole('table').filter({ visible: true }).first()).toBeVisible();
  }
  expect(await axe(page)).toEqual([]);
});
