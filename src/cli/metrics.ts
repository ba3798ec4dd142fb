import { access, constants, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabError } from '../domain/errors.ts';
import { expositionOf } from '../present/exposition.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { Study } from '../domain/study/study.ts';
import { nothingExamined } from '../domain/validation/examination.ts';
import { findingsOn } from '../present/findings/all.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, LabService } from '../wire/lab.ts';
import type { MetricsOptions } from './arguments.ts';
import { examine } from './audit.ts';
import { isSynthetic, readStudy, refuseAsTarget } from './files.ts';
import { openLedger } from './ledger.ts';
import { keepServing } from './metrics-loop.ts';
import { clearProgress, dataFiles, onProgress, openLab, say } from './open.ts';
import { adjusted } from './studies.ts';

/** Runs a study and writes its gauges, or serves them and runs again every so often. */
export async function metricsCommand(path: string, options: MetricsOptions): Promise<void> {
  check(options);
  if (options.out !== undefined && options.out !== '-') await refuseAsTarget(options.out, '--out');
  const study = adjusted(await readStudy(path), options);
  const { out, ...rest } = options; // Here --out is a file, not the folder that a lab would make.
  if (options.port !== undefined) await serve(study, options.port, rest);
  else await write(study, out === '-' ? undefined : out, rest);
}

async function serve(study: Study, port: number, options: MetricsOptions): Promise<void> {
  const { host = '127.0.0.1', every = null } = options;
  let lab: LabService | undefined;
  await keepServing({
    port,
    host,
    every,
    run: async () => {
      if (lab === undefined) {
        const opened = await openLab(options);
        lab = opened.lab;
        return gaugesOfRun(lab, opened.dataset, study, options);
      }
      const dataset = unwrap(await lab.importFiles(await dataFiles(options), onProgress));
      return gaugesOfRun(lab, dataset, study, options);
    },
    cancel: () => lab?.cancel(),
  });
}

/** To a file, or to standard output. */
async function write(
  study: Study,
  file: string | undefined,
  options: MetricsOptions,
): Promise<void> {
  if (file !== undefined) await orUnwritable(file, access(dirname(file), constants.W_OK));
  const { lab, dataset } = await openLab(options);
  const gauges = await gaugesOfRun(lab, dataset, study, options);
  const text = options.json
    ? `${JSON.stringify(gauges, null, 2)}\n`
    : (await expositionOf(gauges)).text;
  if (file === undefined) process.stdout.write(text);
  else await orUnwritable(file, writeWhole(file, text));
}

async function gaugesOfRun(
  lab: LabService,
  dataset: DatasetSummary,
  study: Study,
  options: MetricsOptions,
): Promise<readonly Gauge[]> {
  const result = unwrap(await lab.run(study, onProgress));
  const ledger = openLedger(options.ledger);
  const examined = options.audit ? await examine(lab, result, ledger, false) : nothingExamined;
  const findings = findingsOn(result, examined, await isSynthetic(dataset));
  const gauges = unwrap(await lab.gauges(findings));
  clearProgress();
  return gauges;
}

/** In one step, so that a collector of text files never reads half of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await writeFile(aside, text);
  await rename(aside, path);
  say(`Wrote ${path}.`);
}

async function orUnwritable(path: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw new LabError({
      kind: 'usage',
      problem: `This file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
      remedy: 'Give --out another path.',
      place: { file: path },
    });
  }
}

const week = 7 * 86_400;

/** Options that do not go together, or are out of range. */
function check({ port, host, every, out, json }: MetricsOptions): void {
  const wrong = (problem: string, remedy: string, value?: number): never => {
    throw new LabError({
      kind: 'usage',
      problem,
      remedy,
      ...(value !== undefined && { place: { value: String(value) } }),
    });
  };
  if (port === undefined) {
    if (every !== undefined || host !== undefined)
      wrong('--every and --host go with --port only.', 'Add --port 9464, say, or leave them out.');
    return;
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong('This is no port.', 'Give --port a whole number from 0 to 65535.', port);
  if (out !== undefined || json === true)
    wrong('--port serves the gauges and writes none.', 'Leave --out and --json out, or --port.');
  if (every !== undefined && !(every >= 1 && every <= week))
    wrong('This is no time between runs.', `Give --every seconds from 1 to ${week}.`, every);
}
