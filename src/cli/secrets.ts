import { stat } from 'node:fs/promises';
import { largestStudyFile } from '../domain/limits.ts';
import { readable } from './files.ts';
import { say } from './terminal.ts';

/** The lines of a file that holds keys, without comments; it is said where others may read it. They are never printed. */
export async function secretLines(file: string): Promise<string[]> {
  const text = (await readable(file, largestStudyFile)).toString('utf8');
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    say(`Others on this machine may read ${file}, which holds a key: chmod 600 keeps it yours.`);
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** What a line `NAME=value` gives a name. */
export function named(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => one.startsWith(`${name}=`));
  return line?.slice(name.length + 1).trim();
}

/** Named secrets: of a file where one is given, else of the environment; '' for those that are not there. */
export async function secretsOf(file: string | undefined): Promise<(name: string) => string> {
  if (file === undefined) return (name) => process.env[name] ?? '';
  const lines = await secretLines(file);
  return (name) => named(lines, name) ?? '';
}
