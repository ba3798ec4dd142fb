import { type Page, expect, test } from '@playwright/test';
import { open } from './lab.ts';
import { syntheticBars } from './synthetic.ts';

// Tasks are timed by the wall clock: a moment when the machine was busy may be tried again.
test.describe.configure({ retries: 2 });
const tag = '@timed';

test(
  'the page never freezes: no task above 100 ms from import to results',
  { tag },
  async ({ page }) => {
    await open(page);
    await observeLongTasks(page);
    await page.locator('button', { hasText: 'Run the sample' }).click();
    await shown(page);
    await page.locator('#signal-symbol').selectOption('TE01');
    await seen(page, () => document.body.textContent.includes('Panic Score, TE01'));
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
  await page.locator('button.primary', { hasText: 'Import 1 file' }).click({ timeout: 60_000 });
  await ran(page);
  expect(await longTasks(page)).toEqual([]);
});

test('nor while charts are zoomed and moved', { tag }, async ({ page }) => {
  await open(page);
  const bars = syntheticBars(1, 2500);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name: bars.name, mimeType: 'text/csv', buffer: Buffer.from(bars.text) });
  await page.locator('button.primary', { hasText: 'Import 1 file' }).click({ timeout: 60_000 });
  await ran(page);
  const pane = page.locator('[data-pane="price"] .u-over');
  await pane.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await pane.boundingBox())!;
  await observeLongTasks(page);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.keyboard.down('Control');
  for (let step = 0; step < 10; step++) await page.mouse.wheel(0, -60);
  await page.keyboard.up('Control');
  const narrow = () => !/5,000/.test(document.querySelector('[data-drawn]')?.textContent ?? '');
  await seen(page, narrow);
  for (let step = 0; step < 40; step++) await page.mouse.wheel(step < 20 ? -50 : 50, 0);
  await page.keyboard.down('Control');
  for (let step = 0; step < 20; step++) await page.mouse.wheel(0, 60);
  await page.keyboard.up('Control');
  for (let step = 0; step < 40; step++) await page.mouse.move(x + (width * step) / 40, y + 20);
  const wide = () => /5,000/.test(document.querySelector('[data-drawn]')?.textContent ?? '');
  await seen(page, wide);
  expect(await longTasks(page)).toEqual([]);
});

test('nor with a wide and long answer in SQL, nor in the palette', { tag }, async ({ page }) => {
  await open(page);
  await page.locator('button', { hasText: 'Run the sample' }).click();
  await shown(page);
  await page.keyboard.press('6');
  const query = page.getByRole('textbox', { name: 'Query' });
  await query.click();
  await page.keyboard.press('Control+a');
  const texts = Array.from({ length: 100 }, (_, c) => `'text ' || i * ${c} AS t${c}`).join(', ');
  await page.keyboard.insertText(`SELECT ${texts} FROM range(20000) AS r(i)`);
  await observeLongTasks(page);
  await page.keyboard.press('Control+Enter');
  await seen(page, () => document.body.textContent.includes('The first 40 of 100 columns'));
  await page.keyboard.press('Control+k');
  await seen(page, () => document.querySelectorAll('[role="option"]').length > 50);
  expect(await longTasks(page)).toEqual([]);
});

test(
  'nor while more than 100,000 trades are scrolled through',
  {
    tag,
  },
  async ({ page }) => {
    test.setTimeout(180_000);
    await open(page);
    // A bar each, on every other bar.
    const study = {
      outsample: 1,
      strategy: { id: 'every-n-bars', parameters: { every: 2 } },
      size: { rule: 'fraction', fraction: 0.005 },
      risk: { initialCash: 1e8, maximumPositions: 100, killSwitch: null },
      exits: { stop: null, target: null, trailing: 'off', longestHolding: 1 },
      costs: { commission: 0, slippage: 0, impact: null },
    };
    await page.locator('[data-study] input[type="file"]').setInputFiles({
      name: 'study.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(study)),
    });
    const bars = syntheticBars(100, 2600);
    await page
      .getByLabel('Files of a dataset')
      .setInputFiles({ name: bars.name, mimeType: 'text/csv', buffer: Buffer.from(bars.text) });
    await page.locator('button.primary', { hasText: 'Import 1 file' }).click({ timeout: 60_000 });
    await ran(page);
    const table = page.locator('[aria-labelledby="trades-title"] [role="region"]').last();
    const rows = Number(await table.locator('table').getAttribute('aria-rowcount'));
    expect(rows).toBeGreaterThan(100_000);
    await table.scrollIntoViewIfNeeded();
    await observeLongTasks(page);
    const frames = await table.evaluate(async (scroller) => {
      const durations: number[] = [];
      let before = performance.now();
      // As a wheel does it, and now and then as somebody who drags the bar.
      for (let step = 1; step <= 120; step++) {
        scroller.scrollTop += step % 12 === 0 ? scroller.scrollHeight / 12 : 400;
        await new Promise(requestAnimationFrame);
        durations.push(performance.now() - before);
        before = performance.now();
      }
      return durations.sort((a, b) => a - b);
    });
    console.log(
      `frames (ms): median ${frames[60]!.toFixed(1)}, longest ${frames[119]!.toFixed(1)}`,
    );
    await expect(table.locator('tr[data-place]').last()).toBeVisible();
    expect(frames[60]).toBeLessThan(50); // 16.7 where the machine is quiet.
    expect(await longTasks(page)).toEqual([]);
  },
);

test('nor while a replay plays', { tag }, async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const bars = syntheticBars(60, 2000);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name: bars.name, mimeType: 'text/csv', buffer: Buffer.from(bars.text) });
  await page.locator('button.primary', { hasText: 'Import 1 file' }).click({ timeout: 60_000 });
  await ran(page);
  await page.locator('[data-tab="live"]').click();
  await seen(page, () => document.body.textContent.includes('1,000 curves resampled'));
  await page.locator('input[value="20"]').check();
  await observeLongTasks(page);
  await page.locator('button', { hasText: '▶ Play' }).click();
  await seen(page, () => {
    const slider = document.querySelector<HTMLInputElement>('.player [type="range"]')!;
    return slider.value === slider.max;
  });
  expect(await longTasks(page)).toEqual([]);
});

async function ran(page: Page): Promise<void> {
  await seen(page, () => document.querySelector('[data-dataset=""]') === null);
  await page.locator('button.primary', { hasText: /^\s*Run\s*$/ }).click();
  await shown(page);
}

const shown = (page: Page): Promise<void> =>
  seen(page, () => document.querySelectorAll('#results canvas').length === 5);

/** Waits with hardly a burden on the page: to look for a role or a text takes up to 90 ms of its own thread. */
async function seen(page: Page, condition: () => boolean): Promise<void> {
  await page.waitForFunction(condition, undefined, { polling: 250, timeout: 60_000 });
}

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
