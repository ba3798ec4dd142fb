import { createHash } from 'node:crypto';
import {
  access,
  chown,
  constants,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LabError } from '../../src/domain/errors.ts';

export interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array | AsyncIterable<string | Uint8Array>;
}

/**
 * Writes every file aside, each before it takes the next, then renames all of them: a full disk or a crash leaves what
 * stood there. Links are followed, permissions kept. Throws a LabError of kind 'usage', without a remedy, that names
 * the file.
 */
export async function writeWhole(
  files: Iterable<WholeFile> | AsyncIterable<WholeFile>,
): Promise<void> {
  const staged: Staged[] = [];
  try {
    for await (const file of files) staged.push(await stage(file));
    for (const one of staged) await one.commit();
  } catch (error) {
    for (const one of staged) await one.discard();
    throw error;
  }
}

/** The least that a disk must have room for, in bytes. */
const least = 4096;

/**
 * Throws as writeWhole would: where the folder is missing or closed, or the disk has no room for as many bytes as
 * stand there now and `more`.
 */
export async function checkWritable(path: string, more = least): Promise<void> {
  const found = await stat(path).catch(() => null);
  const room = Buffer.alloc((found?.isFile() ? found.size : 0) + more);
  const staged = await stage({ path, content: room });
  await staged.discard();
}

interface Staged {
  commit(): Promise<void>;
  discard(): Promise<void>;
}

const stage = ({ path, content }: WholeFile): Promise<Staged> =>
  orUnwritable(path, async () => {
    const found = await stat(path).catch(nullIfMissing);
    if (found?.isDirectory()) throw Object.assign(new Error('It is a folder.'), { code: 'EISDIR' });
    if (found?.isFile() === false) throw notAFile(path);
    if (found !== null) await access(path, constants.W_OK);
    const target = found === null ? path : await realpath(path);
    const aside = `${target}.${mark}${process.pid}.part`;
    const discard = (): Promise<void> => rm(aside, { force: true });
    await discard(); // Of a process that had this one’s number.
    try {
      const file = await open(aside, 'wx');
      try {
        await writeFile(file, content);
        if (found !== null) await file.chmod(found.mode);
        await file.sync();
      } finally {
        await file.close();
      }
      // Only root can keep another’s file another’s.
      if (found !== null) await chown(aside, found.uid, found.gid).catch(() => undefined);
      await sweep(target, aside);
    } catch (error) {
      await discard();
      throw error;
    }
    return { commit: () => orUnwritable(path, () => rename(aside, target)), discard };
  });

/** Of this machine: the numbers of another’s processes say nothing here. */
const mark = `${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
const anyMark = /^\.([0-9a-f]{8}-)(\d+)\.part$/;
/** No file takes so long to write, in ms. */
const longest = 3_600_000;

/** Removes what killed processes left beside the target: those of this machine that have ended, and old ones of any. */
async function sweep(target: string, mine: string): Promise<void> {
  const now = (await stat(mine)).mtimeMs;
  const folder = dirname(target);
  const base = basename(target);
  for (const name of await readdir(folder).catch(() => [])) {
    const [, marked, pid] =
      (name.startsWith(base) ? anyMark.exec(name.slice(base.length)) : null) ?? [];
    if (marked === undefined) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null) continue;
    const isLeft = marked === mark && !isAlive(Number(pid));
    if (isLeft || now - found.mtimeMs > longest) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // It is another user’s.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: ' You may not write there.',
  EDQUOT: ' Your share of the disk is used up.',
  EFBIG: ' It is larger than a file may be there.',
  EISDIR: ' It is a folder.',
  ENAMETOOLONG: ' Its name is too long.',
  ENOENT: ' Its folder is not there.',
  ENOSPC: ' The disk is full.',
  ENOTDIR: ' What stands in its path is no folder.',
  EPERM: ' You may not write there.',
  EROFS: ' The disk can only be read.',
};

/** It may never end, or opening it alone may wait for ever. */
export const notAFile = (file: string, remedy?: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: 'This is a folder, a device, a pipe or a socket, and no file.',
    ...(remedy !== undefined && { remedy }),
    place: { file },
  });

/** What does not get done for a reason of the file system, as an error that names the file. */
export async function orUnwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof LabError || code === undefined) throw error; // Of what makes the content.
    throw new LabError({
      kind: 'usage',
      problem: `This file cannot be written (${code}).${reasons[code] ?? ''}`,
      place: { file: path },
    });
  }
}

export function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
