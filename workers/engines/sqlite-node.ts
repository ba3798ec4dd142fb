import { open, readFile, rename, stat } from 'node:fs/promises';
import { type JournalStorage, oneAtATime } from '../services/journal/storage.ts';

/**
 * One file, replaced by renaming a whole one onto it, so that a crash leaves the old file or the new. It is locked
 * against this process only.
 */
export function fileStorage(path: string): JournalStorage {
  const stamp = async () => {
    const found = await stat(path, { bigint: true }).catch(nullIfMissing);
    return found === null ? null : `${found.ino} ${found.size} ${found.mtimeNs}`;
  };
  return {
    exclusively: oneAtATime(),
    stamp,
    read: async () => {
      const bytes = await readFile(path).catch(nullIfMissing);
      return bytes === null ? null : { bytes, stamp: (await stamp()) ?? '' };
    },
    write: async (bytes) => {
      const whole = `${path}.${process.pid}.part`;
      const file = await open(whole, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(whole, path);
      return (await stamp()) ?? '';
    },
    watch: () => undefined,
  };
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
