import { expect, test } from '@playwright/test';
import { isPermissive } from '../../scripts/licences.mjs';
import { axe, open } from './lab.ts';

test('About names the version and every package that is shipped, all of them permissive', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'About', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'About' });
  await expect(sheet).toContainText(/Version\s*\d+\.\d+/);
  const list = sheet.getByRole('list');
  // Of the page, of a worker, of its engines, of the service worker, of tables.
  for (const name of [
    ...['svelte', 'hyparquet', '@duckdb/duckdb-wasm', 'sql.js', 'workbox-routing'],
    'exchange-calendars',
  ])
    await expect(list).toContainText(`${name} `);
  expect(await axe(page)).toEqual([]);

  const response = await page.request.get('licences.json');
  const { packages: shipped } = (await response.json()) as {
    readonly packages: readonly { name: string; licence: string }[];
  };
  expect(shipped.length).toBeGreaterThan(40);
  expect(shipped.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
});
