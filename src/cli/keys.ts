import { stat } from 'node:fs/promises';
import { largestStudyFile } from '../domain/limits.ts';
import type { Source } from '../domain/sources/source.ts';
import { readable } from './files.ts';
import { say } from './terminal.ts';

/**
 * The keys that a source wants, '' for each that is not there: from a file, one a line or as NAME=key, else from the
 * environment. They are never printed.
 */
export async function keysFor(source: Source, file: string | undefined): Promise<string[]> {
  if (file === undefined) return source.keys.map(({ variable }) => process.env[variable] ?? '');
  const lines = (await readable(file, largestStudyFile))
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    say(`Others on this machine may read ${file}, which holds a key: chmod 600 keeps it yours.`);
  return source.keys.map(({ variable }, i) => {
    const named = lines.find((line) => line.startsWith(`${variable}=`));
    return named?.slice(variable.length + 1).trim() ?? lines[i] ?? '';
  });
}
