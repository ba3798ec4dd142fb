import { type Page, expect, test } from '@playwright/test';
import {
  axe,
  digests,
  dropFiles,
  importFiles,
  loaded,
  open,
  run,
  runButton,
  useSample,
} from './lab.ts';

const shareTab = (page: Page) => page.getByRole('tab', { name: 'Share' });
const banner = (page: Page) => page.getByRole('region', { name: 'Shared run' });
const verdict = (page: Page) => banner(page).locator('[data-verdict]');

async function linkOf(page: Page): Promise<string> {
  await shareTab(page).click();
  const field = page.getByRole('textbox', { name: 'Link', exact: true });
  await expect(field).toHaveValue(/#s1\./);
  return field.inputValue();
}

/** A random walk without a random number: synthetic, and the same everywhere. */
function walk(from: number, bend = 0): string {
  let close = 100;
  const rows = Array.from({ length: 700 }, (_, i) => {
    const open = close;
    close = Math.max(5, close + (((i * 7919 + from) % 211) - 104.6) / 60);
    const day = new Date(Date.UTC(2019, 0, 1 + i)).toISOString().slice(0, 10);
    const volume = 1000 + ((i * 104_729) % 977) + (i === 400 ? bend : 0);
    const [high, low] = [Math.max(open, close) + 1, Math.min(open, close) - 1];
    return [day, ...[open, high, low, close].map((x) => x.toFixed(4)), volume].join(',');
  });
  return ['date,open,high,low,close,volume', ...rows].join('\n');
}

test('a stranger opens the link, verifies it with the data that ship, and forks it', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await open(page);
  await useSample(page);
  await run(page);
  const shown = await digests(page);
  await shareTab(page).click();
  await page.getByLabel('Note', { exact: true }).fill('Look at the first trade.');
  await page.getByLabel('A note on').selectOption('trade');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  // An address with a password never travels.
  await page.getByLabel('Note', { exact: true }).fill('From https://me:secret@example.org/');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('an address with a key or password');
  await page
    .getByRole('button', { name: /^Remove/ })
    .last()
    .click();
  await page.getByText('Every character of it').click();
  await expect(page.getByLabel('The decoded link')).toContainText('"fingerprint"');
  expect(await axe(page)).toEqual([]);
  const link = await linkOf(page);
  expect(link.length).toBeLessThanOrEqual(1900);

  const stranger = await context.newPage();
  await stranger.goto(link);
  await expect(stranger.getByText('Not verified yet')).toBeVisible();
  await expect(
    stranger.getByText(/The link claims [\d,]+ trades over [\d,]+ sessions/),
  ).toContainText('claimed, not verified');
  await expect(stranger.getByText('Look at the first trade.').first()).toBeVisible();
  await expect(stranger.locator('#strategy')).toBeDisabled();
  expect(await axe(stranger)).toEqual([]);
  await stranger.getByRole('button', { name: 'Verify with the dataset that ships here' }).click();
  await expect(verdict(stranger)).toHaveAttribute('data-verdict', 'exact', { timeout: 90_000 });
  await expect(stranger.getByText('Note on trade 1: Look at the first trade.')).toBeVisible();
  expect(await digests(stranger)).toEqual(shown);
  expect(await axe(stranger)).toEqual([]);

  await stranger.getByRole('button', { name: 'Fork' }).first().click();
  await expect(banner(stranger)).toBeHidden();
  await expect(stranger.locator('#strategy')).toBeEnabled();
  expect(new URL(stranger.url()).hash).toBe('');
  await expect(runButton(stranger)).toBeEnabled();
});

test('own files: missing ones are waited for, other ones are told apart by symbol and year', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  await open(page);
  await importFiles(page, { name: 'AAA.csv', text: walk(1) }, { name: 'BBB.csv', text: walk(5) });
  await loaded(page);
  await run(page);
  await linkOf(page);
  await page.getByRole('radio', { name: 'Audit' }).check();
  const link = await linkOf(page);

  const stranger = await context.newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('tab', { name: 'Audit' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await dropFiles(stranger, { name: 'first.csv', text: walk(1) });
  await expect(stranger.getByText('Here', { exact: true })).toHaveCount(1);
  await expect(stranger.getByText('Missing', { exact: true })).toHaveCount(1);
  await dropFiles(stranger, { name: 'BBB.csv', text: walk(5, 3) });
  await expect(verdict(stranger)).toHaveAttribute('data-verdict', 'different-data', {
    timeout: 90_000,
  });
  await expect(verdict(stranger)).toContainText('BBB');
  await expect(stranger.getByText('Missing', { exact: true })).toHaveCount(0);
  await expect(stranger.getByText('Differs', { exact: true })).toHaveCount(1);
  await expect(stranger.getByText(/has other content: [^]*SHA-256 [0-9a-f]{12}…/)).toBeVisible();
  await expect(verdict(stranger)).toContainText('2020');
  await expect(verdict(stranger)).not.toContainText('AAA'); // Known by its bytes, whatever its name.
});

test('a broken link says so and leaves one’s own workspace as it is', async ({ page }) => {
  await page.goto('./#s1.thisIsNoLink');
  await expect(page.getByRole('alert')).toContainText('The link cannot be read');
  await expect(page.locator('#strategy')).toBeEnabled();
});

test('a link that comes while there is work here opens in a tab of its own', async ({
  page,
  context,
}) => {
  await open(page);
  await useSample(page);
  await run(page);
  const link = await linkOf(page);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(link).hash);
  await expect(page.getByText('A shared run has come.')).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#/share'); // The tab's address, without the link.
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open it' }).click();
  await expect((await opened).getByText('Not verified yet')).toBeVisible();
});
