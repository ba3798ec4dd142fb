import { readFile, realpath, stat } from 'node:fs/promises';
import lockfile from 'proper-lockfile';
import { LabError } from '../../src/domain/errors.ts';
import { type JournalStorage, oneAtATime } from '../services/journal/storage.ts';
import { checkWritable, nullIfMissing, orUnwritable, writeWhole } from './whole-files-node.ts';

/** Room on disk, in bytes, that a visit’s trials may take beside what is kept. */
const room = 65_536;

/**
 * One file, replaced whole, that many processes share: a folder beside it, `….lock`, is who has it. What cannot be kept
 * is refused with a LabError that names the file, and not held in memory in its place.
 */
export function fileStorage(path: string): JournalStorage & { check(): Promise<void> } {
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
      const bytes = await orUnwritable(path, () => readFile(path).catch(nullIfMissing));
      return bytes === null ? null : { bytes, stamp: (await stamp()) ?? '' };
    },
    write: async (bytes) => {
      if ((await stamp()) !== before) throw new Overtaken(path);
      await writeWhole([{ path, content: bytes }]);
      return (before = (await stamp()) ?? '');
    },
    watch: () => undefined,
    /** Throws where a write would: before the work, so that it is not done in vain. */
    check: () => queue(() => locked(() => checkWritable(path, room))),
  };
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
/** Each waits a random time up to 200 ms: together more than a minute, beyond the stale lock of a killed process. */
const retries = { retries: 300, factor: 1.5, minTimeout: 20, maxTimeout: 200, randomize: true };

/** Waits for its turn; the answer gives the lock back. */
async function lock(path: string): Promise<() => Promise<void>> {
  const file = await orUnwritable(path, async () => {
    const found = await stat(path).catch(nullIfMissing);
    if (found === null) return path;
    if (!found.isFile()) throw notAFile(path);
    return realpath(path);
  });
  // A lock that was lost is found out by the stamp, before anything is written.
  const options = { realpath: false, stale, retries, onCompromised: () => undefined };
  const release = await orUnwritable(path, async () => {
    try {
      return await lockfile.lock(file, options);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ELOCKED' ? held(path, file) : error;
    }
  });
  return () => release().catch(() => undefined);
}

const notAFile = (file: string): LabError =>
  new LabError({ kind: 'usage', problem: 'This is no file.', place: { file } });

const held = (path: string, file: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: 'Another program has held this file for a minute.',
    remedy: `Wait for it to end. If there is none, remove the folder ${file}.lock.`,
    place: { file: path },
  });
