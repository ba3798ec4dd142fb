import { once } from 'node:events';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Locator, type Page, expect, test } from '@playwright/test';
import { alert, axe, open, run, slips, useSample } from './lab.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands in for a Pushgateway; with `cors` behind a proxy that lets pages call it. `redirect` sends callers elsewhere. */
async function gateway({ cors = true, redirect = '' } = {}) {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ method, path, headers, body });
      if (cors) {
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Access-Control-Allow-Methods', 'PUT');
      }
      if (redirect !== '' && method === 'PUT') response.setHeader('Location', redirect);
      response.writeHead(method === 'OPTIONS' ? 204 : redirect === '' ? 200 : 307).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, requests, close: () => server.close() };
}

const card = (page: Page): Locator => page.getByRole('region', { name: 'Metrics', exact: true });
const sendTo = (page: Page, origin: string): Locator =>
  card(page).getByRole('button', { name: `Send to ${origin}` });

async function openCard(page: Page): Promise<void> {
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByRole('tab', { name: 'Share', exact: true }).click();
  await expect(card(page)).toBeVisible();
}

async function ask(page: Page, address: string): Promise<void> {
  await card(page).getByRole('textbox', { name: 'Address' }).fill(address);
  await card(page).getByRole('button', { name: 'Push…' }).click();
}

test('metrics are pushed to the address that was typed, once it is confirmed', async ({ page }) => {
  const { origin, requests, close } = await gateway();
  await openCard(page);
  const download = page.waitForEvent('download');
  await card(page).getByRole('button', { name: 'Download metrics' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('outsample.prom');

  await ask(page, `${origin}/`);
  await expect(sendTo(page, origin)).toBeFocused();
  await expect(card(page)).toContainText(`PUT ${origin}/metrics/job/outsample/instance/harvester`);
  await page.waitForTimeout(500);
  expect(requests).toEqual([]);
  expect(await axe(page)).toEqual([]);

  await card(page).getByRole('button', { name: 'Don’t send' }).click();
  await expect(sendTo(page, origin)).toBeHidden();
  expect(requests).toEqual([]);

  await ask(page, origin);
  await sendTo(page, origin).click();
  await expect(card(page)).toContainText(`Sent to ${origin}/metrics/job/outsample`);
  const put = requests.find(({ method }) => method === 'PUT');
  expect(put?.path).toBe('/metrics/job/outsample/instance/harvester');
  expect(put?.headers).toMatchObject({
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
  });
  expect(put?.headers.referer).toBeUndefined();
  expect(put?.headers.cookie).toBeUndefined();
  expect(put?.body).toMatch(/^outsample_equity\{study="Harvester",.*\} \d+\.\d+$/m);
  expect(put?.body).toMatch(/^outsample_finding_level\{.*finding="look-ahead"\} -1$/m);
  expect(requests.filter(({ method }) => method !== 'OPTIONS')).toHaveLength(1);
  expect(await slips(page)).toEqual([]);
  close();
});

test('the page itself can call no other origin; only the egress worker can', async ({ page }) => {
  const { origin, requests, close } = await gateway();
  await open(page);
  const outcome = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => 'answered',
        (error: unknown) => String(error),
      ),
    origin,
  );
  expect(outcome).toContain('Failed to fetch');
  expect(requests).toEqual([]);
  close();
});

test('a gateway that allows no pages, or redirects, is explained', async ({ page }) => {
  const closed = await gateway({ cors: false });
  const elsewhere = await gateway();
  const redirecting = await gateway({ redirect: `${elsewhere.origin}/metrics` });
  await openCard(page);
  await ask(page, closed.origin);
  await sendTo(page, closed.origin).click();
  await expect(alert(page)).toContainText('it does not allow pages to call it (CORS)');
  await expect(alert(page)).toContainText('outsample metrics study.json');
  expect(closed.requests.map(({ method }) => method)).toEqual(['OPTIONS']);

  await ask(page, redirecting.origin);
  await sendTo(page, redirecting.origin).click();
  await expect(alert(page)).toContainText(`could not call ${redirecting.origin}`);
  expect(elsewhere.requests).toEqual([]);

  await ask(page, 'https://me:hunter2@gateway.example');
  await expect(card(page)).toContainText('Write it without: https://gateway.example.');
  await ask(page, 'gateway.example:9091');
  await expect(card(page)).toContainText('Only http and https addresses can be called.');
  await expect(card(page).getByRole('button', { name: /^Send to/ })).toBeHidden();
  for (const { close } of [closed, elsewhere, redirecting]) close();
});
