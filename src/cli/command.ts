import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { LabError } from '../domain/errors.ts';
import { studyJsonSchema } from '../domain/study/study.ts';
import { unwrap } from '../protocol/errors.ts';
import type { LabService, OnProgress } from '../protocol/lab.ts';
import { type RunOptions, failure, parser } from './arguments.ts';
import { bundledFiles, inputFiles, readStudy } from './files.ts';
import { adjusted, exampleOf, examples } from './studies.ts';
import { runJson, runText } from './summary.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function run(studyPath: string, options: RunOptions): Promise<void> {
  const study = adjusted(await readStudy(studyPath), options);
  const files = await inputFiles(options);
  const bundled = options.data === undefined ? await bundledFiles() : null;
  if (bundled) say(`No --data: using the bundled dataset ${bundled.id}.`);
  if (options.out !== undefined) await makeFolder(options.out);
  const lab = createLab(startNodeEngine, () => performance.now());
  process.once('SIGINT', () => {
    lab.cancel();
  });
  const dataset = unwrap(
    await lab.importFiles(
      bundled
        ? [...bundled.files.filter((file) => !replaced(file.role, options)), ...files]
        : files,
      onProgress,
    ),
  );
  const result = unwrap(await lab.run(study, onProgress));
  clearProgress();
  if (options.out !== undefined) await writeExports(lab, options.out);
  print(
    options.json
      ? JSON.stringify(runJson(result, dataset), null, 2)
      : runText(result, dataset, options.allMetrics),
  );
}

/** A file of one's own takes the place of the bundled ones of its role. */
const replaced = (role: string | undefined, options: RunOptions): boolean =>
  role !== undefined && options[role as 'macro'] !== undefined;

async function writeExports(lab: LabService, folder: string): Promise<void> {
  for (const { name, content } of unwrap(await lab.exportRun())) {
    await writeFile(join(folder, name), content);
  }
  say(`Wrote trades.csv, equity.csv, features.csv and study.json to ${folder}.`);
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

const onProgress: OnProgress = ({ label, ratio }) => {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${String(Math.round(ratio * 100)).padStart(3)} % ${label}`);
};

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}

/** Runs the command with process arguments; the exit code is set, not forced, so that output is flushed. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await parser({
      run,
      example: (name) => {
        print(name === null ? examples().join('\n') : JSON.stringify(exampleOf(name), null, 2));
      },
      schema: () => {
        print(JSON.stringify(studyJsonSchema(), null, 2));
      },
    }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    clearProgress();
    const { code, message } = failure(error);
    if (message !== '') say(message);
    process.exitCode = code;
  }
}
