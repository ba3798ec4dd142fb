import { type BrowserContext, type Page, expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv from 'sirv';
import { build } from 'vite';
import { axe, loaded, run, textsOf, unfoldResult, useSample } from './lab.ts';

test.use({ serviceWorkers: 'allow' });

/** A plain host under a path, whose files are replaced as by a deployment, and which can be unplugged. */
class Host {
  url = '';
  #server: Server | null = null;
  readonly reached: string[] = [];

  #files: ReturnType<typeof sirv>;

  constructor(folder: string) {
    this.#files = sirv(folder, { dev: true, etag: true });
  }

  deploy(folder: string): void {
    this.#files = sirv(folder, { dev: true, etag: true });
  }

  async plug(port = 0): Promise<void> {
    this.#server = createServer((request, response) => {
      this.reached.push(`${request.method} ${request.url}`);
      const missing = (): void => {
        response.writeHead(404).end();
      };
      if (!request.url?.startsWith('/any/base/')) {
        missing();
        return;
      }
      request.url = request.url.slice('/any/base'.length);
      this.#files(request, response, missing);
    }).listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/any/base/`;
  }

  unplug(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

const digests = async (page: Page): Promise<readonly string[]> => {
  await unfoldResult(page, 'Digests');
  return textsOf(page.locator('[data-digest]'));
};

/** What the browser keeps of the page, as paths by cache. */
const kept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) found.push(url);
    return found;
  });

const isHeld = async (page: Page): Promise<void> =>
  expect
    .poll(async () => (await kept(page)).filter((url) => url.endsWith('.wasm')).length, {
      timeout: 60_000,
    })
    .toBe(2);

const opened = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Outsample' })).toBeVisible();
};

/** A later release, with a journal that the older one does not know. */
async function buildLater(folder: string): Promise<void> {
  const later = {
    name: 'later',
    enforce: 'pre' as const,
    transform: (code: string, id: string) => {
      if (id.endsWith('/package.json') && !id.includes('node_modules'))
        return code.replace(/"version": "[\d.]+"/, '"version": "99.0.0"');
      if (id.endsWith('src/sql/journal/catalogue.ts'))
        return code.replace(
          /( = \[\s*migration1,[^\]]*\w),?\s*\]/,
          "$1, 'CREATE TABLE later (one INTEGER)']",
        );
      return null;
    },
  };
  await build({
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
    plugins: [later],
    worker: { plugins: () => [later] },
  });
}

const versionOf = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Log' });
  const told = await sheet.getByLabel('What is copied').inputValue();
  await page.keyboard.press('Escape');
  return /^Outsample ([\d.]+)/.exec(told)?.[1] ?? '';
};

const update = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });

test('after the first visit the page works with the network unplugged, and gives the same bits', async ({
  page,
}) => {
  const host = new Host('dist');
  await host.plug();
  try {
    await opened(page, host.url);
    await useSample(page);
    await run(page);
    const online = await digests(page);
    await isHeld(page);
    host.unplug();

    await page.reload();
    await loaded(page);
    await run(page);
    expect(await digests(page)).toEqual(online);
    expect(online.length).toBeGreaterThan(2);
    const origin = new URL(host.url).origin;
    expect((await kept(page)).filter((url) => !url.startsWith(origin))).toEqual([]);
  } finally {
    host.unplug();
  }
});

test('a newer version waits to be asked for, never meets an older page, and shares the journal', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'outsample-later-'));
  const host = new Host('dist');
  await host.plug();
  try {
    await buildLater(folder);
    await opened(page, host.url);
    await useSample(page);
    await run(page);
    await isHeld(page);
    const older = await versionOf(page);
    const other = await anotherTab(context, host.url);

    host.deploy(folder);
    await update(page);
    const offer = page.getByText('A newer version is ready.');
    await expect(offer).toBeVisible({ timeout: 60_000 });
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByText('Close the other tab of Outsample first')).toBeVisible();

    // Until then the older page goes on, with files of its own that the host has no more.
    expect(await versionOf(other)).toBe(older);
    await other.getByRole('tab', { name: 'History' }).click();
    await expect(other.getByText(/Harvester/).first()).toBeVisible();
    await other.close();

    await page.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => versionOf(page), { timeout: 60_000 }).toBe('99.0.0');
    await loaded(page); // What was open comes back.
    await run(page);
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Harvester' })).not.toHaveCount(0);
    await expect
      .poll(async () => (await kept(page)).filter((url) => /journal\.worker/.test(url)).length)
      .toBe(1);

    // The older one again, on a journal that the newer has changed.
    host.deploy('dist');
    await update(page);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => versionOf(page), { timeout: 60_000 }).toBe(older);
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(page.getByText(/written by a newer Outsample/)).toBeVisible();
  } finally {
    host.unplug();
    rmSync(folder, { recursive: true });
  }
});

test('a call to another origin passes as if no service worker stood there', async ({ page }) => {
  const calls: string[] = [];
  const elsewhere = createServer((request, response) => {
    calls.push(String(request.method));
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Methods', 'PUT');
    response.end();
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const host = new Host('dist');
  await host.plug();
  try {
    await opened(page, host.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await useSample(page);
    await run(page);
    await page.getByRole('tab', { name: 'Share', exact: true }).click();
    const card = page.getByRole('region', { name: 'Metrics', exact: true });
    await card.getByRole('textbox', { name: 'Address' }).fill(origin);
    await card.getByRole('button', { name: 'Push…' }).click();
    await card.getByRole('button', { name: `Send to ${origin}` }).click();
    await expect.poll(() => calls).toContain('PUT');
    expect(calls.filter((method) => method === 'PUT')).toHaveLength(1);
    expect((await kept(page)).filter((url) => url.startsWith(origin))).toEqual([]);
  } finally {
    host.unplug();
    elsewhere.close();
  }
});

async function anotherTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await opened(page, url);
  return page;
}
