import { readFile } from 'node:fs/promises';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { axe, open, run, unfoldResult, useSample } from './lab.ts';

const curve = (page: Page): Locator =>
  page.getByRole('application', { name: 'Equity and drawdown' });
const readout = (of: Locator): Locator => of.locator('[data-readout]');

/** A table of the run's own files: rows by their first column. */
async function saved(page: Page, name: string): Promise<Record<string, string>[]> {
  await unfoldResult(page, 'Digests and files');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const [head, ...lines] = text.trim().split('\r\n');
  const names = head!.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])),
  );
}

const money = (cell: string): string =>
  Number(cell).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

test.beforeEach(async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);
});

test('the keyboard moves the crosshair, and reads out the run’s own numbers', async ({ page }) => {
  const equity = await saved(page, 'equity.csv');
  const at = (session: number): string => {
    const row = equity.at(session)!;
    return `${row['date']}: Equity ${money(row['equity']!)}, Buy & hold ${money(row['buy_and_hold']!)}, Drawdown`;
  };
  await curve(page).focus();
  await expect(readout(curve(page))).toContainText(at(-1));
  await page.keyboard.press('ArrowLeft');
  await expect(readout(curve(page))).toContainText(at(-2));
  await page.keyboard.press('Home');
  await expect(readout(curve(page))).toContainText(at(0));
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(readout(curve(page))).toContainText(at(21));
  await expect(page.getByRole('status').filter({ hasText: at(21) })).toHaveCount(1);
});

test('ranges, keys and a drag narrow what is drawn, and say how much that is', async ({ page }) => {
  const drawn = page.locator('figure', { hasText: 'Drawdown' }).locator('[data-drawn]').first();
  await expect(drawn).toHaveText(/^All 1,258 points/);
  await page.getByRole('button', { name: '6M: last six months' }).first().click();
  await expect(drawn).toHaveText('All 126 points are drawn.');
  await curve(page).focus();
  await page.keyboard.press('+');
  await expect(drawn).toHaveText(/^All 6\d points/);
  await page.keyboard.press('0');
  await expect(drawn).toHaveText(/^All 1,258 points/);

  const box = (await page.locator('[data-pane="equity"] .u-over').boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 });
  await page.mouse.up();
  await expect(drawn).toHaveText(/^All 31\d points/);
  await page.getByText('View as table').first().click();
  const table = page.getByRole('table', { name: 'Equity and drawdown by session' });
  await expect(table.getByRole('rowheader').first()).toHaveText(/^2015-0[34]-/);
  await page.locator('[data-pane="equity"]').dblclick();
  await expect(drawn).toHaveText(/^All 1,258 points/);
});

test('a trade in the table is a trade in the chart, and is explained', async ({ page }) => {
  const trades = await saved(page, 'trades.csv');
  const region = page.getByRole('region', { name: 'Trades' }).last();
  const bar = page.getByRole('group', { name: 'Trade in the chart' });
  const says = async (number: number): Promise<void> => {
    const trade = trades[number - 1]!;
    await expect(bar).toContainText(`Trade ${number} of ${trades.length}`);
    const words = bar.locator('[data-explained]');
    await expect(words).toContainText(new RegExp(`^${trade['side']} `, 'i'));
    await expect(words).toContainText(`at the close of ${trade['signal_date']} Panic Score was`);
    await expect(words).toContainText(`on ${trade['entry_date']} at`);
    await expect(words).toContainText(`net ${money(trade['net']!).replace('-', '−')} after costs`);
    await expect(page.getByLabel('Signal of')).toHaveValue(trade['symbol']!);
    const row = region.locator('tr[aria-current="true"]');
    await expect(row).toContainText(trade['entry_date']!);
  };
  await region.locator('tbody tr').nth(2).locator('td').first().click();
  await says(3);
  await expect(page.locator('figure', { hasText: 'Price, ' })).toContainText(
    /All 4\d bars are drawn/,
  );

  await region.getByRole('button', { name: /, trade 3: show/ }).focus();
  await page.keyboard.press('ArrowDown');
  await says(4);
  await bar.getByRole('button', { name: 'Later trade' }).press('ArrowRight');
  await says(5);

  // A click on the chart takes the trade that is there.
  await page.getByRole('button', { name: 'All: all sessions' }).first().click();
  await expect(page.locator('figure', { hasText: `Price, ${trades[4]!['symbol']}` })).toContainText(
    'stand for 1,258 bars',
  );
  await page.locator('[data-pane="price"] .u-over').click({ position: { x: 3, y: 60 } });
  const first = trades.findIndex(({ symbol }) => symbol === trades[4]!['symbol']);
  await says(first + 1);
  expect(await axe(page)).toEqual([]);
});

test('what the charts show narrows key figures and trades, and says so', async ({ page }) => {
  const trades = await saved(page, 'trades.csv');
  const figure = (id: string) => page.locator(`[data-metric="${id}"] dd`);
  const whole = await figure('total-return').innerText();
  await page.getByRole('button', { name: '6M: last six months' }).first().click();
  await expect(figure('total-return')).toHaveText(whole);
  await page.getByLabel('Only the sessions shown').check();
  const said = page
    .getByRole('status')
    .filter({ hasText: 'Key figures of 2018-07-02 to 2018-12-31' });
  await expect(said).toBeVisible();
  await expect(figure('total-return')).not.toHaveText(whole);
  const over = trades.filter(({ exit_date: exit }) => exit === '' || exit! >= '2018-07-02').length;
  await expect(figure('trades')).toHaveText(String(over));
  await expect(
    page.getByRole('heading', { name: `Trades ${over} of ${trades.length}` }),
  ).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Only the sessions shown').uncheck();
  await expect(figure('total-return')).toHaveText(whole);
  await expect(said).toHaveCount(0);
});

test('two fingers zoom', async ({ page }) => {
  const drawn = page.locator('figure', { hasText: 'Drawdown' }).locator('[data-drawn]').first();
  await curve(page).evaluate((panes) => {
    const touch = (type: string, pointerId: number, clientX: number) =>
      panes.dispatchEvent(
        new PointerEvent(type, { pointerId, clientX, pointerType: 'touch', bubbles: true }),
      );
    touch('pointerdown', 1, 300);
    touch('pointerdown', 2, 400);
    touch('pointermove', 2, 500);
    touch('pointerup', 1, 300);
    touch('pointerup', 2, 500);
  });
  await expect(drawn).toHaveText(/^All 6[23]\d points/);
});

test('axe finds nothing on the charts', async ({ page }) => {
  await curve(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('View as table').first().click();
  expect(await axe(page)).toEqual([]);
});
