import { type Page, type Worker, expect, test } from '@playwright/test';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { alert, open, run, runButton, unfoldResult, useSample, workerOf } from './lab.ts';

/** It ends with the next call, without any event, as one does that the browser ends. */
const endAtNextCall = async (page: Page, kind: string): Promise<void> => {
  const worker = await workerOf(page, kind);
  await worker.evaluate(() => addEventListener('message', () => self.close(), { once: true }));
};

/** Tries every way that a worker has out of its origin; the directives of the policy that forbade any. */
const waysOut = (worker: Worker, elsewhere: string): Promise<string[]> =>
  worker.evaluate(async (elsewhere) => {
    const forbidden = new Set<string>();
    self.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI } = event;
      forbidden.add(`${effectiveDirective} ${blockedURI.replace(/^\w+:\/\/[^/]+/, '')}`);
    });
    const call = (url: string) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.onloadend = resolve;
        request.open('GET', url);
        request.send();
      });
    const heard = (source: EventTarget) =>
      new Promise((resolve) => source.addEventListener('error', resolve));
    const ways: readonly (() => unknown)[] = [
      () => fetch(`${elsewhere}/fetch`),
      () => call(`${elsewhere}/xhr`),
      () => heard(new EventSource(`${elsewhere}/events`)),
      () => heard(new WebSocket(`${elsewhere.replace('http', 'ws')}/socket`)),
      () => new WebTransport(`${elsewhere.replace('http:', 'https:')}/transport`).ready,
      () => (self as unknown as { importScripts: (url: string) => void }).importScripts(elsewhere),
      () => import(`${elsewhere}/import`),
    ];
    for (const way of ways)
      await Promise.resolve()
        .then(way)
        .catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [...forbidden].sort();
  }, elsewhere);

test('no worker but egress reaches another origin, by any way', async ({ page }) => {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(request.url ?? '');
    response
      .setHeader('Access-Control-Allow-Origin', '*')
      .setHeader('Content-Type', 'text/javascript')
      .end();
  });
  server.on('upgrade', (request, socket) => {
    reached.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // One that lives for a call stays, to be tried.
  await page.addInitScript(() => {
    Worker.prototype.terminate = () => undefined;
  });
  try {
    await open(page);
    await useSample(page);
    await run(page);
    await unfoldResult(page, 'Costs');
    await page.getByRole('button', { name: 'Save the costs as CSV' }).click();
    await page.getByRole('tab', { name: 'Search' }).click();
    await page.getByRole('button', { name: 'Run the search' }).click();
    for (const kind of ['lab', 'journal', 'trial', 'tables'].map((kind) => `outsample-${kind}`)) {
      expect(await waysOut(await workerOf(page, kind), elsewhere), kind).toEqual([
        'connect-src /events',
        'connect-src /fetch',
        'connect-src /socket',
        'connect-src /transport',
        'connect-src /xhr',
        'require-trusted-types-for trusted-types-sink', // importScripts
        'script-src-elem /import',
      ]);
    }
    expect(reached).toEqual([]);
  } finally {
    server.close();
  }
});

test('a worker that ends without a word is told of within 2 s, and replaced', async ({ page }) => {
  await open(page);
  await useSample(page);
  await run(page);

  await endAtNextCall(page, 'outsample-lab');
  await runButton(page).click();
  await expect(alert(page)).toContainText(/The engine stopped\.\s*Try again/, {
    timeout: 2000,
  });
  // The journal ends while the run is under way: another one records it.
  await endAtNextCall(page, 'outsample-journal');
  await run(page);
  await expect(alert(page)).toHaveCount(0);

  // While nobody waits: nobody need be told, the next run has another.
  await (await workerOf(page, 'outsample-lab')).evaluate(() => self.close()).catch(() => undefined);
  await run(page);

  await page.getByRole('tab', { name: 'Search' }).click();
  const search = page.getByRole('button', { name: 'Run the search' });
  await search.click();
  await expect(page.getByRole('region', { name: /^Trials \d/ })).toBeVisible({ timeout: 60_000 });
  // A trial worker is called on a port: it ends when it would answer.
  const worker = await workerOf(page, 'outsample-trial');
  await worker.evaluate(() => {
    MessagePort.prototype.postMessage = () => self.close();
  });
  await search.click();
  await expect(alert(page)).toContainText(/A worker that ran trials stopped\.\s*Try again/);
});
