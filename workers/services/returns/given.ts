import { type LabErrorData, LabError, type Place } from '../../../src/domain/errors.ts';
import { mostPeriods, mostReturns } from '../../../src/domain/limits.ts';
import { mostTrials } from '../../../src/domain/study/validation.ts';
import { count } from '../../../src/present/format.ts';

/** A table of trial returns as a file has it. */
export interface GivenReturns {
  readonly file: string;
  /** Of the column of dates, and of each trial's. */
  readonly dateName: string;
  readonly names: readonly string[];
  /** Milliseconds since 1970-01-01, by period. */
  readonly instants: Float64Array;
  /** By trial and period, `values[trial · periods + period]`; NaN where a cell is empty. */
  readonly values: Float64Array;
  /** The line (or row) of a period. */
  readonly lineOf: (period: number) => number;
}

export const refusal = (
  place: Place,
  problem: string,
  remedy: string,
  more: Pick<LabErrorData, 'cause'> = {},
): LabError => new LabError({ kind: 'import', problem, remedy, place, ...more });

/** Before there is memory for them. Throws a LabError. */
export function refuseTooMuch(file: string, trials: number, periods: number): void {
  if (trials > mostTrials)
    throw refusal(
      { file },
      `There are ${count(trials)} columns of trials; ${count(mostTrials)} is the most that is read.`,
      'Leave some out, by chance and not by their result.',
    );
  if (periods > mostPeriods || trials * periods > mostReturns)
    throw refusal(
      { file },
      `There are ${count(trials)} trials of ${count(periods)} periods; ${count(mostPeriods)} periods and ${count(mostReturns)} returns are the most that is read.`,
      'Leave trials out, by chance and not by their result, or give returns of longer periods.',
    );
}

/** What is no number; a cell that holds nothing is none of these. */
export const notNumeric = (place: Place): LabError =>
  refusal(
    place,
    'This is not a number.',
    'Every column after the dates must hold simple returns, 0.01 for 1 %.',
  );

export const notDate = (place: Place): LabError =>
  refusal(
    place,
    'This is not a date.',
    'The first column must say when each period ends, as YYYY-MM-DD.',
  );

const isoDate = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:$|[T ](\S.*)$)/;

/** Milliseconds since 1970-01-01 of YYYY-MM-DD, YYYY/MM/DD, YYYYMMDD, and a time after them; null where it is none. */
export function instantOf(text: string): number | null {
  const [, year, , month, day, time] = isoDate.exec(text) ?? [];
  if (year === undefined) return null;
  const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}`;
  const start = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== iso) return null;
  if (time === undefined) return start;
  const withZone = /(?:z|[-+]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`;
  const instant = Date.parse(`${iso}T${withZone.replace(/^(\d):/, '0$1:')}`);
  return Number.isNaN(instant) ? null : instant;
}
