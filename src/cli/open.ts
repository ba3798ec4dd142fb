import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { LabError } from '../domain/errors.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, ExportFile, InputFile, LabService, OnProgress } from '../wire/lab.ts';
import type { DataOptions } from './arguments.ts';
import { bundledFiles, inputFiles } from './files.ts';
import { writePieces } from './write.ts';

export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
/**
 * A sentence for the person: in a terminal as it is; for a program that reads standard error as a JSON line, like
 * everything there.
 */
export const say = (text: string): void => {
  write(text, { note: text });
};
/** What went wrong, with its facts. */
export const sayError = (text: string, facts: object): void => {
  write(text, { error: facts, message: text });
};

const write = (text: string, line: object): void => {
  process.stderr.write(`${process.stderr.isTTY ? text : JSON.stringify(line)}\n`);
};

/** A lab with the data that the options name, or the bundled default. */
export async function openLab(
  options: DataOptions,
): Promise<{ lab: LabService; dataset: DatasetSummary }> {
  const files = await dataFiles(options, say);
  if (options.out !== undefined) await makeFolder(options.out);
  const lab = startLab();
  const dataset = unwrap(await lab.importFiles(files, onProgress));
  return { lab, dataset };
}

/** The files that the options name, beside or in place of the bundled default’s. */
export async function dataFiles(
  options: DataOptions,
  tell: (text: string) => void = () => undefined,
): Promise<readonly InputFile[]> {
  const files = await inputFiles(options);
  if (options.data !== undefined) return files;
  const bundled = await bundledFiles();
  tell(`No --data: using the bundled dataset ${bundled.id}.`);
  return [...bundled.files.filter(({ role }) => !replaced(role, options)), ...files];
}

/** A lab without data yet. Ctrl+C cancels its calls. */
export function startLab(): LabService {
  const lab = createLab(startNodeEngine, () => performance.now());
  process.once('SIGINT', () => {
    lab.cancel();
  });
  return lab;
}

/** A file of one's own takes the place of the bundled ones of its role. */
const replaced = (role: string | undefined, options: DataOptions): boolean =>
  role !== undefined && options[role as 'macro'] !== undefined;

type WrittenFile = Pick<ExportFile, 'name' | 'content'>;

/** Writes files into a folder that openLab has made, one after another as they come, and says so. */
export async function writeFiles(
  files: Iterable<WrittenFile> | AsyncIterable<WrittenFile>,
  folder: string,
): Promise<void> {
  const names: string[] = [];
  for await (const { name, content } of files) {
    await writePieces(join(folder, name), content);
    names.push(name);
  }
  clearProgress();
  say(`Wrote ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} to ${folder}.`);
}

/** Before the run, so that a path that cannot be written is not found out after it. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new LabError({
      kind: 'usage',
      problem: `This folder cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
      remedy: 'Give --out another path.',
      place: { file: folder },
    });
  }
}

/** A line that is written over in a terminal, else a JSON line for every twentieth. */
export const onProgress: OnProgress = ({ phase, label, ratio }) => {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[K${String(Math.round(ratio * 100)).padStart(3)} % ${label}`);
    return;
  }
  const step = `${phase} ${Math.floor(ratio * 20)}`;
  if (step === lastStep) return;
  lastStep = step;
  write('', { progress: { phase, label, ratio } });
};
let lastStep = '';

export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}
