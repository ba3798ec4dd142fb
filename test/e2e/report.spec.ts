import { type Page, expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { axeResults, open, run, slips, useSample } from './lab.ts';

const execute = promisify(execFile);
let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outsample-report-'));
  example = undefined;
});
test.afterAll(() => rm(folder, { recursive: true }));

/** `outsample report` on the bundled dataset; the path of what it wrote. */
async function written(name: string, study: string, ...options: string[]): Promise<string> {
  const [from, to] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
  await writeFile(from, study);
  await execute('node', ['bin/outsample.mjs', 'report', from, '--out', to, ...options]);
  return to;
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The report of the example study; made once, for all that look at it. */
let example: Promise<string> | undefined;
async function exampleReport(): Promise<string> {
  const { stdout } = await execute('node', ['bin/outsample.mjs', 'example']);
  return pathToFileURL(await written('harvester', stdout, '--no-audit')).href;
}

test.describe('the command’s report', () => {
  let address = '';
  test.beforeEach(async ({ page }) => {
    address = await (example ??= exampleReport());
    await page.goto(address);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      test(`is readable for all: ${colorScheme}, ${width} px wide`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page)).toBe(0);
        const { violations, passes } = await axeResults(page);
        expect(violations).toEqual([]);
        expect(passes('color-contrast')).toBeGreaterThan(100);
      });
    }
  }

  test('says what it holds, fits on paper and asks for nothing', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    await page.reload();
    await expect(page).toHaveTitle(/ – Outsample report$/);
    await expect(page.getByRole('img', { name: 'Equity against buy & hold' })).toBeVisible();
    await expect(page.getByRole('row', { name: /^2014 / })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Entry price' })).toBeVisible();
    expect(await slips(page)).toEqual([]);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.locator('body')).toHaveCSS('color', 'rgb(27, 31, 36)');
    // Between margins of 14 mm an A4 page is 182 by 269 mm: the curve is on the first.
    await page.setViewportSize({ width: 688, height: 1016 });
    const curve = await page.getByRole('img', { name: 'Equity against buy & hold' }).boundingBox();
    expect(curve!.y + curve!.height).toBeLessThan(1016);
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = (await page.pdf({ format })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(3);
    }
    expect(asked).toEqual([address]);
    expect(faults).toEqual([]);
  });
});

test('page and command write the same bytes', async ({ page, context }) => {
  await open(page);
  await useSample(page);
  await run(page);
  await page.getByRole('tab', { name: 'Share' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download report' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('report.html');
  const ours = await readFile(await download.path(), 'utf8');

  const paper = await context.newPage();
  await paper.setContent(ours);
  const study = (await paper.locator('details pre').textContent()) ?? '';
  const address = page.url().replace(/#.*$/, '');
  const theirs = await written('same', study, '--no-audit', '--page', address);
  expect(await readFile(theirs, 'utf8')).toBe(ours);
});

test('charts leave the page as SVG and PNG that stand alone, tables as CSV, Parquet and Arrow', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await open(page);
  await useSample(page);
  await run(page);
  const saved = async (name: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ]);
    return {
      name: download.suggestedFilename(),
      bytes: await readFile(await download.path()),
    };
  };

  const svg = await saved('Save “Equity” as SVG');
  const drawing = svg.bytes.toString('utf8');
  expect(svg.name).toBe('equity.svg');
  expect(drawing).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(drawing).not.toMatch(/var\(|oklab|currentColor|class=|NaN|undefined/);
  expect(drawing).toContain('<title>Equity</title>');
  expect(drawing).toContain('Buy &amp; hold</text>');
  expect(drawing).toContain('stroke="rgb(0,114,178)"');

  const png = await saved('Save “Equity” as PNG');
  expect(png.name).toBe('equity.png');
  expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  const width = Number(/ width="([\d.]+)"/.exec(drawing)?.[1]);
  expect(png.bytes.readUInt32BE(16)).toBe(Math.round(2 * width));
  expect(png.bytes.length).toBeGreaterThan(10_000); // A blank one has a few hundred bytes.

  await page.getByText('The same as a table, by year').click();
  const csv = await saved('Save the years as CSV');
  expect(csv.name).toBe('years.csv');
  expect(csv.bytes.toString('utf8')).toMatch(/^year,sessions,equity,change.*\r\n2014,252,/);
  for (const [format, ending, beginning] of [
    ['Parquet', 'parquet', 'PAR1'],
    ['Arrow', 'arrow', 'ARROW1'],
  ]) {
    const file = await saved(`Save the years as ${format}`);
    expect(file.name).toBe(`years.${ending}`);
    expect(file.bytes.toString('latin1')).toMatch(new RegExp(`^${beginning}`));
  }
  expect(refused).toEqual([]);
});
