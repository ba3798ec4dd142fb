/** The command, raylets and a folder for a test, all of which end with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export const bin = resolve('bin/outsample.mjs');
export const bars = resolve('datasets/sp500-2000-2020/SP500.csv');
const python = process.env['OUTSAMPLE_PYTHON'] ?? 'python3';

/** A folder with a study of 24 trials. Its name is in the environment of every process of the test. */
export function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outsample-cluster-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const strategy = { id: 'moving-average-cross', parameters: { slow: 60 } };
  writeFileSync(join(folder, 'study.json'), JSON.stringify({ name: 'Cross', strategy }));
  return folder;
}

export const searching = (folder: string): string[] => [
  ...['search', join(folder, 'study.json'), '--data', bars],
  ...['--vary', 'fast=4:26:12', '/exits/stop=off,2'],
];

const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  RAY_USAGE_STATS_ENABLED: '0',
  OUTSAMPLE_CACHE: join(folder, 'cache'),
  OUTSAMPLE_TEST: folder,
});

/** Starts a command; it is not waited for. */
export const start = (folder: string, command: string, ...args: string[]): ChildProcess =>
  spawn(command, args, { cwd: folder, stdio: 'pipe', env: environment(folder) });

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export async function ended(child: ChildProcess): Promise<Ended> {
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, out, err };
}

export const outsample = (folder: string, ...args: string[]): Promise<Ended> =>
  ended(start(folder, process.execPath, bin, ...args));

/** The command as nodes call it, which notes each start. */
export function noting(folder: string): {
  readonly command: string;
  readonly starts: () => string[];
} {
  const [command, notes] = [join(folder, 'noting.sh'), join(folder, 'starts')];
  writeFileSync(notes, '');
  writeFileSync(
    command,
    `#!/bin/sh\necho "$*" >> '${notes}'\nexec '${process.execPath}' '${bin}' "$@"\n`,
  );
  chmodSync(command, 0o755);
  return { command, starts: () => readFileSync(notes, 'utf8').split('\n').slice(0, -1) };
}

/** A Ray cluster of so many raylets, with so many cores each; `kill` ends the newest, as if its machine were gone. */
export async function raylets(
  folder: string,
  count: number,
  cores = 1,
): Promise<{ readonly address: string; readonly kill: () => Promise<void> }> {
  const child = start(
    folder,
    python,
    resolve('test/cluster/raylets.py'),
    String(count),
    String(cores),
  );
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const told = async (): Promise<Readonly<Record<string, unknown>>> => {
    for (;;) {
      const { done, value } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done === true)
        throw new Error(`The raylets did not come up: ${await text(child.stderr!)}`);
      if (value.startsWith('{')) return JSON.parse(value) as Readonly<Record<string, unknown>>;
    }
  };
  onTestFinished(async () => {
    const closed = once(child, 'close');
    child.stdin!.end();
    await closed;
  });
  const { address } = await told();
  return {
    address: String(address),
    kill: async () => {
      child.stdin!.write('kill\n');
      await told();
    },
  };
}

/** Commands of processes that work for the test's folder and are no part of its Ray. */
export const working = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`OUTSAMPLE_TEST=${folder}`))
          return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return /outsample_ray|--shard /.test(command) ? [command] : [];
      } catch {
        return []; // It has ended, or is another user's.
      }
    });

/** Files of a folder with what they hold. */
export const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  );
