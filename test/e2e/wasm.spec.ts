import { expect, test } from '@playwright/test';
import { alert, open, openDataset, answerOf } from './lab.ts';

test('an engine whose file differs by one byte computes nothing, and the page says why', async ({
  page,
}) => {
  await page.route('**/duckdb-eh-*.wasm', async (route) => {
    const response = await answerOf(route);
    const body = await response.body();
    body[body.length - 1]! ^= 1; // In a section that the compiler does not read.
    await route.fulfill({ response, body });
  });
  await open(page);
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'Use the sample' }).click();
  await expect(alert(page)).toContainText('is not the one that this version was made with', {
    timeout: 60_000,
  });
});
