import { runFiles } from '../domain/run.ts';
import { studyJsonSchema } from '../domain/study/study.ts';
import { unwrap } from '../wire/errors.ts';
import type { ExportFile, LabService } from '../wire/lab.ts';
import { type RunOptions, failure, parser } from './arguments.ts';
import { readStudy } from './files.ts';
import { clearProgress, onProgress, openLab, print, sayError, writeFiles } from './open.ts';
import { adjusted, exampleOf, examples } from './studies.ts';
import { runJson, runText } from './summary.ts';
import { auditCommand } from './audit.ts';
import { linkCommand, verifyCommand } from './link.ts';
import { metricsCommand } from './metrics.ts';
import { reportCommand } from './report.ts';
import { searchCommand, walkForwardCommand } from './validate.ts';

async function run(studyPath: string, options: RunOptions): Promise<void> {
  const study = adjusted(await readStudy(studyPath), options);
  const { lab, dataset } = await openLab(options);
  const result = unwrap(await lab.run(study, onProgress));
  clearProgress();
  if (options.out !== undefined) await writeFiles(filesOfRun(lab), options.out);
  print(
    options.json
      ? JSON.stringify(runJson(result, dataset), null, 2)
      : runText(result, dataset, options.allMetrics),
  );
}

async function* filesOfRun(lab: LabService): AsyncGenerator<ExportFile> {
  for (const name of runFiles) yield unwrap(await lab.exportRun(name, onProgress));
}

/** Runs the command with process arguments; the exit code is set, not forced, so that output is flushed. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await parser({
      run,
      search: searchCommand,
      walkForward: walkForwardCommand,
      audit: auditCommand,
      report: reportCommand,
      metrics: metricsCommand,
      link: linkCommand,
      verify: verifyCommand,
      example: (name) => {
        print(name === null ? examples().join('\n') : JSON.stringify(exampleOf(name), null, 2));
      },
      schema: () => {
        print(JSON.stringify(studyJsonSchema(), null, 2));
      },
    }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    clearProgress();
    const { code, message, facts } = failure(error);
    if (message !== '') sayError(message, facts);
    process.exitCode = code;
  }
}
