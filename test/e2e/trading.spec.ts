import { readFileSync } from 'node:fs';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { AlpacaStandIn } from '../live/alpaca/stand-in.ts';
import { planted } from '../secrets.ts';
import { fitsEverywhere, importFiles, open, run, useSample } from './lab.ts';

/** What is shown of trading elsewhere: a journal of `outsample live`, and an account at a broker. */
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const table = (page: Page, name: string): Locator => page.getByRole('table', { name, exact: true });

/** Made by `outsample live` over bars of September to November 2018; its fills were moved by some bps then, as a broker’s are. */
const journal = readFileSync('test/e2e/trading.sqlite');
const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');

async function opened(page: Page): Promise<void> {
  await page
    .getByLabel('Journal that trades', { exact: true })
    .setInputFiles({ name: 'live.sqlite', mimeType: 'application/vnd.sqlite3', buffer: journal });
}

test('a journal that trades is read: what it holds, its guards, what happened, and its drift over the bars', async ({
  page,
}) => {
  await open(page);
  await importFiles(page, { name: 'SP500.csv', text: bars.slice(0, 4746).join('\n') });
  await run(page);
  await tab(page, 'Live').click();
  await opened(page);
  const figures = page.locator('[data-figures="traded"]');
  await expect(figures).toContainText('Every 3 bars');
  await expect(figures.locator('[data-figure="Broker"]')).toHaveText('alpaca, on paper');
  await expect(figures.locator('[data-figure="Fills"]')).toHaveText('29');
  await expect(page.locator('[data-figures="guards"]')).toContainText('60,000.00');
  await expect(table(page, 'What happened')).toContainText('1 fill');
  await expect(page.getByText('29 fills compared, in the mean', { exact: false })).toBeVisible();
  await expect(table(page, 'Drift by session')).toContainText('2018-09-11');
  await expect(page.getByText('All 29 fills are drawn.')).toBeVisible();
  await fitsEverywhere(page);
  await page.getByRole('button', { name: 'Close it' }).click();
  await expect(figures).toHaveCount(0);
});

test('over other bars the drift is not made up, and what is no journal is refused', async ({
  page,
}) => {
  await open(page);
  const others = bars.slice(0, 300).join('\n');
  await importFiles(page, { name: 'OTHER.csv', text: others });
  await run(page);
  await tab(page, 'Live').click();
  await opened(page);
  await expect(page.getByRole('alert')).toContainText('no bars of SP500');
  await page
    .getByLabel('Journal that trades', { exact: true })
    .setInputFiles({ name: 'x.sqlite', mimeType: 'x', buffer: Buffer.from('nothing') });
  await expect(page.getByText('This is no journal of Outsample, or it is damaged.')).toBeVisible();
});

test('an account at Alpaca is read once its address is confirmed; where pages are not let in it says so', async ({
  page,
}) => {
  const keys = { id: planted[0]!, secret: planted[3]! };
  const house = new AlpacaStandIn(keys);
  const { trading } = await house.open();
  try {
    const order = {
      symbol: 'SPY',
      side: 'buy',
      quantity: 3,
      type: 'market',
      clientId: 'a',
    } as const;
    const rest = { lasting: 'day', limit: null, stop: null, group: 'simple' } as const;
    house.market.take({ ...order, ...rest }, null);
    house.market.bar('SPY', { open: 100, high: 101, low: 99, close: 100, volume: 1e6 });
    house.market.take({ ...order, ...rest, clientId: 'b', type: 'limit', limit: 90 }, null);

    await open(page);
    await useSample(page);
    await run(page);
    await tab(page, 'Live').click();
    const read = page.getByRole('button', { name: /^Read/ });
    await read.click();
    await page.getByRole('button', { name: 'Call it' }).click();
    await expect(page.getByRole('alert')).toContainText('Type the key ID');
    await page.getByRole('combobox', { name: /^Account/ }).selectOption('By an address of yours');
    await page.getByLabel('Address that stands in for it').fill(trading);
    await page.getByLabel('Key ID').fill(keys.id);
    await page.getByLabel('Secret key').fill(keys.secret);
    await read.click();
    await expect(page.getByText(`The keys will be sent to ${trading}`)).toBeVisible();
    expect(house.server.calls).toHaveLength(0);
    await page.getByRole('button', { name: 'Call it' }).click();
    await expect(page.getByRole('alert')).toContainText('CORS', { timeout: 30_000 });

    house.server.letsPagesIn = true;
    await read.click();
    await expect(page.locator('[data-clock]')).toContainText('The broker’s market is open until');
    await expect(page.locator('[data-figures="broker"]')).toContainText('99,700.00');
    await expect(table(page, 'Positions at Alpaca')).toContainText('SPY');
    await expect(table(page, 'Orders at Alpaca')).toContainText('90.00');
    const methods = new Set(house.server.calls.map(({ method }) => method));
    expect([...methods].sort()).toEqual(['GET', 'OPTIONS']);
    await fitsEverywhere(page);
    await page.getByRole('button', { name: 'Forget it' }).click();
    await expect(page.getByLabel('Secret key')).toHaveValue('');
  } finally {
    house.close();
  }
});
