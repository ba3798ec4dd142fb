import { momentsOf } from '../../../src/domain/validation/statistics/moments.ts';
import { trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import type { TrialReturns } from '../../../src/domain/validation/trial-returns.ts';
import { count, minute } from '../../../src/present/format.ts';
import { containerWithin, isArrow, isContainer, isParquet, unpacked } from '../import/open.ts';
import { type GivenReturns, notDate, refusal } from './given.ts';
import { readArrow } from './read-arrow.ts';
import { readCsv } from './read-csv.ts';
import { readParquet } from './read-parquet.ts';

const msPerDay = 86_400_000;
/** Below it the reality check has none of its statistics. */
const fewestPeriods = 20;

/** What a file of trial returns holds, and what of it is not judged. */
export interface ReadReturns extends TrialReturns {
  /** Periods at the start and at the end that some trial has no return of. */
  readonly leftOut: { readonly before: number; readonly after: number };
  /** Names of the trials whose returns don't vary. */
  readonly constant: readonly string[];
}

/**
 * Reads trial returns of any program: CSV or TSV (also .gz or .zst), Arrow IPC or Parquet, by its first bytes. One column of
 * dates, and one of simple returns per period for each trial. Throws a LabError that names line and column.
 */
export async function readTrialReturns(
  file: string,
  given: Uint8Array<ArrayBuffer>,
): Promise<ReadReturns> {
  const bytes = await unpacked(file, given);
  if (isContainer(bytes)) throw containerWithin(file);
  if (isParquet(bytes)) return settled(await readParquet(file, bytes));
  return settled(isArrow(bytes) ? readArrow(file, bytes) : readCsv(file, bytes));
}

function settled(given: GivenReturns): ReadReturns {
  refuseNames(given);
  refuseDisorder(given);
  const { from, to } = commonPeriods(given);
  const { names, values, instants } = given;
  const periods = instants.length;
  const sessions = to - from;
  for (let trial = 0; trial < names.length; trial++)
    values.copyWithin(trial * sessions, trial * periods + from, trial * periods + to);
  const matrix = {
    sessions,
    trials: names.length,
    values: values.subarray(0, names.length * sessions),
  };
  const constant = names.filter((_, trial) => momentsOf(trialOf(matrix, trial)) === null);
  if (constant.length === names.length)
    throw refusal(
      { file: given.file },
      names.length === 1
        ? 'The returns of the only trial don’t vary.'
        : `The returns of all ${count(names.length)} trials don’t vary, each by itself.`,
      'Check that the columns hold returns.',
    );
  return {
    names,
    day: Int32Array.from(instants.subarray(from, to), (instant) => Math.floor(instant / msPerDay)),
    matrix,
    leftOut: { before: from, after: periods - to },
    constant,
  };
}

function refuseNames({ file, names }: GivenReturns): void {
  if (names.length === 0)
    throw refusal(
      { file },
      'There are no columns of returns.',
      'Give a column of dates and one of returns for each trial.',
    );
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw refusal(
        { file, column: name },
        'Two columns have this name.',
        'Name each trial’s column differently.',
      );
    seen.add(name);
  }
}

function refuseDisorder({ file, dateName, instants, lineOf }: GivenReturns): void {
  const missing = instants.findIndex((instant) => Number.isNaN(instant));
  if (missing >= 0) throw notDate({ file, line: lineOf(missing), column: dateName, value: '' });
  for (let i = 1; i < instants.length; i++) {
    if (instants[i]! > instants[i - 1]!) continue;
    throw refusal(
      { file, line: lineOf(i), column: dateName, value: when(instants[i]!) },
      `This date is not after the one of the line before, ${when(instants[i - 1]!)}.`,
      'Give one line for each period, in the order of time (in pandas: df.sort_index()).',
    );
  }
}

const when = (instant: number): string => minute(instant).replace(/ 00:00$/, '');

/**
 * The periods from the first to the last that every trial has a return of: some start later or end sooner, and the
 * first return of prices is missing. Throws a LabError where a trial has a gap between, or a value that is no return.
 */
function commonPeriods({ file, names, instants, values, lineOf }: GivenReturns): {
  from: number;
  to: number;
} {
  const periods = instants.length;
  let from = 0;
  let to = periods;
  for (const [trial, column] of names.entries()) {
    const own = values.subarray(trial * periods, (trial + 1) * periods);
    const first = own.findIndex(isKnown);
    const end = own.findLastIndex(isKnown) + 1;
    if (first < 0)
      throw refusal(
        { file, column },
        periods === 0 ? 'There are no periods.' : 'This column holds no returns.',
        'Leave the column out, or fill it.',
      );
    let isPrices = true;
    for (let i = first; i < end; i++) {
      const value = own[i]!;
      if (!isKnown(value))
        throw refusal(
          { file, line: lineOf(i), column },
          'There is no return here, between others of this trial.',
          'Write 0 where the trial held nothing, or leave the line out for all trials.',
        );
      if (!Number.isFinite(value))
        throw refusal(
          { file, line: lineOf(i), column, value: String(value) },
          'This is not finite.',
          'Write a simple return, 0.01 for 1 %.',
        );
      if (!(value > 1)) isPrices = false;
    }
    if (isPrices)
      throw refusal(
        { file, line: lineOf(first), column, value: String(own[first]!) },
        'These are no simple returns: every one would more than double the capital.',
        'Give returns, 0.01 for 1 % (of prices or equity in pandas: df.pct_change()).',
      );
    from = Math.max(from, first);
    to = Math.min(to, end);
  }
  if (to - from >= fewestPeriods) return { from, to };
  const common = Math.max(0, to - from);
  throw refusal(
    { file },
    common === periods
      ? `There are ${count(common)} periods; at least ${fewestPeriods} are needed.`
      : `All trials together have returns of ${count(common)} of ${count(periods)} periods; at least ${fewestPeriods} are needed.`,
    common === periods
      ? 'Give a longer history, or shorter periods.'
      : 'Leave out the trials that start late or end early.',
  );
}

const isKnown = (value: number): boolean => !Number.isNaN(value);
