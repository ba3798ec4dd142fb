import { type Page, expect, test } from '@playwright/test';
import { loaded, open, run, useSample } from './lab.ts';
import { syntheticBars } from './synthetic.ts';

// Tasks are timed by the wall clock: a moment when the machine was busy may be tried again.
test.describe.configure({ retries: 1 });
const tag = '@timed';

test(
  'the page never freezes: no task above 100 ms from import to results',
  { tag },
  async ({ page }) => {
    await open(page);
    await observeLongTasks(page);
    await useSample(page);
    await run(page);
    await page.getByLabel('Signal of').selectOption('SP500');
    await expect(page.getByRole('img', { name: 'Panic Score, SP500' })).toBeVisible();
    expect(await longTasks(page)).toEqual([]);
  },
);

test('nor with many bars', { tag }, async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const bars = syntheticBars(60, 2000);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name: bars.name, mimeType: 'text/csv', buffer: Buffer.from(bars.text) });
  await observeLongTasks(page);
  await loaded(page);
  await run(page);
  expect(await longTasks(page)).toEqual([]);
});

function observeLongTasks(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { longTasks: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(Math.round(duration));
    }).observe({ type: 'longtask' });
  });
}

/** Durations above 100 ms. */
async function longTasks(page: Page): Promise<number[]> {
  const all = await page.evaluate(
    () => (globalThis as unknown as { longTasks: number[] }).longTasks,
  );
  console.log(`long tasks (ms): ${all.join(', ') || 'none'}`);
  return all.filter((duration) => duration > 100);
}
