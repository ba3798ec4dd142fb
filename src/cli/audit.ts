import { LabError, type LabErrorData, describe } from '../domain/errors.ts';
import {
  type Examination,
  type Examined,
  examine as examineAll,
  leavesOpen,
  nothingExamined,
} from '../domain/validation/examination.ts';
import type { Study } from '../domain/study/study.ts';
import { verdictOf } from '../present/findings/verdict.ts';
import { findingsOn } from '../present/findings/all.ts';
import { cheats } from '../domain/validation/cheats/registry.ts';
import { unwrap } from '../wire/errors.ts';
import { type Answer, type Arguments, type LabService, type RunResult, ask } from '../wire/lab.ts';
import { Alerts } from './alert.ts';
import type { AlertOptions } from './alert-options.ts';
import { onCluster } from './cluster/ray.ts';
import type { AuditOptions, DataOptions, WorkersOptions } from './options.ts';
import type { MergedShards } from './shards/known.ts';
import { makeShard } from './shards/make.ts';
import { auditText } from './audit-text.ts';
import { isSynthetic, readStudy } from './files.ts';
import { type OpenLedger, openLedger } from './ledger.ts';
import { openLab, startLab } from './open.ts';
import { auditReturns, refuseAlone } from './returns.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, print, printJson, say } from './terminal.ts';
import { varied } from './validate.ts';

export async function auditCommand(path: string | undefined, options: AuditOptions): Promise<void> {
  if (options.returns !== undefined) {
    await auditReturns(options.returns, path, options);
    return;
  }
  refuseAlone(options);
  if (options.out !== undefined && options.shard === undefined)
    throw new LabError({
      kind: 'usage',
      problem: 'An audit writes no files: --out goes with --shard only.',
      remedy: 'Leave it out.',
    });
  if (options.demonstration !== undefined) {
    const cut = options.shard === undefined ? options.on && '--on' : '--shard';
    if (cut !== undefined)
      throw new LabError({
        kind: 'usage',
        problem: 'A demonstration is too short to be cut.',
        remedy: `Leave ${cut} out.`,
      });
    await demonstrate(options.demonstration, options);
    return;
  }
  if (path === undefined) {
    throw new LabError({
      kind: 'usage',
      problem: 'There is no study to audit.',
      remedy:
        'Name a study file; or use --returns to judge a file of returns, or --demonstration to see a known cheat caught.',
    });
  }
  const study = varied(adjusted(await readStudy(path), options), options);
  const { shard, search } = options;
  const sharded = { command: 'audit', asked: { search }, study } as const;
  if (shard === undefined) await auditOf(study, options, onCluster(sharded, options));
  else await makeShard(sharded, shard, options);
}

/** Audits a study, or does so with what shards have replayed and simulated. */
export async function auditOf(
  study: Study,
  options: Pick<AuditOptions, 'search'> & DataOptions & WorkersOptions & AlertOptions,
  shards?: () => Promise<MergedShards>,
): Promise<void> {
  const ledger = await openLedger(options);
  const alerts = await Alerts.open(options, ledger);
  await alerts.telling(study.name, async () => {
    const { lab, dataset } = await openLab(options, await shards?.());
    const result = unwrap(await lab.run(study, onProgress));
    const examined = await examine(lab, result, ledger, options.search);
    clearProgress();
    const findings = findingsOn(result, examined, await isSynthetic(dataset));
    if (options.json) printJson({ verdict: verdictOf(findings), findings, examined });
    else print(auditText(study.name, findings));
    return { result, findings, answer: null };
  });
}

/** Everything that can be asked of the lab's last run; what stands on a parameter search only where it is wanted. */
export async function examine(
  lab: LabService,
  result: RunResult,
  ledger: OpenLedger,
  withSearch: boolean,
): Promise<Examined> {
  const { study, fingerprint } = result;
  await ledger.record(result, null);
  const given: { readonly [E in Examination]: () => Arguments<E> | Promise<Arguments<E>> } = {
    lookAhead: () => [],
    survivorship: () => [],
    breakEven: () => [],
    search: () => [study],
    walkForward: () => [study],
    overfitting: async () => [await ledger.facts(fingerprint)],
  };
  let found: { readonly [E in Examination]?: Answer<E> } = {};
  const failure = await examineAll(study, {
    withSearch,
    has: () => false,
    ask: async (one) => {
      const answer = await ask(lab, one, await given[one](), onProgress);
      if (answer.ok) found = { ...found, [one]: answer.value };
      else if (leavesOpen(answer.error)) sayOpen(answer.error);
      if (one === 'search') await ledger.record(result, found.search ?? null);
      return answer.ok ? null : answer.error;
    },
  });
  if (failure !== null) throw new LabError(failure);
  const { search: _, ...examined } = found;
  return { ...nothingExamined, ...examined };
}

function sayOpen(error: LabErrorData): void {
  clearProgress();
  say(`No walk-forward: ${describe(error)}`);
}

/** A known cheat, audited on its own synthetic market. */
async function demonstrate(id: string, options: AuditOptions): Promise<void> {
  const lab = startLab();
  const reports = [];
  for (const cheat of id === 'all' ? cheats.map((one) => one.id) : [id])
    reports.push({ cheat, report: unwrap(await lab.demonstrate(cheat, onProgress)) });
  clearProgress();
  if (options.json) {
    printJson(reports);
    return;
  }
  print(
    reports.flatMap(({ cheat, report }, i) => [
      ...(i === 0 ? [] : ['']),
      `${cheats.find((one) => one.id === cheat)?.title ?? cheat}: ${report.clean ? 'not caught' : 'caught'}`,
      ...report.replays.map(({ text }) => `  ${text}`),
    ]),
  );
}
