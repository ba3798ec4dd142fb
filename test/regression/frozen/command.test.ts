/** What the command prints and writes, byte for byte: a change of a word or a format shows here as a difference of text. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/digest.ts';
import { outsample } from '../../unit/cli/outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-frozen-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const bars = 'datasets/us-indices-2014-2018/bars.csv';

const study = (name: string, content: object): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const harvester = study('harvester', { size: { rule: 'atr-risk' } });
const cross = study('cross', {
  name: 'Cross',
  strategy: { id: 'moving-average-cross' },
  validation: { walkForward: { train: 24, test: 12, minimumTrades: 1 } },
});

const asked: Readonly<Record<string, readonly string[]>> = {
  help: ['--help'],
  'help-run': ['run', '--help'],
  'help-audit': ['audit', '--help'],
  examples: ['example', '--list'],
  run: ['run', harvester],
  'run-all-metrics': ['run', harvester, '--all-metrics', '--out', join(folder, 'run')],
  'run-backtesting.py': ['run', cross, '--data', bars, '--convention', 'backtesting.py'],
  search: ['search', harvester, ...varied('search')],
  'walk-forward': ['walk-forward', cross, '--data', bars, ...crossed('walk-forward')],
  learning: ['walk-forward', harvester, '--vary', 'entryThreshold=2:3:2', '--learn'],
  audit: ['audit', cross, '--data', short(), '--no-search'],
  metrics: ['metrics', harvester],
  link: ['link', harvester],
  'not-a-price': ['run', harvester, '--data', faulty()],
};

function varied(out: string): string[] {
  return ['--vary', 'entryThreshold=2:4:3', '/exits/stop=1,off', '--out', join(folder, out)];
}
function crossed(out: string): string[] {
  return ['--vary', 'fast=10,20', 'slow=50,100', '--cross-validation', '--out', join(folder, out)];
}
/** Few bars: the look-ahead audit replays every one of them. */
function short(): string {
  const path = join(folder, 'SHORT.csv');
  const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
  writeFileSync(path, lines.slice(0, 90).join('\n'));
  return path;
}
function faulty(): string {
  const path = join(folder, 'faulty.csv');
  writeFileSync(path, 'date,open,high,low,close\n2020-01-02,1,2,0.5,x\n');
  return path;
}

/** Standard output, and of standard error what is no progress; without what differs between runs: folders and durations. */
const words = ({ out, err }: { readonly out: string; readonly err: string }): string =>
  [...err.split('\n').filter((line) => line !== '' && !line.startsWith('{"progress"')), out]
    .join('\n')
    .replaceAll(folder, '.')
    .replaceAll(/(duration_seconds\{.*\}) \S+/g, '$1 …');

it.each(Object.entries(asked))(
  '%s',
  async (name, args) => {
    await expect(words(await outsample(...args))).toMatchFileSnapshot(`command/${name}.txt`);
  },
  120_000,
);

it.each(['run', 'search', 'walk-forward'])('files of %s: name, SHA-256, head', async (name) => {
  const files = readdirSync(join(folder, name))
    .sort()
    .map((file) => {
      const bytes = readFileSync(join(folder, name, file));
      const head = bytes.toString('utf8').split('\r\n').slice(0, 3).join('\n');
      return `${file} ${sha256Hex(bytes)}\n${head}\n`;
    });
  await expect(files.join('\n')).toMatchFileSnapshot(`command/files-of-${name}.txt`);
});

it('a link that was printed is verified', async () => {
  const link = (await outsample('link', harvester)).out.trim();
  await expect(words(await outsample('verify', link))).toMatchFileSnapshot('command/verify.txt');
});

it('the report', async () => {
  const { out } = await outsample('report', cross, '--data', bars, '--no-audit', '--out', '-');
  await expect(out).toMatchFileSnapshot('command/report.html');
});
