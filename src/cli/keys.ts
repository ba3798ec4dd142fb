import type { Source } from '../domain/sources/source.ts';
import { named, secretLines } from './secrets.ts';

/**
 * The keys that a source wants, '' for each that is not there: from a file, one a line or as NAME=key, else from the
 * environment.
 */
export async function keysFor(source: Source, file: string | undefined): Promise<string[]> {
  if (file === undefined) return source.keys.map(({ variable }) => process.env[variable] ?? '');
  const lines = await secretLines(file);
  return source.keys.map(({ variable }, i) => named(lines, variable) ?? lines[i] ?? '');
}
