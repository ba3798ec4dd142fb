import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  type WholeFile,
  checkWritable,
  writeWhole,
} from '../../workers/engines/whole-files-node.ts';
import { LabError } from '../domain/errors.ts';
import type { TableFormat } from '../domain/table-format.ts';
import type { ExportFile, Pieces } from '../wire/lab.ts';
import type { TableOptions } from './options.ts';
import { say } from './terminal.ts';

/**
 * Places for results. Each is checked before the run, so that one that cannot be written is not found out after it; what
 * is written later is written whole. Errors name the place and the option that gave it.
 */

/** The file that an option names. */
export async function outputFile(
  path: string,
  option: string,
): Promise<(content: WholeFile['content']) => Promise<void>> {
  await orElsewhere(option, checkWritable(path));
  return async (content) => {
    await orElsewhere(option, writeWhole([{ path, content }]));
    say(`Wrote ${path}.`);
  };
}

type OutputFile = Pick<ExportFile, 'name' | 'content'>;

/**
 * The folder that --out names, for files of these names: all of them are written, each before the next is asked for, or
 * none. Without the option none is made.
 */
export async function outputFolder(
  folder: string | undefined,
  names: readonly string[],
): Promise<(made: () => Iterable<OutputFile> | AsyncIterable<OutputFile>) => Promise<void>> {
  if (folder === undefined) return () => Promise.resolve();
  await makeFolder(folder);
  for (const name of names) await orElsewhere('--out', checkWritable(join(folder, name)));
  return async (made) => {
    const written: string[] = [];
    const wholeFiles = async function* (): AsyncGenerator<WholeFile> {
      for await (const { name, content } of made()) {
        yield { path: join(folder, name), content: bytesOf(content) };
        written.push(name);
      }
    };
    await orElsewhere('--out', writeWhole(wholeFiles()));
    const [last = '', ...before] = written.reverse();
    const listed = before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
    say(`Wrote ${listed} to ${folder}.`);
  };
}

/** What the tables in the folder are written as. */
export function tableFormatOf({ out, format }: TableOptions): TableFormat {
  if (format !== undefined && out === undefined)
    throw new LabError({
      kind: 'usage',
      problem: '--format goes with --out only.',
      remedy: 'Name a folder for the tables with --out, or leave it out.',
    });
  return format ?? 'csv';
}

export async function* bytesOf(pieces: Pieces): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces)
    yield typeof piece === 'string' ? piece : new Uint8Array(await piece.arrayBuffer());
}

/** What another path would mend, with the option that takes one. */
export async function orElsewhere<T>(option: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof LabError) || error.data.remedy !== undefined) throw error;
    throw new LabError({ ...error.data, remedy: `Give ${option} another path.` });
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await makePath(resolve(folder));
  } catch (error) {
    throw new LabError({
      kind: 'usage',
      problem: `This folder cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
      remedy: 'Give --out another path.',
      place: { file: folder },
    });
  }
}

/** The folder and those above it. Node’s own `recursive` never ends where a folder exists and takes none, as /proc. */
async function makePath(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) return;
    const above = dirname(folder);
    const isMissing = code === 'ENOENT' && (await stat(above).catch(() => null)) === null;
    if (!isMissing || above === folder) throw error;
    await makePath(above);
    await mkdir(folder);
  }
}
