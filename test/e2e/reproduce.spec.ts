import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import manifest from '../../datasets/manifest.json' with { type: 'json' };
import { digests, open, openDataset, results, run, unfoldResult, useSample } from './lab.ts';

test('the command computes the digests that the page shows', async ({ page }, info) => {
  test.setTimeout(180_000);
  await open(page);
  await useSample(page);
  await run(page);
  await unfoldResult(page, 'Digests');
  const download = page.waitForEvent('download');
  await results(page).getByRole('button', { name: 'study.json' }).click();
  const study = info.outputPath('study.json');
  await (await download).saveAs(study);

  const folder = 'datasets/us-indices-2014-2018';
  const files = ['--data', `${folder}/bars.csv`, '--macro', `${folder}/macro.csv`];
  const output = execFileSync('node', ['bin/outsample.mjs', 'run', study, ...files, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const command = JSON.parse(output) as { digests: Record<string, string> };
  expect(await digests(page)).toMatchObject(command.digests);
});

test('a packed sample is the file of the manifest, where the host takes .gz for an encoding too', async ({
  page,
}) => {
  const packed = manifest.find(({ id }) => id === 'synthetic-2014-2023')!;
  await open(page);
  await openDataset(page);
  await page
    .getByRole('combobox', { name: /data that come with the page/ })
    .selectOption(packed.title);
  await useSample(page);
  await openDataset(page);
  await page.getByText('Files, columns and symbols').click();
  for (const { path, sha256 } of packed.files) {
    const file = page.locator('.file', { hasText: path.replace(/^.*\//, '') });
    await expect(file.locator('code')).toHaveAttribute('data-digest', sha256);
  }
});
