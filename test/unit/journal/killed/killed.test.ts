/** A save that is cut off between any two steps leaves the journal of before or the new one, whole, and the next save goes through. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, bundleFolder } from '../../../../scripts/load-bundled.mjs';
import { fileStorage } from '../../../../workers/engines/sqlite-node.ts';
import {
  type JournalStorage,
  memoryStorage,
} from '../../../../workers/services/journal/storage.ts';
import { journalOn, runAt, said } from '../journals.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-killed-'));
const program = bundleFolder('writer');
afterAll(() => {
  for (const one of [folder, program]) rmSync(one, { recursive: true, force: true });
});
const preload = pathToFileURL(resolve('test/unit/journal/killed/at-step.mjs')).href;
const [before, after] = ['before', 'after'].map((name) => join(folder, name)) as [string, string];

beforeAll(async () => {
  await bundle('test/unit/journal/killed/writer.ts', program);
  const storage = memoryStorage();
  const journal = journalOn(storage);
  for (const [minute, path] of [
    [1, before],
    [2, after],
  ] as const) {
    await said(journal.recordRun(runAt(minute)));
    if (minute === 1) await said(journal.protect(null, 'passphrase'));
    writeFileSync(path, (await storage.read())!.bytes);
  }
}, 60_000);

/** Writes `after` over `before` in a process of its own; what it printed. */
const written = (path: string, how: string, step: number): Promise<string> =>
  new Promise((resolve) => {
    const env = { ...process.env, HOW: how, AT_STEP: String(step) };
    const args = ['--import', preload, join(program, 'main.mjs'), path, after];
    execFile(process.execPath, args, { env }, (_, out) => resolve(out));
  });

function fresh(name: string): string {
  const path = join(mkdtempSync(join(folder, 'at-')), name);
  writeFileSync(path, readFileSync(before));
  return path;
}

const together = 4;

/** A lock that a killed process has left, so old that it is taken. */
async function age(lock: string): Promise<void> {
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo).catch(() => undefined);
}

describe('a command', () => {
  it.each(['KILL', 'FULL'])(
    'that meets its end at any step (%s) loses nothing',
    async (how) => {
      const steps = Number(await written(fresh('j.sqlite'), how, 0));
      expect(steps).toBeGreaterThan(15);
      const outcomes = new Set<string>();
      const all = Array.from({ length: steps }, (_, i) => i + 1);
      for (let from = 0; from < steps; from += together)
        await Promise.all(
          all.slice(from, from + together).map(async (step) => {
            const path = fresh('j.sqlite');
            await written(path, how, step);
            const found = readFileSync(path);
            const which = [before, after].filter((one) => readFileSync(one).equals(found));
            expect(which, `step ${step}`).toHaveLength(1);
            outcomes.add(which[0]!);
            await age(`${path}.lock`);
            const next = fileStorage(path);
            await next.exclusively(() => next.write(Buffer.from('next')));
            expect(readFileSync(path, 'utf8')).toBe('next');
            expect(readdirSync(dirname(path)), `step ${step}`).toEqual(['j.sqlite']);
          }),
        );
      expect(outcomes.size).toBe(2);
    },
    120_000,
  );
});

describe('a page', () => {
  const steps = ['stamp', 'read', 'write', 'seen', 'remember'] as const;

  it.each(steps)('whose storage fails at “%s” loses nothing', async (step) => {
    const storage = memoryStorage();
    await storage.write(readFileSync(before));
    let fails = false;
    const failing: JournalStorage = {
      ...storage,
      [step]: (...given: readonly never[]) =>
        fails
          ? Promise.reject(new Error('The disk is gone.'))
          : (storage[step] as (...all: readonly never[]) => unknown)(...given),
    };
    const journal = journalOn(failing);
    await said(journal.unlock('passphrase'));
    await storage.write(readFileSync(before)); // By another tab, so that every step is taken.
    fails = true;
    const { ok } = await journal.recordRun(runAt(3));
    fails = false;
    if (!ok) await said(journal.recordRun(runAt(3))); // The page keeps what was refused, and tries again.
    await said(journal.open());
    const other = journalOn(storage);
    await said(other.unlock('passphrase'));
    expect((await said(other.runs(10, 0))).total).toBe(2);
  });

  it.each(steps)(
    'whose worker ends while its storage hangs at “%s” finds what was kept',
    async (step) => {
      const storage = memoryStorage();
      await storage.write(readFileSync(before));
      let hangs = false;
      let hung = (): void => undefined;
      const isHung = new Promise<void>((resolve) => (hung = resolve));
      const hanging: JournalStorage = {
        ...storage,
        exclusively: (work) => work(), // The browser frees the lock of a worker that has ended.
        [step]: (...given: readonly never[]) => {
          if (!hangs) return (storage[step] as (...all: readonly never[]) => unknown)(...given);
          hung();
          return new Promise(() => undefined);
        },
      };
      const journal = journalOn(hanging);
      await said(journal.unlock('passphrase'));
      await storage.write(readFileSync(before)); // By another tab, so that every step is taken.
      hangs = true;
      void journal.recordRun(runAt(3));
      await isHung;
      const next = journalOn(storage);
      await said(next.unlock('passphrase'));
      await said(next.recordRun(runAt(3)));
      expect((await said(next.runs(10, 0))).total).toBe(2);
    },
  );
});
