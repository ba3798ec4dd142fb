import { LabError } from '../domain/errors.ts';
import { expositionOf } from '../present/exposition.ts';
import type { Gauge } from '../domain/monitoring/gauges.ts';
import type { Study } from '../domain/study/study.ts';
import { nothingExamined } from '../domain/validation/examination.ts';
import { findingsOn } from '../present/findings/all.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, LabService } from '../wire/lab.ts';
import type { MetricsOptions } from './options.ts';
import { Alerts, type Ended } from './alert.ts';
import { examine } from './audit.ts';
import { isSynthetic, readStudy } from './files.ts';
import { type OpenLedger, openLedger } from './ledger.ts';
import { keepServing } from './metrics-loop.ts';
import { dataFiles, importAll, openLab } from './open.ts';
import { outputFile } from './outputs.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, printFile } from './terminal.ts';

/** Runs a study and writes its gauges, or serves them and runs again every so often. */
export async function metricsCommand(path: string, options: MetricsOptions): Promise<void> {
  check(options);
  const study = adjusted(await readStudy(path), options);
  const { port, out = '-' } = options;
  // A collector of text files never reads half of one that is written whole.
  const writeFile = out === '-' ? null : await outputFile(out, '--out');
  const ledger = await openLedger(options);
  const alerts = await Alerts.open(options, ledger);
  if (port !== undefined) {
    await serve(study, port, ledger, alerts, options);
    return;
  }
  const gauges = await alerts.telling(study.name, async () => {
    const { lab, dataset } = await openLab(options);
    return gaugesOfRun(lab, dataset, study, ledger, options);
  });
  const text = options.json
    ? `${JSON.stringify(gauges, null, 2)}\n`
    : (await expositionOf(gauges)).text;
  if (writeFile === null) printFile(text);
  else await writeFile(text);
}

async function serve(
  study: Study,
  port: number,
  ledger: OpenLedger,
  alerts: Alerts,
  options: MetricsOptions,
): Promise<void> {
  const { host = '127.0.0.1', every = null } = options;
  let lab: LabService | undefined;
  await keepServing({
    port,
    host,
    every,
    run: () =>
      alerts.telling(study.name, async () => {
        if (lab === undefined) {
          const opened = await openLab(options);
          lab = opened.lab;
          return gaugesOfRun(lab, opened.dataset, study, ledger, options);
        }
        const dataset = await importAll(lab, await dataFiles(options));
        return gaugesOfRun(lab, dataset, study, ledger, options);
      }),
    cancel: () => lab?.cancel(),
  });
}

async function gaugesOfRun(
  lab: LabService,
  dataset: DatasetSummary,
  study: Study,
  ledger: OpenLedger,
  options: MetricsOptions,
): Promise<Ended<readonly Gauge[]>> {
  const result = unwrap(await lab.run(study, onProgress));
  if (!options.audit) await ledger.record(result, null);
  const examined = options.audit ? await examine(lab, result, ledger, false) : nothingExamined;
  const findings = findingsOn(result, examined, await isSynthetic(dataset));
  const gauges = unwrap(await lab.gauges(findings));
  clearProgress();
  return { result, findings: options.audit ? findings : [], answer: gauges };
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
