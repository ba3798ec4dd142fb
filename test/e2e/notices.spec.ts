import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Page, expect, test } from '@playwright/test';
import { axe, field, open, run, slips, useSample } from './lab.ts';

/** Takes whatever any page sends it, or refuses it. */
async function receiver() {
  const got: string[] = [];
  const state = { got, refuses: false };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
      if (request.method === 'POST') got.push(body);
      const isRefused = state.refuses && request.method === 'POST';
      response.writeHead(isRefused ? 403 : 200, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

const card = (page: Page) => page.getByRole('region', { name: 'Notices' });
const share = (page: Page) => page.getByRole('tab', { name: 'Share' }).click();

test('a channel is confirmed, tested, told once what holds at the end, and removed', async ({
  page,
}) => {
  const other = await receiver();
  const { origin, got } = other;
  await open(page);
  await useSample(page);
  await run(page);
  await share(page);
  await card(page).getByRole('button', { name: 'Slack…' }).click();
  const address = card(page).getByLabel('Address of an incoming webhook');
  await expect(address).toBeFocused();
  await address.fill('hooks.slack.com');
  await page.keyboard.press('Enter');
  await expect(card(page).getByText('This is no address that can be called.')).toBeVisible();
  await address.fill(`${origin}/services/T0/the-secret`);
  await card(page).getByRole('button', { name: 'Add…' }).click();
  const yes = card(page).getByRole('button', { name: `Send to ${origin}` });
  await expect(yes).toBeFocused();
  expect(await axe(page)).toEqual([]);
  expect(got).toEqual([]); // Nothing before the yes.
  await yes.click();
  await expect(card(page).getByText('Sent.')).toBeVisible();
  expect(decodeURIComponent(got[0]!)).toContain('notices of Outsample arrive here');
  await expect(card(page)).not.toContainText('the-secret');

  await card(page).getByLabel('In this page').check();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await field(page, 'Entry threshold').fill('2.9');
  await run(page);
  const toast = page.getByText(
    /^Harvester: Drawdown reached .* At the close of .*, in the backtest\.$/,
  );
  await expect(toast).toBeVisible();
  await expect.poll(() => got.length).toBe(2);
  expect(decodeURIComponent(got[1]!)).toContain('Drawdown reached');
  await run(page); // The same again is told to nobody.

  other.refuses = true;
  await share(page);
  await card(page).getByRole('button', { name: 'Test Slack' }).click();
  await expect(card(page).getByText('The notice was not sent')).toBeVisible();
  await expect(card(page)).toContainText('does not give this to the caller (status 403)');
  await expect(card(page)).not.toContainText('the-secret');
  expect(got).toHaveLength(3);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axe(page)).toEqual([]);
  }
  expect(await slips(page)).toEqual([]);
  await card(page).getByRole('button', { name: 'Remove Slack' }).click();
  await expect(card(page).getByRole('list', { name: 'Channels' })).toHaveCount(0);
  other.close();
});

test('the system shows them where it is allowed, and the page says so where it is not', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    const Given = Notification;
    globalThis.Notification = class extends Given {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(`${title}: ${options?.body}`);
      }
    };
  });
  await open(page);
  await useSample(page);
  await run(page);
  await share(page);
  const wanted = card(page).getByLabel('As a notification of this system');
  await wanted.check();
  await expect(wanted).toBeChecked();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await field(page, 'Entry threshold').fill('2.9');
  await run(page);
  const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shown).toEqual([expect.stringMatching(/^Harvester: Drawdown reached/)]);

  await context.clearPermissions();
  await share(page);
  await wanted.uncheck();
  await wanted.click();
  await expect(card(page).getByText('The browser was told not to show them')).toBeVisible();
  await expect(wanted).not.toBeChecked();
});

test('an encrypted history keeps channels, and takes them with it when it is locked', async ({
  page,
}) => {
  const other = await receiver();
  await open(page);
  await useSample(page);
  await run(page);
  await share(page);
  await expect(card(page)).toContainText('for this visit');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Encryption', exact: true }).click();
  await page.getByLabel('New passphrase', { exact: true }).fill('a long enough passphrase');
  await page.getByLabel('New passphrase again').fill('a long enough passphrase');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The history is encrypted.')).toBeVisible();
  await share(page);
  await card(page).getByRole('button', { name: 'Webhook…' }).click();
  await card(page).getByLabel('Address that takes JSON').fill(`${other.origin}/hook`);
  await card(page).getByRole('button', { name: 'Add…' }).click();
  await card(page)
    .getByRole('button', { name: `Send to ${other.origin}` })
    .click();
  await expect(card(page).getByText('Sent.')).toBeVisible();
  await expect(card(page)).toContainText('kept in the encrypted history');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Encryption', exact: true }).click();
  await page.getByRole('button', { name: 'Lock now, in all tabs' }).click();
  await share(page);
  await expect(card(page).getByRole('list', { name: 'Channels' })).toHaveCount(0);
  other.close();
});
