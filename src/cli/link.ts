import { readFile, stat } from 'node:fs/promises';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { LabError } from '../domain/errors.ts';
import { sha256Hex } from '../domain/digest.ts';
import { decodeLink } from '../domain/link/codec.ts';
import {
  type Shared,
  asLinked,
  createFilePayload,
  createLink,
  studyOf,
} from '../domain/link/create.ts';
import { largestFile, openOutsampleFile, packFile } from '../domain/link/outsample-file.ts';
import type { LinkPayload } from '../domain/link/payload.ts';
import { refuseSecretPage } from '../domain/link/shareable.ts';
import type { Verification } from '../domain/link/verification.ts';
import { verificationText } from '../present/verification-text.ts';
import { shortList } from '../present/words.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, InputFile, LabService, RunResult } from '../wire/lab.ts';
import type { DataOptions, LinkOptions, VerifyOptions } from './options.ts';
import {
  inputFiles,
  readStandardInput,
  readStudy,
  refuseUnbounded,
  shippedAs,
  shippedFiles,
} from './files.ts';
import { openLedger } from './ledger.ts';
import { openLab, startLab } from './open.ts';
import { outputFile } from './outputs.ts';
import { adjusted } from './studies.ts';
import { clearProgress, onProgress, print, printJson, say } from './terminal.ts';

/** Runs a study and prints the link that lets a stranger recompute it. */
export async function linkCommand(path: string, options: LinkOptions): Promise<void> {
  const page = pageOf(options);
  const study = adjusted(await readStudy(path), options);
  const writeFile = options.file === undefined ? null : await outputFile(options.file, '--file');
  const ledger = await openLedger(options);
  const { lab, dataset } = await openLab(options);
  const result = unwrap(await lab.run(study, onProgress));
  const evidence = unwrap(await lab.evidence());
  await ledger.record(result, null);
  const shared = await sharedOf(result, dataset, {
    evidence,
    ledger: await ledger.facts(dataset.fingerprint),
    tab: 'overview',
    notes: (options.note ?? []).map((text) => ({ at: '/', text })),
    withNames: options.names,
  });
  const link = createLink(shared, page);
  clearProgress();
  await writeFile?.(packFile(createFilePayload(shared)));
  if (link.weight === 'too-long' && options.file === undefined) {
    throw new LabError({
      kind: 'usage',
      problem: `The link would have ${link.characters} characters: too long for most programs.`,
      remedy: 'Use --file run.outsample to write a file in its place.',
    });
  }
  if (link.weight === 'too-long') return;
  if (link.weight === 'heavy')
    say(`The link has ${link.characters} characters: some programs cut links beyond 1900.`);
  if (options.json) printJson(link.payload);
  else print([`${page}#${link.fragment}`]);
}

/** The address of the page that is to open the link, without a fragment. Throws where it gives a secret away. */
export function pageOf(options: Pick<LinkOptions, 'page'>): string {
  const { page = '' } = options;
  refuseSecretPage(page);
  return page.replace(/#.*$/, '');
}

/** What a link to this run is made of. */
export async function sharedOf(
  run: RunResult,
  dataset: DatasetSummary,
  extras: Pick<Shared, 'evidence' | 'ledger' | 'tab' | 'notes' | 'withNames'>,
): Promise<Shared> {
  const shipped = await shippedAs(dataset);
  return {
    run,
    files: dataset.files,
    sample: shipped?.id ?? null,
    synthetic: shipped?.synthetic !== undefined,
    ...extras,
  };
}

/** What `verify` leaves with; what else can happen has the codes of every command. */
const exitCodes: Readonly<Record<Verification['verdict'], number>> = {
  exact: 0,
  'different-result': 3,
  'different-data': 4,
};

/** Recomputes a link's run on these data and says whether every bit is the same. */
export async function verifyCommand(given: string, options: VerifyOptions): Promise<void> {
  const payload = await readLink(given);
  const study = studyOf(payload);
  const lab = startLab();
  const files = await filesFor(payload, options, lab);
  unwrap(await lab.importFiles(files, onProgress));
  unwrap(await lab.run(study, onProgress));
  const found = unwrap(await lab.verify(payload));
  clearProgress();
  const text = verificationText(found);
  if (options.json) printJson({ ...text, ...found, notes: payload.notes });
  else
    print([
      `${text.verdict}: ${study.name}`,
      text.sentence,
      ...text.details.map((line) => `  ${line}`),
      ...payload.notes.map(({ at, text }) => `  Note${at === '/' ? '' : ` on ${at}`}: ${text}`),
    ]);
  process.exitCode = exitCodes[found.verdict];
}

/** A link as text, a file that holds one, an .outsample file, or - for any of them on standard input. */
async function readLink(given: string): Promise<LinkPayload> {
  if (given === '-') return openOutsampleFile(utf8ToBytes(await readStandardInput(largestFile)));
  const found = given.includes('#') ? null : await stat(given).catch(() => null);
  if (found !== null) await refuseUnbounded(given, largestFile);
  return found?.isFile()
    ? openOutsampleFile(new Uint8Array(await readFile(given)))
    : decodeLink(given);
}

/** The named files, those of the link with the role that it gives them; or what ships under its name. */
async function filesFor(
  { data }: LinkPayload,
  options: DataOptions,
  lab: LabService,
): Promise<InputFile[]> {
  if (options.data === undefined) {
    if (data.sample !== undefined) return shippedFiles(data.sample);
    const wanted = data.files.map(
      ({ name, role, rows, sha256 }) => `${name ?? role} (${rows} rows, SHA-256 ${sha256})`,
    );
    throw new LabError({
      kind: 'usage',
      problem: 'The link’s data do not ship with Outsample.',
      remedy: `Name them with --data: ${shortList(wanted, 8, '; ')}.`,
    });
  }
  const files = unwrap(await lab.unpack(await inputFiles(options), onProgress));
  const known = new Map(data.files.map((file) => [file.sha256, file]));
  return Promise.all(
    files.map(async (file) => {
      const bytes = new Uint8Array(await file.content.arrayBuffer());
      const linked = known.get(sha256Hex(bytes));
      return linked === undefined ? file : asLinked(file, linked);
    }),
  );
}
