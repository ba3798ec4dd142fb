import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { LabError } from '../domain/errors.ts';
import { unwrap } from '../wire/errors.ts';
import { logged } from '../wire/log/calls.ts';
import { tellingOfLab } from '../wire/log/tellings.ts';
import type { DatasetSummary, InputFile, LabService } from '../wire/lab.ts';
import type { DataOptions, WorkersOptions } from './options.ts';
import { bundledFiles, inputFiles } from './files.ts';
import type { Known } from '../domain/shards/answers.ts';
import type { MergedShards } from './shards/known.ts';
import { onInterrupt } from './interrupt.ts';
import { onProgress, say } from './terminal.ts';

/** A lab with the data that the options name, or the bundled default; they must be those of the shards, if there are any. */
export async function openLab(
  options: DataOptions & WorkersOptions,
  shards?: MergedShards,
): Promise<{ lab: LabService; dataset: DatasetSummary }> {
  const files = await dataFiles(options, say);
  const lab = startLab(options.workers, shards?.known);
  const dataset = await importAll(lab, files);
  if (shards !== undefined && dataset.fingerprint !== shards.fingerprint)
    throw new LabError({
      kind: 'usage',
      problem: `These are not the data of the shards, whose fingerprint is ${shards.fingerprint}.`,
      remedy: 'Name those files with --data, or make the shards again on these.',
      place: { value: dataset.fingerprint },
    });
  return { lab, dataset };
}

/** Imports files, those in archives and workbooks each by itself. */
export async function importAll(
  lab: LabService,
  files: readonly InputFile[],
): Promise<DatasetSummary> {
  const each = unwrap(await lab.unpack(files, onProgress));
  return unwrap(await lab.importFiles(each, onProgress));
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

/**
 * A lab without data yet, with so many threads for trials; without a number, as many as the machine has cores and memory
 * for. Ctrl+C cancels its calls; a second one ends the process.
 */
export function startLab(workers?: number, known?: Known): LabService {
  const own = createLab(
    startNodeEngine,
    () => performance.now(),
    () => startNodeTrials(workers),
    undefined,
    known,
  );
  const lab = logged('lab', own, tellingOfLab);
  onInterrupt(() => {
    lab.cancel();
  });
  return lab;
}

/** A file of one's own takes the place of the bundled ones of its role. */
const replaced = (role: string | undefined, options: DataOptions): boolean =>
  role !== undefined && options[role as 'macro'] !== undefined;
