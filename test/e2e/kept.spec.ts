import { type Locator, type Page, expect, test } from '@playwright/test';
import {
  alert,
  axe,
  confirmImport,
  datasetButton,
  dropFiles,
  importFiles,
  loaded,
  open,
  openDataset,
  replaceDataset,
  slips,
  useSample,
} from './lab.ts';
import { syntheticBars } from './synthetic.ts';

const kept = (page: Page): Locator => page.getByRole('region', { name: /^Kept in this browser/ });
const lastTime = (page: Page): Locator => page.getByRole('region', { name: 'Last time' });
async function keep(page: Page): Promise<void> {
  await openDataset(page);
  await kept(page).getByRole('button', { name: 'Keep this dataset' }).click();
}

async function fingerprint(page: Page): Promise<string | null> {
  await loaded(page);
  return datasetButton(page).getAttribute('data-dataset');
}

/** Comes back, as on another day and in another tab; answers what was fetched before anything was pressed. */
async function comeBack(page: Page): Promise<string[]> {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.waitForFunction(() => localStorage.getItem('outsample.dataset') !== null);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await expect(lastTime(page)).toBeVisible();
  return requests;
}

test('what is kept opens again with the same fingerprint, and no engine is fetched before that', async ({
  page,
}) => {
  await open(page);
  await importFiles(page, syntheticBars(3, 300));
  const before = await fingerprint(page);
  await keep(page);
  await expect(kept(page).getByText(/is kept in this browser\.$/)).toBeVisible();
  await expect(kept(page).getByRole('listitem')).toContainText('3 symbols');

  const requests = await comeBack(page);
  expect(requests.filter((url) => /\.wasm|worker|lab-client/.test(url))).toEqual([]);
  await expect(lastTime(page)).toContainText('3 symbols, 900 bars');
  await lastTime(page).getByRole('button', { name: 'Open it' }).click();
  expect(await fingerprint(page)).toBe(before);
  await openDataset(page);
  await expect(kept(page).getByText('(loaded)')).toBeVisible();
  expect(await slips(page)).toEqual([]);
});

test('what is deleted comes back by «Undo»; without it a loaded dataset stays, and the next visit knows', async ({
  page,
}) => {
  await open(page);
  const { name, text } = syntheticBars(2, 300);
  await page
    .getByLabel('Files of a dataset')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }); // Without handles.
  await confirmImport(page);
  await loaded(page);
  await keep(page);
  const remove = kept(page).getByRole('button', { name: /^Delete/ });
  await remove.click();
  await expect(kept(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await remove.click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
  await expect(datasetButton(page)).toContainText('2 symbols');

  await comeBack(page);
  await expect(lastTime(page)).toContainText('It was not kept in this browser');
  await lastTime(page).getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByRole('heading', { name: /^Would it have worked/ })).toBeFocused();
  await expect(lastTime(page)).toHaveCount(0);
});

test('the sample of the last visit is one press away', async ({ page }) => {
  await open(page);
  await useSample(page);
  await comeBack(page);
  await lastTime(page).getByRole('button', { name: 'Open it' }).click();
  await loaded(page);
  await openDataset(page);
  await expect(kept(page)).toHaveCount(0);
});

test('where there is no room, it says so, and nothing is lost', async ({ page }) => {
  await open(page);
  await importFiles(page, syntheticBars(1, 300));
  await loaded(page);
  await keep(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await replaceDataset(page);
  await dropFiles(page, syntheticBars(4, 3000)); // Its columns are known by now.
  await expect(datasetButton(page)).toContainText('4 symbols', { timeout: 60_000 });
  const { origin } = new URL(page.url());
  const devtools = await page.context().newCDPSession(page);
  const quota = (size?: number) =>
    devtools.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(size !== undefined && { quotaSize: size }),
    });
  await quota(100_000);
  await keep(page);
  await expect(alert(page)).toContainText('The browser has no room for the');
  await expect(alert(page)).toContainText('Delete a kept dataset');
  expect(await axe(page)).toEqual([]);
  await expect(datasetButton(page)).toContainText('4 symbols');
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await quota();
  await keep(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(2);
  await expect(alert(page)).toHaveCount(0);
  await kept(page).getByRole('button', { name: 'Open' }).last().click();
  await expect(datasetButton(page)).toContainText('1 symbol ×');
});

/** What stands in the browser’s own file system for kept datasets. */
const storedNames = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of (await root.getDirectoryHandle('datasets')).keys()) names.push(name);
    return names;
  });

test('keeping says how far it is, and a cancel leaves nothing behind', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('outsample.copies', 'off'));
  await page.addInitScript(() => {
    const disk = FileSystemWritableFileStream.prototype;
    const write = Reflect.get(disk, 'write') as (this: unknown, data: unknown) => Promise<void>;
    let writes = 0;
    disk.write = async function (data) {
      writes += 1;
      if (writes === 2)
        await new Promise((resolve) => addEventListener('disk', resolve, { once: true }));
      return write.call(this, data);
    };
  });
  await open(page);
  const { text } = syntheticBars(1, 300);
  await importFiles(
    page,
    ...['AAA', 'BBB', 'CCC'].map((name) => ({
      name: `${name}.csv`,
      text: text.replaceAll('SYN001', name),
    })),
  );
  await loaded(page);
  await keep(page);
  const progress = kept(page).getByRole('progressbar', { name: 'Keeping' });
  await expect(progress).toHaveAttribute('value', '33');
  const cancel = kept(page).getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeFocused();
  expect(await axe(page)).toEqual([]);
  await cancel.click();
  await expect(progress).toHaveAttribute('value', '33');
  await page.evaluate(() => dispatchEvent(new Event('disk')));
  await expect(kept(page).getByText(/^Cancelled: .* is not kept\.$/)).toBeVisible();
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
  expect(await storedNames(page)).toEqual([]);
  await keep(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  expect(await storedNames(page)).toHaveLength(4);
});

test('where the browser has no file system for pages, its database keeps as well', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(StorageManager.prototype, 'getDirectory');
  });
  await open(page);
  await importFiles(page, syntheticBars(2, 300));
  const before = await fingerprint(page);
  await keep(page);
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  for (const again of [1, 2]) {
    await comeBack(page);
    await lastTime(page).getByRole('button', { name: 'Open it' }).click();
    expect(await fingerprint(page), `visit ${again}`).toBe(before);
    await openDataset(page);
    await kept(page)
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(kept(page).getByRole('listitem')).toHaveCount(0);
    await kept(page).getByRole('button', { name: 'Undo' }).click();
    await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  }
  await kept(page)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
  await comeBack(page);
  const left = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('outsample-datasets');
        opening.onsuccess = () => {
          const counting = opening.result.transaction('kept').objectStore('kept').count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  expect(left).toBe(0);
});

test('two tabs that keep, delete and restore one dataset at once do it no harm', async ({
  page,
  context,
}) => {
  const pages = [page, await context.newPage()];
  const both = (act: (page: Page) => Promise<unknown>) => Promise.all(pages.map(act));
  await both(async (page) => {
    await open(page);
    await importFiles(page, syntheticBars(2, 300));
    await loaded(page);
  });
  const before = await fingerprint(page);
  await both(openDataset);
  const items = (count: number) =>
    both((page) => expect(kept(page).getByRole('listitem')).toHaveCount(count));
  const remove = (page: Page) => kept(page).getByRole('button', { name: /^Delete/ });
  const undo = (page: Page) => kept(page).getByRole('button', { name: 'Undo' });
  // Both buttons are found before either is pressed: what one tab does takes the other’s away.
  const pressBoth = async (button: (page: Page) => Locator) => {
    await both((page) => expect(button(page)).toBeEnabled());
    const found = await Promise.all(pages.map((page) => button(page).elementHandle()));
    await Promise.all(found.map((one) => one.evaluate((it) => (it as HTMLElement).click())));
  };

  await pressBoth((page) => kept(page).getByRole('button', { name: 'Keep this dataset' }));
  await items(1);
  await pressBoth(remove);
  await items(0);
  await expect
    .poll(async () => (await Promise.all(pages.map((page) => undo(page).count()))).toSorted())
    .toEqual([0, 1]);
  for (const page of pages) if ((await undo(page).count()) > 0) await undo(page).click();
  await items(1);
  expect(await storedNames(page)).toHaveLength(2);

  // One deletes and leaves for good, while the other keeps.
  await remove(page).click();
  await items(0);
  await page.evaluate(() => sessionStorage.clear());
  await Promise.all([page.reload(), keep(pages[1]!)]);
  await lastTime(page).getByRole('button', { name: 'Open it' }).click();
  expect(await fingerprint(page)).toBe(before);
  await openDataset(page);
  await items(1);
  expect(await storedNames(page)).toHaveLength(2);
});

test('where storage is refused, it says so, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('Storage is off.', 'SecurityError'));
    Object.defineProperty(navigator.storage, 'getDirectory', { value: refuse });
  });
  await open(page);
  await importFiles(page, syntheticBars(1, 300));
  await loaded(page);
  await openDataset(page);
  await expect(kept(page)).toContainText('This browser keeps no data for this page');
  await expect(kept(page).getByRole('button', { name: 'Keep this dataset' })).toHaveCount(0);
});

/** A picker that gives files of the browser’s own file system. */
async function withPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const pick = async () => {
      const root = await navigator.storage.getDirectory();
      return [await root.getFileHandle('prices.csv')];
    };
    Object.defineProperty(window, 'showOpenFilePicker', { value: pick });
  });
}

const write = (page: Page, text: string): Promise<void> =>
  page.evaluate(async (text) => {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle('prices.csv', { create: true });
    const writable = await file.createWritable();
    await writable.write(text);
    await writable.close();
  }, text);

test('files that were not kept are reconnected, and a change in them is told', async ({ page }) => {
  await withPicker(page);
  await open(page);
  const { text } = syntheticBars(1, 300);
  await write(page, text);
  await page.getByRole('button', { name: 'Open files…' }).click();
  await page.getByRole('button', { name: 'Import 1 file' }).click({ timeout: 60_000 });
  const before = await fingerprint(page);

  await comeBack(page);
  await lastTime(page).getByRole('button', { name: 'Reconnect files' }).click();
  expect(await fingerprint(page)).toBe(before);

  await write(page, text.trimEnd().split('\n').slice(0, -10).join('\n'));
  await comeBack(page);
  await lastTime(page).getByRole('button', { name: 'Reconnect files' }).click();
  expect(await fingerprint(page)).not.toBe(before);
  await openDataset(page);
  await expect(kept(page).getByRole('status')).toHaveText('Changed since: prices.csv.');

  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('prices.csv');
  });
  await comeBack(page);
  await lastTime(page).getByRole('button', { name: 'Reconnect files' }).click();
  await expect(alert(page)).toContainText('are no longer where they were');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing scrolls sideways at 360 px: ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await open(page);
    await importFiles(page, syntheticBars(2, 300));
    await loaded(page);
    await keep(page);
    await expect(kept(page).getByRole('listitem')).toHaveCount(1);
    await kept(page).getByRole('button', { name: 'Ask the browser to keep it' }).click();
    await expect(kept(page).getByRole('status')).toHaveText(/browser/);
    expect(await axe(page)).toEqual([]);
    expect(await overflow()).toBe(0);
    await comeBack(page);
    expect(await axe(page)).toEqual([]);
    expect(await overflow()).toBe(0);
  });
}
