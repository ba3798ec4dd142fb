import { sha256Hex } from '../domain/digest.ts';
import { LabError } from '../domain/errors.ts';
import { type Shared, createLink } from '../domain/link/create.ts';
import { type Examined, nothingExamined } from '../domain/validation/examination.ts';
import { verdictOf } from '../present/findings/verdict.ts';
import { findingsOn } from '../present/findings/all.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, LabService, RunResult } from '../wire/lab.ts';
import type { ReportOptions } from './options.ts';
import { examine } from './audit.ts';
import { readStudy } from './files.ts';
import { type OpenLedger, openLedger } from './ledger.ts';
import { pageOf, sharedOf } from './link.ts';
import { openLab } from './open.ts';
import { outputFile } from './outputs.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, print, printFile, printJson, say } from './terminal.ts';
import { varied } from './validate.ts';

/** Runs a study and writes its report: one HTML file, the same bytes that the page makes of the same. */
export async function reportCommand(path: string, options: ReportOptions): Promise<void> {
  const { out } = options;
  const page = pageOf(options);
  const study = varied(adjusted(await readStudy(path), options), options);
  const writeFile = out === '-' ? null : await outputFile(out, '--out');
  const ledger = await openLedger(options);
  const { lab, dataset } = await openLab(options);
  const result = unwrap(await lab.run(study, onProgress));
  const examined = await examinedFor(lab, result, ledger, options);
  const { link, synthetic } = await sharedFor(
    lab,
    result,
    dataset,
    ledger,
    options.link ? page : null,
  );
  const findings = findingsOn(result, examined, synthetic);
  const { walkForward } = examined;
  const { content } = unwrap(
    await lab.report({ findings, walkForward, link, synthetic, remarks: [] }),
  );
  clearProgress();
  if (writeFile === null) {
    printFile(content);
    return;
  }
  await writeFile(content);
  const bytes = new TextEncoder().encode(content);
  const verdict = verdictOf(findings);
  if (options.json)
    printJson({ file: out, bytes: bytes.length, sha256: sha256Hex(bytes), verdict });
  else print([`${study.name}: ${verdict.sentence}`]);
}

async function examinedFor(
  lab: LabService,
  result: RunResult,
  ledger: OpenLedger,
  { audit }: ReportOptions,
): Promise<Examined> {
  if (audit !== false) return examine(lab, result, ledger, audit === true);
  await ledger.record(result, null);
  return nothingExamined;
}

/** The link that stands in the report, and whether the dataset is one that ships and is made up. */
async function sharedFor(
  lab: LabService,
  result: RunResult,
  dataset: DatasetSummary,
  ledger: OpenLedger,
  page: string | null,
): Promise<{ link: string | null; synthetic: boolean }> {
  const shared = await sharedOf(result, dataset, {
    evidence: unwrap(await lab.evidence()),
    ledger: await ledger.facts(dataset.fingerprint),
    tab: 'overview',
    notes: [],
    withNames: true,
  });
  const { synthetic } = shared;
  if (page === null) return { link: null, synthetic };
  const { fragment, refusal } = fragmentOf(shared, page);
  if (fragment !== null) return { link: `${page}#${fragment}`, synthetic };
  clearProgress();
  say(`The report has no link. ${refusal}`);
  return { link: null, synthetic };
}

/** A link’s fragment, or why there is none. */
function fragmentOf(
  shared: Shared,
  page: string,
): { readonly fragment: string | null; readonly refusal: string } {
  try {
    const { fragment, weight } = createLink(shared, page);
    if (weight !== 'too-long') return { fragment, refusal: '' };
    return { fragment: null, refusal: 'It would be too long for most programs.' };
  } catch (error) {
    if (error instanceof LabError && error.data.kind === 'link')
      return { fragment: null, refusal: error.message };
    throw error;
  }
}
