import { type RunFile, runFiles } from '../domain/run.ts';
import { studyJsonSchema, withEverySetting } from '../domain/study/study.ts';
import { unwrap } from '../wire/errors.ts';
import type { ExportFile, LabService } from '../wire/lab.ts';
import { parser } from './arguments.ts';
import type { RunOptions } from './options.ts';
import { Alerts } from './alert.ts';
import { failure } from './failure.ts';
import { startLog } from './log.ts';
import { readStudy } from './files.ts';
import { openLedger } from './ledger.ts';
import { openLab } from './open.ts';
import { outputFolder, tableFormatOf } from './outputs.ts';
import { adjusted, exampleOf, examples } from './studies.ts';
import { runJson, runText } from './summary.ts';
import { auditCommand } from './audit.ts';
import { calendarCommand } from './calendar.ts';
import { checkCommand } from './check.ts';
import { fetchCommand } from './fetch.ts';
import { journalCommand } from './journal.ts';
import { linkCommand, verifyCommand } from './link.ts';
import { haltCommand, liveCommand } from './live.ts';
import { mergeCommand } from './shards/merge.ts';
import { metricsCommand } from './metrics.ts';
import { reportCommand } from './report.ts';
import { clearProgress, onProgress, print, printJson, sayError } from './terminal.ts';
import { searchCommand, walkForwardCommand } from './validate.ts';

async function run(studyPath: string, options: RunOptions): Promise<void> {
  const study = adjusted(await readStudy(studyPath), options);
  const names = runFiles(tableFormatOf(options));
  const writeFiles = await outputFolder(options.out, names);
  const ledger = await openLedger(options);
  const alerts = await Alerts.open(options, ledger);
  await alerts.telling(study.name, async () => {
    const { lab, dataset } = await openLab(options);
    const result = unwrap(await lab.run(study, onProgress));
    await ledger.record(result, null);
    clearProgress();
    await writeFiles(() => filesOfRun(lab, names));
    clearProgress();
    if (options.json) printJson(runJson(result, dataset));
    else print(runText(result, dataset, options.allMetrics));
    return { result, findings: [], answer: null };
  });
}

async function* filesOfRun(lab: LabService, names: readonly RunFile[]): AsyncGenerator<ExportFile> {
  for (const name of names) yield unwrap(await lab.exportRun(name, onProgress));
}

/** Runs the command with process arguments; the exit code is set, not forced, so that output is flushed. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await parser({
      run,
      search: searchCommand,
      walkForward: walkForwardCommand,
      audit: auditCommand,
      merge: mergeCommand,
      calendar: calendarCommand,
      check: checkCommand,
      fetch: fetchCommand,
      report: reportCommand,
      metrics: metricsCommand,
      link: linkCommand,
      verify: verifyCommand,
      example: (name) => {
        if (name === null) print(examples());
        else printJson(withEverySetting(exampleOf(name)));
      },
      live: liveCommand,
      halt: haltCommand,
      journal: journalCommand,
      schema: () => {
        printJson(studyJsonSchema());
      },
      before: startLog,
    }).parseAsync([...args], { from: 'user' });
  } catch (error) {
    clearProgress();
    const { code, lines, facts } = failure(error);
    if (lines.length > 0) sayError(lines, facts);
    process.exitCode = code;
  }
}
