import { LabError, describe } from '../domain/errors.ts';
import { isSearchable } from '../domain/search/candidates.ts';
import { type Finding, type Level, verdictOf } from '../domain/validation/finding.ts';
import { type Examined, findingsOn } from '../domain/validation/findings/all.ts';
import { cheats } from '../domain/validation/cheats/registry.ts';
import { unwrap } from '../wire/errors.ts';
import type { LabService, Reply, RunResult } from '../wire/lab.ts';
import type { AuditOptions } from './arguments.ts';
import { isSynthetic, readStudy } from './files.ts';
import { type OpenLedger, openLedger } from './ledger.ts';
import { clearProgress, onProgress, openLab, print, say, startLab } from './open.ts';
import { adjusted } from './studies.ts';
import { varied } from './validate.ts';
import { asJson } from './validation-text.ts';

export async function auditCommand(path: string | undefined, options: AuditOptions): Promise<void> {
  if (options.demonstration !== undefined) {
    await demonstrate(options.demonstration, options);
    return;
  }
  if (path === undefined) {
    throw new LabError({
      kind: 'usage',
      problem: 'There is no study to audit.',
      remedy: 'Name a study file, or use --demonstration to see a known cheat caught.',
    });
  }
  const study = varied(adjusted(await readStudy(path), options), options);
  const { lab, dataset } = await openLab(options);
  const result = unwrap(await lab.run(study, onProgress));
  const ledger = openLedger(options.ledger);
  const examined = await examine(lab, result, ledger, options.search);
  clearProgress();
  const findings = findingsOn(result, examined, await isSynthetic(dataset));
  print(
    options.json
      ? asJson({ verdict: verdictOf(findings), findings, examined })
      : auditText(study.name, findings),
  );
}

/** Everything that can be asked of the lab's last run; what stands on a parameter search only where it is wanted. */
export async function examine(
  lab: LabService,
  result: RunResult,
  ledger: OpenLedger,
  withSearch: boolean,
): Promise<Examined> {
  const { study, fingerprint } = result;
  const searches = withSearch && isSearchable(study);
  const search = searches ? unwrap(await lab.search(study, onProgress)) : null;
  await ledger.record(result, search);
  return {
    lookAhead: unwrap(await lab.lookAhead(onProgress)),
    survivorship: unwrap(await lab.survivorship(onProgress)),
    breakEven: unwrap(await lab.breakEven(onProgress)),
    walkForward: searches ? ifLongEnough(await lab.walkForward(study, onProgress)) : null,
    overfitting: unwrap(await lab.overfitting(await ledger.facts(fingerprint), onProgress)),
    learning: null,
  };
}

/** Data too short for the study's windows leave the finding open. */
function ifLongEnough<T>(answer: Reply<T>): T | null {
  if (answer.ok || answer.error.kind !== 'data') return unwrap(answer);
  clearProgress();
  say(`No walk-forward: ${describe(answer.error)}`);
  return null;
}

/** A known cheat, audited on its own synthetic market. */
async function demonstrate(id: string, options: AuditOptions): Promise<void> {
  const lab = startLab();
  const reports = [];
  for (const cheat of id === 'all' ? cheats.map((one) => one.id) : [id])
    reports.push({ cheat, report: unwrap(await lab.demonstrate(cheat, onProgress)) });
  clearProgress();
  print(
    options.json
      ? asJson(reports)
      : reports
          .map(({ cheat, report }) =>
            [
              `${cheats.find((one) => one.id === cheat)?.title ?? cheat}: ${report.clean ? 'not caught' : 'caught'}`,
              ...report.replays.map(({ text }) => `  ${text}`),
            ].join('\n'),
          )
          .join('\n\n'),
  );
}

const marks: Readonly<Record<Level, string>> = {
  red: 'RED  ',
  amber: 'AMBER',
  open: 'OPEN ',
  green: 'GREEN',
};

/** The verdict, then every finding with its threshold, source and remedy. */
function auditText(name: string, findings: readonly Finding[]): string {
  const verdict = verdictOf(findings);
  return [
    `${name} — ${marks[verdict.level].trim()}: ${verdict.sentence}`,
    ...findings.flatMap(({ level, title, text, threshold, source, change }) => [
      '',
      `  ${marks[level]}  ${title}`,
      `         ${text}`,
      ...(change === '' ? [] : [`         To change it: ${change}`]),
      `         ${threshold} Source: ${source.replace(/\.$/, '')}.`,
    ]),
  ].join('\n');
}
