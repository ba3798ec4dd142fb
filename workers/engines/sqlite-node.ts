import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { LabError } from '../../src/domain/errors.ts';
import type { Seen } from '../services/journal/rollback.ts';
import { type JournalStorage, oneAtATime } from '../services/journal/storage.ts';
import {
  checkWritable,
  notAFile,
  nullIfMissing,
  orUnwritable,
  writeWhole,
} from './whole-files-node.ts';

/** Room on disk, in bytes, that a visit’s trials may take beside what is kept. */
const room = 65_536;

/**
 * One file, replaced whole, that many processes share: a folder beside it, `….lock`, is who has it. What cannot be kept
 * is refused with a LabError that names the file, and not held in memory in its place. `memory` is a folder for what was
 * seen last of encrypted ones.
 */
export function fileStorage(
  path: string,
  memory?: string,
): JournalStorage & { check(): Promise<void> } {
  const queue = oneAtATime();
  const stamp = async () => {
    const found = await stat(path, { bigint: true }).catch(nullIfMissing);
    return found === null ? null : `${found.ino} ${found.size} ${found.mtimeNs}`;
  };
  /** What stood there when the lock was had. */
  let before: string | null = null;
  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await lock(path);
    try {
      before = await stamp();
      return await work();
    } finally {
      await release();
    }
  };
  const again = async <T>(work: () => Promise<T>, tries: number): Promise<T> => {
    try {
      return await locked(work);
    } catch (error) {
      if (!(error instanceof Overtaken) || tries === 1) throw error;
      return again(work, tries - 1);
    }
  };
  return {
    exclusively: (work) => queue(() => again(work, 5)),
    stamp,
    read: async () => {
      const found = await stat(path).catch(nullIfMissing);
      if (found?.isFile() === false && !found.isDirectory()) throw notAFile(path);
      const bytes = await orUnwritable(path, () => readFile(path).catch(nullIfMissing));
      return bytes === null ? null : { bytes, stamp: (await stamp()) ?? '' };
    },
    write: async (bytes) => {
      if ((await stamp()) !== before) throw new Overtaken(path);
      await writeWhole([{ path, content: bytes }]);
      return (before = (await stamp()) ?? '');
    },
    watch: () => undefined,
    lockOthers: () => undefined,
    seen: () => (memory === undefined ? Promise.resolve(null) : seenAt(memory, path)),
    remember: async (seen) => {
      if (memory !== undefined) await rememberAt(memory, path, seen);
    },
    /** Throws where a write would: before the work, so that it is not done in vain. */
    check: () => queue(() => locked(() => checkWritable(path, room))),
  };
}

/** By the file’s place, so that another file there is noticed. */
async function noteOf(memory: string, path: string): Promise<string> {
  const place = createHash('sha256')
    .update(await realpath(path))
    .digest('hex');
  return join(memory, `journal-${place.slice(0, 32)}.json`);
}

async function seenAt(memory: string, path: string): Promise<Seen | null> {
  try {
    return JSON.parse(await readFile(await noteOf(memory, path), 'utf8')) as Seen;
  } catch {
    return null; // There is none yet, or it is damaged.
  }
}

async function rememberAt(memory: string, path: string, seen: Seen | null): Promise<void> {
  const note = await noteOf(memory, path);
  if (seen === null) return rm(note, { force: true });
  await mkdir(memory, { recursive: true, mode: 0o700 });
  await writeWhole([{ path: note, content: JSON.stringify(seen) }]);
}

/**
 * Two can hold a lock whose owner was halted, or was killed while both waited for it. The later of them finds another
 * file than it read, and reads anew.
 */
class Overtaken extends LabError {
  constructor(file: string) {
    super({
      kind: 'usage',
      problem: 'Another program changed this file at the same time.',
      remedy: 'Run this again.',
      place: { file },
    });
  }
}

/** Longest rest, in ms, that a living owner of a lock leaves it without a sign. */
const stale = 5000;
const tries = 500;
/** Longest time between two tries, in ms: processes that wait do not try in step. Together they outlast a stale lock. */
const rest = 100 + (process.pid % 97);

/** Waits for its turn, about a minute; the answer gives the lock back. */
async function lock(path: string): Promise<() => Promise<void>> {
  const file = await orUnwritable(path, async () => {
    const found = await stat(path).catch(nullIfMissing);
    if (found?.isFile() === false) throw notAFile(path);
    await stat(dirname(path));
    return found === null ? path : realpath(path);
  });
  // A lock that was lost is found out by the stamp, before anything is written.
  const options = { realpath: false, stale, onCompromised: () => undefined };
  for (let i = 0; i < tries; i++) {
    try {
      const release = await lockfile.lock(file, options);
      return () => release().catch(() => undefined);
    } catch (error) {
      // The folder is there: of a stale lock, another that waited has removed ours with it.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ELOCKED' && code !== 'ENOENT')
        await orUnwritable(path, () => Promise.reject(error as Error));
      await pause(Math.min(rest, 10 * (i + 1)));
    }
  }
  throw held(path, file);
}

const held = (path: string, file: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: 'Another program has held this file for a minute.',
    remedy: `Wait for it to end. If there is none, remove the folder ${file}.lock.`,
    place: { file: path },
  });
