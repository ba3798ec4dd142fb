import { readFile } from 'node:fs/promises';
import { type Page, expect, test } from '@playwright/test';
import { foundIn, planted } from '../secrets.ts';
import { serve } from '../unit/remote/server.ts';
import { field, finished, loaded, open, openDataset, run, runButton } from './lab.ts';
import { syntheticBars } from './synthetic.ts';

const bars = syntheticBars(3, 400);
const show = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name, exact: true }).click();

/** Everything that this browser keeps for the page, as text; bytes as one character each. */
function storedIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const text = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return text(new Uint8Array(await value.arrayBuffer()));
      if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
      if (ArrayBuffer.isView(value))
        return new TextDecoder('latin1').decode(
          new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength),
        );
      if (typeof value !== 'object' || value === null) return String(value);
      const parts = await Promise.all(
        (value instanceof Map ? [...value] : Object.entries(value)).flat().map(text),
      );
      return parts.join(' ');
    };
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('It cannot be read.'));
      });
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([
          result(objects.getAllKeys()),
          result(objects.getAll()),
        ]);
        found.push(await text(keys), await text(values));
      }
      database.close();
    }
    return found.join('\n');
  });
}

test('twenty secrets are typed wherever one may be, and stand in nothing that leaves or stays', async ({
  page,
}) => {
  test.setTimeout(240_000);
  /** Gives back all that it is told, as a careless server would. */
  const { origin, asked, close } = await serve((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (request.url!.startsWith('/good.csv'))
      return void response.writeHead(200, { 'Content-Type': 'text/csv' }).end(bars.text);
    response.writeHead(403).end(`No: ${request.url} ${JSON.stringify(request.headers)}`);
  });
  const outputs: Record<string, string> = {};
  const consoles: string[] = [];
  page.on('console', (message) => consoles.push(message.text()));
  page.on('pageerror', (error) => consoles.push(String(error.stack)));
  const seen = async (name: string): Promise<void> => {
    outputs[name] = await page.content();
  };
  const saved = async (name: string, press: () => Promise<void>): Promise<void> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    outputs[name] = (await readFile(await download.path())).toString('latin1');
  };
  await open(page);

  // Data: keys in queries and in paths, of addresses that answer and that refuse; a source's key.
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'From an address…' }).click();
  await sheet.getByRole('combobox', { name: /^From/ }).selectOption('tiingo');
  await sheet.getByLabel(/^Symbols/).fill('AAPL');
  await sheet.getByLabel(/^API token/).fill(planted[0]!);
  await sheet.getByLabel(/^Called/).fill(origin);
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await sheet.getByRole('button', { name: `Call ${origin}` }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await seen('a source that refused');
  await sheet.getByRole('combobox', { name: /^From/ }).selectOption({ index: 0 });
  const addresses = [
    `${origin}/good.csv?apikey=${planted[1]}`,
    ...[2, 3, 4].map((i) => `${origin}/bad.csv?token=${encodeURIComponent(planted[i]!)}`),
    ...[5, 6, 7].map((i) => `${origin}/${planted[i]}/bad.csv`),
    `${origin}/${planted[8]}`,
  ];
  await sheet.getByRole('textbox', { name: /^Addresses/ }).fill(addresses.join('\n'));
  await sheet.getByRole('button', { name: 'Fetch…' }).click();
  await sheet.getByRole('button', { name: /^Go on with the 1 file/ }).click({ timeout: 60_000 });
  await seen('addresses that refused');
  await page.getByRole('button', { name: 'Import 1 file' }).click();
  await loaded(page);
  await run(page);

  // The history's passphrase.
  await show(page, 'History');
  await page.getByRole('button', { name: 'Encryption', exact: true }).click();
  await page.getByLabel('New passphrase', { exact: true }).fill(planted[9]!);
  await page.getByLabel('New passphrase again').fill(planted[9]!);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The history is encrypted.')).toBeVisible();
  await seen('an encrypted history');

  // Channels, which the encrypted history keeps.
  await show(page, 'Share');
  const card = page.getByRole('region', { name: 'Notices' });
  const channels = [
    ['Slack', `${origin}/services/${planted[10]}`, ''],
    ['Discord', `${origin}/api/webhooks/${planted[11]}`, ''],
    ['ntfy', `${origin}/${planted[12]}`, ''],
    ['Webhook', `${origin}/hook/${planted[13]}`, `whsec_${btoa(planted[14]!)}`],
  ] as const;
  for (const [name, address, key] of channels) {
    await card.getByRole('button', { name: `${name}…` }).click();
    await card.locator('input[type="password"]').first().fill(address);
    if (key !== '') await card.locator('input[type="password"]').last().fill(key);
    await card.getByRole('button', { name: 'Add…' }).click();
    await card.getByRole('button', { name: `Send to ${origin}` }).click();
  }
  await expect(card.getByText('The notice was not sent')).toHaveCount(4, { timeout: 60_000 });
  await seen('channels that refused');

  // A broker's account.
  await show(page, 'Live');
  const broker = page.getByRole('region', { name: 'An account at Alpaca' });
  await broker.getByRole('combobox', { name: /^Account/ }).selectOption({ index: 2 });
  await broker.getByLabel('Address that stands in for it').fill(origin);
  await broker.getByLabel('Key ID').fill(planted[17]!);
  await broker.getByLabel('Secret key').fill(planted[18]!);
  await broker.getByRole('button', { name: 'Read the account' }).click();
  await broker.getByRole('button', { name: 'Call it' }).click();
  await expect(broker.getByRole('alert')).toBeVisible();
  await seen('a broker that refused');
  await show(page, 'Share');

  // A note with a key keeps the run from being shared, until it is taken out.
  for (const i of [15, 16]) {
    await page.getByLabel('Note', { exact: true }).fill(`See ${planted[i]}`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByText('This run is not shared as it stands')).toBeVisible();
    await page.getByRole('button', { name: /^Remove the note/ }).click();
  }
  const asText = page.getByRole('textbox', { name: 'Link', exact: true });
  await expect(asText).toHaveValue(/#s1\./);
  outputs['the link'] = await asText.inputValue();
  await saved('the .outsample file', () =>
    page.getByRole('button', { name: 'Download .outsample' }).click(),
  );
  await saved('the report', () => page.getByRole('button', { name: 'Download report' }).click());
  await saved('the metrics', () => page.getByRole('button', { name: 'Download metrics' }).click());
  await show(page, 'Overview');
  await field(page, 'Entry threshold').fill('2.5');
  await runButton(page).click();
  await finished(page);
  await saved('the study', () => page.getByRole('button', { name: 'Download study' }).click());
  await show(page, 'History');
  await saved('the journal', () =>
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  );
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find an action' }).fill('bug report');
  await page.keyboard.press('Enter');
  const log = page.getByRole('dialog', { name: 'Log' });
  outputs['the bug report'] = await log.getByLabel('What is copied').inputValue();
  await saved('the log', () => log.getByRole('button', { name: 'Save', exact: true }).click());
  await seen('the log on the page');
  outputs['the console'] = consoles.join('\n');
  outputs['what the browser keeps'] = await storedIn(page);
  outputs['the address'] = page.url();

  // They did arrive where they were meant to.
  const told = asked.map(({ path, headers }) => `${path} ${JSON.stringify(headers)}`).join('\n');
  for (const i of [0, 1, 2, 5, 8, 10, 11, 13, 17, 18]) expect(told).toContain(planted[i]);
  expect(outputs['the report']!.length).toBeGreaterThan(10_000);
  expect(foundIn(outputs)).toEqual([]);
  close();
});
