/** The command's threads in a process of its own: that it ends, and when it is told to. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outsample } from './outsample.ts';

const bin = resolve('bin/outsample.mjs');
const folder = mkdtempSync(join(tmpdir(), 'outsample-workers-'));
const study = join(folder, 'study.json');
beforeAll(() => {
  execFileSync('node', [bin, '--version']); // Builds it.
  writeFileSync(study, JSON.stringify({ strategy: { id: 'moving-average-cross' } }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** So many trials over 2,516 bars: from 795 on they are done by threads. */
const searching = (trials: number, workers: number): readonly string[] => [
  ...['search', study, '--method', 'random', '--trials', String(trials), '--json'],
  ...['--vary', '/exits/stop=0.5:6', '/exits/target=1:9', '--workers', String(workers)],
];
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

it('ends with the same answer, with threads and without', async () => {
  const [alone, threaded] = await Promise.all(
    [1, 2].map(async (workers) => {
      const child = start(searching(1000, workers));
      child.stderr!.resume();
      const [out, [code]] = await Promise.all([text(child.stdout!), once(child, 'close')]);
      expect(code).toBe(0);
      return out;
    }),
  );
  expect(threaded).toBe(alone);
}, 300_000);

it('ends soon after Ctrl+C, with the trials that are finished', async () => {
  const child = start(searching(20_000, 2));
  const out = text(child.stdout!);
  const closed = once(child, 'close');
  for await (const said of child.stderr!) if (/Trial \d{4,} of/.test(String(said))) break;
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
  const found = JSON.parse(await out) as { candidates: unknown[]; asked: number };
  expect(found.candidates.length).toBeGreaterThanOrEqual(1000);
  expect(found.candidates.length).toBeLessThan(found.asked);
}, 300_000);

it('refuses a number of workers that makes no sense', async () => {
  for (const workers of ['0', '1.5', '-2', 'many']) {
    const { code, err } = await outsample('search', study, `--workers=${workers}`);
    expect(code).toBe(2);
    expect(err).toContain('Give a whole number from 1 to 999.');
  }
});
