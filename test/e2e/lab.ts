import AxeBuilder from '@axe-core/playwright';
import {
  type APIResponse,
  type Locator,
  type Page,
  type Route,
  type Worker,
  expect,
} from '@playwright/test';

/** What a test does on the page, in the words of someone who uses it. */
export const runButton = (page: Page): Locator =>
  page.getByRole('button', { name: /^(Run|Running)$/ });
export const results = (page: Page): Locator => page.locator('#results');
export const alert = (page: Page): Locator => page.getByRole('alert');

export async function open(page: Page): Promise<void> {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'Outsample' })).toBeVisible();
}

export const datasetButton = (page: Page): Locator =>
  page.getByRole('button', { name: /^Dataset: / });

/** The sheet with what is known of the dataset, and the ways to another one. */
export async function openDataset(page: Page): Promise<Locator> {
  const sheet = page.getByRole('dialog', { name: 'Dataset' });
  if (!(await sheet.isVisible())) await datasetButton(page).click();
  await expect(sheet).toBeVisible();
  return sheet;
}

export async function useSample(page: Page): Promise<void> {
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'Use the sample' }).click();
  await loaded(page);
}

/** The engine is 34 MB and takes seconds to start; the sheet gives way once a dataset is there. */
export async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole('dialog', { name: 'Dataset' })).toHaveCount(0, { timeout: 60_000 });
  await expect(datasetButton(page)).toHaveAttribute('data-dataset', /^[0-9a-f]{64}$/, {
    timeout: 60_000,
  });
}

/** The next files take the place of what is loaded. */
export async function replaceDataset(page: Page): Promise<void> {
  const sheet = await openDataset(page);
  await sheet.getByRole('button', { name: 'Replace' }).click();
}

const settings = (page: Page): Locator => page.getByRole('complementary', { name: 'Study' });

export interface File {
  readonly name: string;
  readonly text: string;
}

export async function dropFiles(page: Page, ...files: readonly File[]): Promise<void> {
  const transfer = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, text } of files) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.locator('body').dispatchEvent('drop', { dataTransfer: transfer });
}

/** Takes what the page understood of the files. */
export const confirmImport = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Import \d+ files?$/ }).click({ timeout: 60_000 });

export async function importFiles(page: Page, ...files: readonly File[]): Promise<void> {
  await dropFiles(page, ...files);
  await confirmImport(page);
}

export async function run(page: Page): Promise<void> {
  await runButton(page).click();
  await finished(page);
}

export async function finished(page: Page): Promise<void> {
  await expect(page.getByText(/^Run finished:/)).toBeVisible({ timeout: 60_000 });
  await expect(charts(page)).toHaveCount(5);
}

/** Drawings of the results. */
export const charts = (page: Page): Locator => page.locator('#results canvas');

/** All that a locator finds, once it finds any: by itself Playwright reads lists as they stand, empty where they are still made. */
export async function presentOf(found: Locator): Promise<readonly Locator[]> {
  await expect(found.first()).toBeAttached();
  return found.all();
}

/** Their texts, of which there is at least one. */
export async function textsOf(found: Locator): Promise<readonly string[]> {
  await expect(found.first()).toBeAttached();
  return found.allInnerTexts();
}

export async function digests(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of ['trades', 'equity', 'metrics', 'dataset']) {
    const code = results(page).locator(`[data-of="${name}"] code`);
    found[name] = (await code.getAttribute('data-digest')) ?? '';
  }
  return found;
}

/** A setting's field. */
export const field = (page: Page, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true });

/** A group of settings, all of which are shown for it. */
export async function unfold(page: Page, group: string): Promise<void> {
  await settings(page).getByRole('radio', { name: 'All' }).check();
  await settings(page)
    .locator('summary', { hasText: new RegExp(`^\\s*${group}`) })
    .click();
}

/** A section of the run's results. */
export const unfoldResult = (page: Page, title: string): Promise<void> =>
  results(page)
    .locator('summary', { hasText: new RegExp(`^\\s*${title}`) })
    .click();

export async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

interface AxeResults {
  /** As short lines. */
  readonly violations: readonly string[];
  /** How many places a rule was tried at, and held. */
  readonly passes: (rule: string) => number;
}

export async function axeResults(page: Page): Promise<AxeResults> {
  await settled(page);
  // Legacy mode leaves frames of other origins out, of which there are none, and takes a third less time.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return {
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    ),
    passes: (rule) =>
      passes.filter(({ id }) => id === rule).reduce((sum, { nodes }) => sum + nodes.length, 0),
  };
}

/** Once colours have ended to fade into one another: of a change just made they begin with the next frame. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** What axe finds, as short lines. */
export const axe = async (page: Page): Promise<readonly string[]> =>
  (await axeResults(page)).violations;

/** Chooses what tables are saved as, by the ending of a file's name. */
/** Wide and narrow, in light and dark: axe finds nothing, and nothing stands over the edge. */
export async function fitsEverywhere(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [1280, 360])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 760 });
      await page.emulateMedia({ colorScheme });
      expect(await axe(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    }
}

export async function saveAs(page: Page, name: string): Promise<void> {
  const word = { csv: 'CSV', parquet: 'Parquet', arrow: 'Arrow' }[name.split('.').at(-1)!]!;
  await page.getByRole('radio', { name: word, exact: true }).check();
}

/** What the host answers, asked again where it has just closed the connection, as browsers do by themselves. */
export const answerOf = async (route: Route): Promise<APIResponse> =>
  route.fetch({ maxRetries: 3 });

/** Words that must never reach the screen. */
export async function slips(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return text.match(/\bNaN\b|\bInfinity\b|\bundefined\b|\[object Object\]/g) ?? [];
}

/** The newest worker of a kind, once it is there. */
export async function workerOf(page: Page, kind: string): Promise<Worker> {
  for (;;) {
    const names = await Promise.all(page.workers().map((one) => one.evaluate(() => self.name)));
    const found = page.workers()[names.findLastIndex((name) => name.startsWith(kind))];
    if (found !== undefined) return found;
    await page.waitForTimeout(100);
  }
}
