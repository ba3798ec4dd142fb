import { type Locator, type Page, expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { inOracle } from '../unit/journal/oracle.ts';
import { spinningImage } from '../unit/journal/spinning.ts';
import { alert, axe, field, open, run, slips, useSample, workerOf } from './lab.ts';

const history = (page: Page): Locator => page.getByRole('region', { name: /^History/ });
const items = (page: Page): Locator => history(page).locator('[data-run]');
const sheet = (page: Page): Locator => page.getByRole('dialog', { name: 'Encryption' });
const button = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

const show = (page: Page): Promise<void> => page.getByRole('tab', { name: 'History' }).click();

/** Runs the sample at this threshold. */
async function runAt(page: Page, threshold: string): Promise<void> {
  await page.getByRole('tab', { name: 'Overview' }).click();
  await field(page, 'Entry threshold').fill(threshold);
  await run(page);
}

async function encrypt(page: Page, passphrase: string): Promise<void> {
  await button(page, 'Encryption').click();
  await sheet(page).getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await sheet(page).getByLabel('New passphrase again').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('The history is encrypted.')).toBeVisible();
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await history(page).getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
}

test('a history is encrypted, locked by a reload, waited for and exported', async ({ page }) => {
  await open(page);
  await useSample(page);
  await runAt(page, '3');
  await show(page);
  await button(page, 'Encryption').click();
  await sheet(page).getByLabel('New passphrase', { exact: true }).fill('correct horse battery');
  await sheet(page).getByLabel('New passphrase again').fill('correct horse');
  await button(page, 'Encrypt').click();
  await expect(sheet(page).getByText('The two differ.')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await sheet(page).getByLabel('New passphrase again').fill('correct horse battery');
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('The history is encrypted.')).toBeVisible();
  await expect(items(page)).toHaveCount(1);

  const download = page.waitForEvent('download');
  await button(page, 'Export').click();
  const file = readFileSync(await (await download).path());
  const count = 'SELECT count(*) FROM runs';
  expect(inOracle(file, 'correct horse battery', count).rows).toEqual([[1]]);

  await page.reload();
  await show(page);
  await expect(history(page).getByText('The history is locked.')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await runAt(page, '3.5');
  await expect(alert(page)).toContainText('waits for that');
  await show(page);
  await expect(history(page).getByText('1 record of this visit waits')).toBeVisible();
  await unlock(page, 'wrong');
  await expect(history(page).getByText('This passphrase does not open the journal.')).toBeVisible();
  await expect(history(page).getByLabel('Passphrase', { exact: true })).toBeFocused();
  await unlock(page, 'correct horse battery');
  await expect(items(page)).toHaveCount(2);
  await expect(history(page).getByRole('heading', { level: 2 })).toBeFocused();
  expect(await slips(page)).toEqual([]);
});

test('the encryption is removed; a file under a passphrase is imported with it', async ({
  page,
}) => {
  await open(page);
  await show(page);
  await encrypt(page, 'one');
  const download = page.waitForEvent('download');
  await button(page, 'Export').click();
  const file = readFileSync(await (await download).path());
  const trial = `INSERT INTO trials VALUES (zeroblob(32), zeroblob(32), 0.5, 20, '2026-01-31')`;
  const theirs = inOracle(file, 'one', trial).file;

  await button(page, 'Encryption').click();
  await sheet(page).getByLabel('Passphrase in force').fill('one');
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('The history is no longer encrypted.')).toBeVisible();

  await page.getByLabel('History file').setInputFiles({
    name: 'outsample-history.sqlite',
    mimeType: 'application/vnd.sqlite3',
    buffer: Buffer.from(theirs),
  });
  const passphrase = history(page).getByLabel(/^This file is encrypted/);
  await passphrase.fill('wrong');
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('This passphrase does not open the journal.')).toBeVisible();
  await passphrase.fill('one');
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('Added 0 runs and 1 trial.')).toBeVisible();
  expect(await slips(page)).toEqual([]);
});

test('tabs lock together, and each by itself at rest; a forgotten passphrase is given up', async ({
  page,
}) => {
  const other = await page.context().newPage();
  await page.clock.install(); // Of both pages.
  await open(page);
  await show(page);
  await encrypt(page, 'one');
  await open(other);
  await show(other);
  await unlock(other, 'one');
  await expect(button(other, 'Encryption')).toBeVisible();

  await page.clock.fastForward('14:00');
  await expect(button(other, 'Encryption')).toBeVisible();
  await page.clock.fastForward('02:00');
  await expect(history(other).getByText('The history is locked.')).toBeVisible();
  for (const one of [page, other]) {
    await unlock(one, 'one');
    await expect(button(one, 'Encryption')).toBeVisible();
  }

  await button(page, 'Encryption').click();
  await sheet(page).getByLabel('Present passphrase').fill('wrong');
  await sheet(page).getByLabel('New passphrase', { exact: true }).fill('two');
  await sheet(page).getByLabel('New passphrase again').fill('two');
  await page.keyboard.press('Enter');
  await expect(sheet(page).getByText('This passphrase does not open the journal.')).toBeVisible();
  await sheet(page).getByLabel('Present passphrase').fill('one');
  await page.keyboard.press('Enter');
  await expect(history(page).getByText('The passphrase is changed.')).toBeVisible();
  await expect(history(other).getByText('The history is locked.')).toBeVisible();
  await unlock(other, 'two');
  await expect(button(other, 'Encryption')).toBeVisible();

  await button(page, 'Encryption').click();
  await button(page, 'Lock now, in all tabs').click();
  await expect(history(page).getByText('The history is locked.')).toBeVisible();
  await expect(history(other).getByText('The history is locked.')).toBeVisible();

  await history(page).getByText('The passphrase is forgotten').click();
  expect(await axe(page)).toEqual([]);
  await button(page, 'Begin anew').click();
  await button(page, 'Delete it and begin anew').click();
  await expect(history(page).getByText('A new history has begun')).toBeVisible();
  await expect(history(other).getByText('No runs yet.')).toBeVisible();
});

test('a file that keeps SQLite busy for ever is given up after a minute; the history stays', async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  await useSample(page);
  await runAt(page, '3');
  await show(page);
  await expect(items(page)).toHaveCount(1);
  const worker = await workerOf(page, 'outsample-journal');
  const ended = new Promise((resolve) => worker.once('close', resolve));
  await page.getByLabel('History file').setInputFiles({
    name: 'spinning.sqlite',
    mimeType: 'application/vnd.sqlite3',
    buffer: Buffer.from(spinningImage()),
  });
  await page.waitForTimeout(500);
  await page.clock.fastForward('01:01');
  await expect(alert(page)).toContainText('busy for a minute');
  await ended;
  await runAt(page, '3.5');
  await show(page);
  await expect(items(page)).toHaveCount(2);
});

test('a worker that ends in the middle of a save loses nothing', async ({ page }) => {
  await open(page);
  await useSample(page);
  await runAt(page, '3');
  await show(page);
  await expect(items(page)).toHaveCount(1);
  const worker = await workerOf(page, 'outsample-journal');
  await worker.evaluate(() => {
    const store = IDBObjectStore.prototype as unknown as { put: () => unknown };
    store.put = new Proxy(store.put, {
      apply(put, target, given) {
        self.close(); // The first of two keys is written, in a transaction that never ends.
        return Reflect.apply(put, target, given) as unknown;
      },
    });
  });
  await runAt(page, '3.5');
  await expect(alert(page)).toContainText('The history’s database stopped.');
  await alert(page).getByRole('button', { name: 'Try again' }).click();
  await show(page);
  await expect(items(page)).toHaveCount(2);
  await page.reload();
  await show(page);
  await expect(items(page)).toHaveCount(2);
});
