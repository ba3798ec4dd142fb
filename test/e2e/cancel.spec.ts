import { writeFileSync } from 'node:fs';
import { type Page, expect, test } from '@playwright/test';
import {
  datasetButton,
  digests,
  importFiles,
  field,
  finished,
  loaded,
  open,
  replaceDataset,
  run,
  runButton,
  unfold,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

/** Large enough that a run takes more than a second, of which each cancel below comes early. */
const large = syntheticBars(400, 2500);
const limit = 500;

const tag = '@timed';

test(
  'cancel gives the page back within 500 ms, and the next run has the same digests',
  { tag },
  async ({ page }) => {
    test.setTimeout(300_000);
    await open(page);
    await importFiles(page, large);
    await loaded(page);
    await run(page);
    const whole = await digests(page);

    await unfold(page, 'Panic Score');
    for (const [bars, wait, how] of [
      [110, 20, 'button'],
      [120, 100, 'Escape'],
      [130, 180, 'button'],
    ] as const) {
      // Another window each time, so that no feature of a run before can be reused.
      await field(page, 'z-score window').fill(String(bars));
      await runButton(page).click();
      const progress = page.getByRole('progressbar', { name: 'Run' });
      await expect(progress).toBeVisible();
      await page.waitForTimeout(wait);
      const label = await page.locator('progress').locator('..').innerText();
      const time = await cancelled(page, how);
      const at = label.replaceAll('\n', ' ');
      console.log(`cancelled by ${how} at “${at}”: idle after ${time.toFixed(0)} ms`);
      expect(time).toBeLessThan(limit);
      await expect(page.getByText('Cancelled. Nothing was changed.')).toBeVisible();
    }

    await field(page, 'z-score window').fill('90');
    await runButton(page).click();
    await finished(page);
    expect(await digests(page)).toEqual(whole);
  },
);

test('cancel of an import keeps the dataset before', async ({ page }, info) => {
  test.setTimeout(180_000);
  await open(page);
  await importFiles(page, syntheticBars(2, 300));
  await loaded(page);
  await replaceDataset(page);
  const path = info.outputPath(large.name);
  writeFileSync(path, large.text);
  await page.getByLabel('Files of a dataset').setInputFiles(path); // Its columns are known by now.
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Import cancelled.')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(datasetButton(page)).toContainText('2 symbols');
  await run(page);
});

/** Milliseconds from the key or click to a page that is idle, measured in the page itself. */
function cancelled(page: Page, how: 'button' | 'Escape') {
  return page.evaluate(
    (how) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const cancel = [...document.querySelectorAll('button')].findLast(
          ({ textContent }) => textContent.trim() === 'Cancel',
        );
        if (how === 'button') cancel?.click();
        else dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
        const look = () => {
          if (document.querySelector('progress') === null) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
    how,
  );
}
