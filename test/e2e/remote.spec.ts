import { type Locator, type Page, expect, test } from '@playwright/test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { RequestListener } from 'node:http';
import { cutting, serve } from '../unit/remote/server.ts';
import { alert, axe, loaded, open, openDataset, slips } from './lab.ts';

const dates = Array.from({ length: 300 }, (_, i) =>
  new Date(Date.UTC(2022, 0, 3 + i)).toISOString().slice(0, 10),
);
const csv = Buffer.from(
  `date,open,high,low,close,volume\n${dates.map((date, i) => `${date},${i + 10},${i + 12},${i + 9},${i + 11},100\n`).join('')}`,
);
const column = (name: string, data: (string | number)[]) => ({ name, data });
const parquet = Buffer.from(
  parquetWriteBuffer({
    columnData: [
      column('date', dates),
      ...['open', 'high', 'low', 'close'].map((name) =>
        column(
          name,
          dates.map(() => 10.5),
        ),
      ),
    ],
  }),
);

/** What pages of other origins may read it by. */
const withCors =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    listener(request, response);
  };
/** A file, whole or by range. */
const holding =
  (bytes: Buffer, type: string): RequestListener =>
  ({ headers }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const part =
      from === undefined
        ? bytes
        : bytes.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, {
      'Content-Type': type,
      'Content-Length': part.length,
      'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT',
    });
    response.end(part);
  };

async function openCard(page: Page): Promise<Locator> {
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'From an address…' }).click();
  await expect(sheet.getByRole('heading', { name: 'From an address' })).toBeFocused();
  return sheet;
}

async function ask(sheet: Locator, address: string): Promise<void> {
  await sheet.getByRole('textbox', { name: /^Addresses/ }).fill(address);
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
}
const call = (sheet: Locator, origin: string) =>
  sheet.getByRole('button', { name: `Call ${origin}` });

async function importReviewed(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await loaded(page);
}

test('a CSV comes from a place that was confirmed, and is read as any other', async ({ page }) => {
  const { origin, asked, close } = await serve(withCors(holding(csv, 'text/csv')));
  await open(page);
  let sheet = await openCard(page);
  await ask(sheet, `${origin}/SPY.csv?token=hunter2`);
  await expect(call(sheet, origin)).toBeFocused();
  expect(await axe(page)).toEqual([]);
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  await sheet.getByRole('button', { name: 'Don’t call' }).click();
  await expect(call(sheet, origin)).toBeHidden();

  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await call(sheet, origin).click();
  await importReviewed(page);
  expect(asked.map(({ method, path }) => [method, path])).toEqual([
    ['GET', '/SPY.csv?token=hunter2'],
  ]);
  expect(asked[0]!.headers).not.toHaveProperty('referer');
  expect(asked[0]!.headers).not.toHaveProperty('cookie');

  sheet = await openDataset(page);
  await sheet.getByText('Files, columns and symbols').click();
  await expect(sheet).toContainText(`From ${origin}/SPY.csv?…`);
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(
    'hunter2',
  );

  // Remembered over a reload, until it is forgotten.
  await page.reload();
  await loaded(page);
  sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'From an address…' }).click();
  await sheet.getByText('Places that may be called (1)').click();
  await sheet.getByRole('button', { name: `Forget ${origin}` }).click();
  await ask(sheet, `${origin}/SPY.csv`);
  await expect(call(sheet, origin)).toBeVisible();
  expect(asked).toHaveLength(1);
  await call(sheet, origin).click();
  await expect(sheet.getByRole('group', { name: 'Add or replace?' })).toContainText('SPY.csv');
  expect(await slips(page)).toEqual([]);
  close();
});

test('of Parquet the footer is shown before the rest is fetched', async ({ page }) => {
  const { origin, asked, close } = await serve(
    withCors(holding(parquet, 'application/octet-stream')),
  );
  await open(page);
  const sheet = await openCard(page);
  await ask(sheet, `${origin}/QQQ.parquet`);
  await call(sheet, origin).click();
  await expect(sheet).toContainText(
    /QQQ\.parquet:\s*300 rows.*columns\s*date, open, high, low, close/s,
  );
  expect(asked.map(({ method, headers }) => [method, headers.range])).toEqual([
    ['HEAD', undefined],
    ['GET', `bytes=0-${parquet.length - 1}`],
  ]);
  await sheet.getByRole('button', { name: 'Fetch', exact: true }).click();
  await importReviewed(page);
  close();
});

test('a stream that is cut goes on from where it broke', async ({ page }) => {
  const answer = withCors(cutting(() => ({ bytes: csv, etag: '"one"' }), [2000], { rest: 500 }));
  const { origin, asked, close } = await serve((request, response) => {
    response.setHeader('Access-Control-Expose-Headers', 'ETag');
    answer(request, response);
  });
  await open(page);
  const sheet = await openCard(page);
  await ask(sheet, `${origin}/SPY.csv`);
  await call(sheet, origin).click();
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeVisible({
    timeout: 60_000,
  });
  expect(asked.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=2000-']);
  close();
});

test('what does not come is explained, address by address; what came goes on', async ({ page }) => {
  const closed = await serve(holding(csv, 'text/csv'));
  const mixed = await serve(
    withCors((request, response) => {
      if (request.url === '/page')
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Log in');
      else if (request.url === '/moved') response.writeHead(302, { Location: closed.origin }).end();
      else if (request.url === '/gone') response.writeHead(410).end();
      else holding(csv, 'text/csv')(request, response);
    }),
  );
  await open(page);
  const sheet = await openCard(page);
  await ask(sheet, `${closed.origin}/a.csv`);
  await call(sheet, closed.origin).click();
  await expect(alert(page)).toContainText('it does not allow pages to call it (CORS)', {
    timeout: 20_000,
  });
  await expect(alert(page)).toContainText('outsample fetch');
  expect(await axe(page)).toEqual([]);

  await ask(
    sheet,
    ['/page', '/moved', '/gone', '/SPY.csv'].map((path) => mixed.origin + path).join('\n'),
  );
  await call(sheet, mixed.origin).click();
  await expect(alert(page)).toHaveCount(3);
  await expect(alert(page).nth(0)).toContainText('This is a web page, no file of data');
  await expect(alert(page).nth(1)).toContainText('sends callers to another address');
  await expect(alert(page).nth(2)).toContainText('gone for good');
  await sheet.getByRole('button', { name: 'Go on with the 1 file that came' }).click();
  await importReviewed(page);
  for (const { close } of [closed, mixed]) close();
});

test('a call is cancelled at once', async ({ page }) => {
  const { origin, close } = await serve(
    withCors((_, response) => {
      response.writeHead(200, { 'Content-Length': 5000 });
      response.write(csv.subarray(0, 100));
    }),
  );
  await open(page);
  const sheet = await openCard(page);
  await ask(sheet, `${origin}/SPY.csv`);
  await call(sheet, origin).click();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet.getByRole('progressbar', { name: 'Fetch' })).toBeHidden();
  await expect(sheet.getByRole('button', { name: 'Fetch…' })).toBeEnabled();
  close();
});

test('a source is asked by its own form, here through a stand-in; its key is kept nowhere', async ({
  page,
}) => {
  const { origin, asked, close } = await serve((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization');
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (request.headers.authorization === 'Token hunter2-token')
      response.end(
        JSON.stringify(
          dates.map((date) => ({
            date: `${date}T00:00:00.000Z`,
            adjOpen: 10,
            adjHigh: 12,
            adjLow: 9,
            adjClose: 11,
            adjVolume: 5,
          })),
        ),
      );
    else response.writeHead(401).end(`bad token: ${request.headers.authorization}`);
  });
  await open(page);
  const sheet = await openCard(page);
  await sheet.getByRole('combobox', { name: /^From/ }).selectOption('tiingo');
  await sheet.getByLabel(/^Symbols/).fill('AAPL');
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await expect(sheet).toContainText('Tiingo needs a key: API token.');
  await sheet.getByLabel(/^API token/).fill('hunter2-wrong');
  await sheet.getByLabel(/^Called/).fill(origin);
  expect(await axe(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await call(sheet, origin).click();
  await expect(alert(page)).toContainText('bad token: Token …');
  await sheet.getByLabel(/^API token/).fill('hunter2-token');
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await importReviewed(page);
  expect(
    asked.some(({ path }) => path.startsWith('/tiingo/daily/AAPL/prices?startDate=2015-01-01')),
  ).toBe(true);
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(
    'hunter2',
  );
  expect(await page.content()).not.toContain('hunter2');
  close();
});
