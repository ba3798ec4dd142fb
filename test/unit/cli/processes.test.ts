/** The command as processes: what only shows where one is killed, shares a file with others, or has no room for its answer. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fileStorage } from '../../../workers/engines/sqlite-node.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';

const bin = resolve('bin/outsample.mjs');
const bars = resolve('datasets/sp500-2000-2020/SP500.csv');
let folder = '';
beforeAll(() => {
  execFileSync('node', [bin, '--version']); // Builds it, once for all.
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outsample-processes-'));
  const lines = readFileSync(bars, 'utf8').split('\n').slice(0, 100);
  writeFileSync(join(folder, 'SP500.csv'), lines.join('\n'));
});
const folders: string[] = [];
beforeEach(() => void folders.push(folder));
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

const study = (fast: number): string => {
  const path = join(folder, `study-${fast}.json`);
  const strategy = { id: 'moving-average-cross', parameters: { fast, slow: 20 } };
  writeFileSync(path, JSON.stringify({ name: `Cross ${fast}`, strategy }));
  return path;
};

/** Starts the command in the folder, as `shell` says where it is given: "$@" is the command. */
function start(shell: string, ...args: string[]): ChildProcess {
  const command = [process.execPath, bin, ...args];
  return spawn('sh', ['-c', shell, 'sh', ...command], { cwd: folder, stdio: 'pipe' });
}

/** Its code and what it said; its progress is not of interest. */
async function ended(child: ChildProcess): Promise<{ code: number; out: string; err: string }> {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number]>,
  ]);
  const said = err.split('\n').filter((line) => !line.startsWith('{"progress"'));
  expect(err).not.toMatch(/\n\s+at .*:\d+/); // No stack.
  return { code, out, err: said.join('\n') };
}

async function trials(): Promise<number> {
  const stored = await fileStorage(join(folder, 'l.sqlite')).read();
  const database = (await startSqlite()).open(stored?.bytes ?? null);
  return Number(database.rows({ text: 'SELECT count(*) AS n FROM trials' }, {})[0]?.['n']);
}
const link = (fast: number): string[] => [
  ...['link', study(fast), '--data', 'SP500.csv', '--ledger', 'l.sqlite'],
  ...['--file', 'run.outsample'],
];
const leftovers = (): string[] => readdirSync(folder).filter((name) => /\.(part|lock)$/.test(name));

it('a ledger that many share counts every trial', async () => {
  const all = [2, 3, 4].map((fast) => ended(start('exec "$@"', ...link(fast))));
  for (const { code } of await Promise.all(all)) expect(code).toBe(0);
  expect(await trials()).toBe(3);
  expect(leftovers()).toEqual([]);
}, 600_000);

it('what a killed command leaves is swept by the next, which loses no trial', async () => {
  expect((await ended(start('exec "$@"', ...link(2)))).code).toBe(0);
  for (const fast of [3, 4, 5]) {
    const child = start('exec "$@"', ...link(fast));
    while (leftovers().length === 0 && child.exitCode === null) await pause(1);
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  expect((await ended(start('exec "$@"', ...link(6)))).code).toBe(0);
  expect(await trials()).toBeGreaterThanOrEqual(2);
  expect(leftovers()).toEqual([]);
}, 600_000);

it('a reader that has enough ends nothing; an answer without a place is said to be lost', async () => {
  expect(await ended(start('{ "$@"; echo $? >&2; } | head -c 9', 'example'))).toEqual({
    code: 0,
    out: '{\n  "size',
    err: '0\n',
  });
  const { code, err } = await ended(start('"$@" > /dev/full', 'example'));
  expect(code).toBe(2);
  expect(JSON.parse(err)).toMatchObject({
    error: { problem: 'The answer could not be written to standard output (ENOSPC).' },
  });
  expect(await ended(start('"$@" > /dev/full 2> /dev/full', 'example'))).toMatchObject({ code: 2 });
});

it.each([
  ['schema', 0],
  ['example', 0],
  ['example --list', 0],
  ['--help', 0],
  ['run --help', 0],
  ['--version', 0],
  ['run study-5.json --data SP500.csv', 0],
  ['run study-5.json --data SP500.csv --json', 0],
  ['metrics study-5.json --data SP500.csv', 0],
  ['link study-5.json --data SP500.csv', 0],
  ['report study-5.json --data SP500.csv --no-audit --out -', 0],
  ['run nowhere.json', 2],
  ['no-such-command', 2],
])('ends with its own code and without a word where nobody reads: %s', async (command, code) => {
  study(5);
  // The reader is gone before the first byte; what both streams hold goes nowhere.
  const shell = '{ { sleep 0.2; "$@"; echo $? >&3; } 2>&1 | true; } 3>&1';
  const found = await ended(start(shell, ...command.split(' ')));
  expect(found).toEqual({ code: 0, out: `${code}\n`, err: '' });
  // Or standard output alone: standard error has sentences, and no stack.
  const apart = await ended(start('"$@" | true', ...command.split(' ')));
  expect(apart.err).not.toContain('EPIPE');
});

it('a report that finds no room leaves the one before', async () => {
  const report = join(folder, 'report.html');
  writeFileSync(report, 'of yesterday');
  const args = ['report', study(2), '--data', 'SP500.csv', '--no-audit'];
  const { code, err } = await ended(start('ulimit -f 24; exec "$@"', ...args));
  expect(code).toBe(2);
  expect(err).toContain('report.html: This file cannot be written (EFBIG).');
  expect(readFileSync(report, 'utf8')).toBe('of yesterday');
  expect(leftovers()).toEqual([]);
}, 600_000);

it('names of files and studies stand on their lines', async () => {
  const path = join(folder, 'named.json');
  const name = 'Cross\n  Total return  900 %\u001b[2K\u202e';
  writeFileSync(path, JSON.stringify({ name, strategy: { id: 'buy-and-hold' } }));
  const { out } = await ended(start('"$@"', 'run', path, '--data', 'SP500.csv'));
  expect(out.split('\n')[0]).toContain(
    String.raw`Cross\n  Total return  900 %\u001b[2K\u202e — buy-and-hold`,
  );
  const json = await ended(start('"$@"', 'run', path, '--data', 'SP500.csv', '--json'));
  expect(json.out).not.toMatch(/[^\P{C}\n]/u); // Nothing that a terminal acts on.
  expect(JSON.parse(json.out)).toMatchObject({ name });
}, 600_000);
