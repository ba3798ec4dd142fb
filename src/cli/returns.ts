import { extname } from 'node:path';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { judgeReturns } from '../../workers/services/returns/judge.ts';
import { readTrialReturns } from '../../workers/services/returns/read.ts';
import { refuseTooMany } from '../../workers/services/validation/search.ts';
import { LabError } from '../domain/errors.ts';
import { largestDataFile } from '../domain/limits.ts';
import { isAdaptive } from '../domain/search/adaptive.ts';
import { mostOnWhole } from '../domain/search/candidates.ts';
import type { Study } from '../domain/study/study.ts';
import { type TableFormat, tableFormats } from '../domain/table-format.ts';
import { trialsFindings } from '../present/findings/overfitting.ts';
import { verdictOf } from '../present/findings/verdict.ts';
import { judgedNotes, judgedSentence } from '../present/judged-returns.ts';
import { unwrap } from '../wire/errors.ts';
import type { DatasetSummary, LabService } from '../wire/lab.ts';
import { type AuditOptions, dataInputs } from './options.ts';
import { auditText } from './audit-text.ts';
import { readable } from './files.ts';
import { flagOf } from './flags.ts';
import { onInterrupt } from './interrupt.ts';
import { bytesOf, outputFile } from './outputs.ts';
import { clearProgress, onProgress, print, printJson, say } from './terminal.ts';

const usage = (problem: string, remedy: string, value?: string): LabError =>
  new LabError({
    kind: 'usage',
    problem,
    remedy,
    ...(value !== undefined && { place: { value } }),
  });

interface ReturnsOutput {
  /** Before the search, as far as its sessions can be told. */
  check(study: Study, dataset: Pick<DatasetSummary, 'symbols'>): void;
  write(lab: LabService, study: Study): Promise<void>;
}

/** Where a search's returns go, checked before it; their format is the ending of the file's name. */
export async function returnsOutput(path: string | undefined): Promise<ReturnsOutput> {
  if (path === undefined) return { check: () => undefined, write: () => Promise.resolve() };
  const format = formatOf(path);
  const write = await outputFile(path, '--returns');
  return {
    check: (study, { symbols }) => {
      const { from, to } = study.range;
      if (from !== null || to !== null) return;
      const sessions = symbols.reduce((most, { bars }) => Math.max(most, bars), 0);
      refuseTooMany(mostOnWhole(study), sessions);
    },
    write: async (lab, study) => {
      const { content } = unwrap(await lab.exportReturns(study, format, onProgress));
      await write(bytesOf(content));
      clearProgress();
      say(
        isAdaptive(study.validation.search)
          ? 'These trials were chosen by their results: a test of the choice among them would be too kind.'
          : `To judge them: outsample audit ${judging(path, study)}`,
      );
    },
  };
}

/** The options that judge a study's trials as an audit of the study does. */
function judging(path: string, { metrics: { riskFreeRate }, seed }: Study): string {
  return [
    `--returns ${path}`,
    ...(riskFreeRate === 0 ? [] : [`--risk-free ${riskFreeRate}`]),
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
  ].join(' ');
}

function formatOf(path: string): TableFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = tableFormats.find((one) => one === ending);
  if (format !== undefined) return format;
  throw usage(
    'The ending of this file names no format that returns are written in.',
    `Give --returns a name that ends in ${tableFormats.map((one) => `.${one}`).join(', ')}.`,
    path,
  );
}

/** Judges a file of trial returns, whichever program made it. */
export async function auditReturns(
  file: string,
  study: string | undefined,
  options: AuditOptions,
): Promise<void> {
  refuseOthers(study, options);
  const { riskFree = 0, perYear, seed = 1 } = options;
  if (perYear === 0)
    throw usage('There are no 0 periods in a year.', 'Give --per-year 252, say.', '0');
  const bytes = await readable(file, largestDataFile);
  const returns = await readTrialReturns(file, bytes);
  const controller = new AbortController();
  onInterrupt(() => {
    controller.abort();
  });
  const { signal } = controller;
  const pool = startNodeTrials(options.workers);
  const judged = await judgeReturns(
    returns,
    { seed, riskFreeRate: riskFree, perYear, pool },
    { signal, onProgress },
  ).finally(() => pool.close());
  clearProgress();
  const findings = trialsFindings(judged);
  if (options.json) {
    printJson({ verdict: verdictOf(findings), findings, judged });
    return;
  }
  const [verdict = '', ...rest] = auditText(file, findings);
  const notes = judgedNotes(judged).map((note) => `  · ${note}`);
  print([verdict, '', `  ${judgedSentence(judged)}`, ...notes, ...rest]);
}

const ofReturns = ['riskFree', 'perYear', 'seed'] as const;

/** Options that belong to a file of returns, where there is none. */
export function refuseAlone(options: AuditOptions): void {
  for (const name of ofReturns)
    if (options[name] !== undefined)
      throw usage(
        `${flagOf(name)} goes with --returns only.`,
        'Leave it out, or name a file of returns; a study has its own settings.',
      );
}

const ofStudies = [
  ...dataInputs,
  ...[
    'dateOrder',
    'zone',
    'exchange',
    'stamp',
    'closesAlone',
    'map',
    'rawPrices',
    'convention',
    'costs',
  ],
  ...[
    'vary',
    'method',
    'trials',
    'budget',
    'journal',
    'ledger',
    'passphraseFd',
    'demonstration',
    'shard',
    'on',
    'out',
  ],
] as const;

/** A study, and options that belong to one, beside a file of returns. */
function refuseOthers(study: string | undefined, options: AuditOptions): void {
  const given = options as unknown as Readonly<Record<string, unknown>>;
  const other =
    study !== undefined
      ? 'a study'
      : !options.search
        ? '--no-search'
        : ofStudies.filter((name) => given[name] !== undefined).map(flagOf)[0];
  if (other !== undefined)
    throw usage(
      `--returns judges the trials of a file alone, and ${other} has no part in it.`,
      'Leave one of the two out.',
    );
}
