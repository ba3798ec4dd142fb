import { clipped } from '../../domain/errors.ts';
import type { ParameterValue } from '../../domain/study/validation.ts';
import type { SearchResult } from '../../domain/validation/search.ts';
import type { TrialReturns } from '../../domain/validation/trial-returns.ts';
import { trialOf } from '../../domain/validation/statistics/returns.ts';
import { columnsCsv } from '../csv.ts';

/** Name of the column that says when a period ends, in every format. */
export const dateColumn = 'date';

/**
 * What a file calls each trial of a search: its line in trials.csv, then its settings as `--vary` writes them.
 * «t0002 entryThreshold=2.5 /exits/stop=off»
 */
export function trialNames({
  dimensions,
  candidates,
}: Pick<SearchResult, 'dimensions' | 'candidates'>): string[] {
  const digits = Math.max(4, String(candidates.length).length);
  return candidates.map((candidate, i) =>
    [
      `t${String(i + 1).padStart(digits, '0')}`,
      ...candidate.map((value, d) => `${shortPath(dimensions[d]?.path ?? '')}=${typed(value)}`),
    ].join(' '),
  );
}

const shortPath = (path: string): string => path.replace(/^\/strategy\/parameters\//, '');
const typed = (value: ParameterValue): string => (value === null ? 'off' : clipped(String(value)));

/** Cells of one piece of text. */
const cellsPerPiece = 200_000;

/** Dates and one column of returns for each trial: a line is a period. */
export const returnsCsv = ({ names, day, matrix }: TrialReturns): AsyncIterable<string> =>
  columnsCsv(
    [dateColumn, ...names],
    [[{ days: day }, ...names.map((_, trial) => trialOf(matrix, trial))]],
    Math.max(1, Math.floor(cellsPerPiece / (names.length + 1))),
  );
