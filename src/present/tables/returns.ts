import type { Cells, FileTable } from '../../domain/file-table.ts';
import type { Candidate } from '../../domain/search/candidates.ts';
import { clipped } from '../../domain/errors.ts';
import type { ParameterValue } from '../../domain/study/validation.ts';
import type { SearchResult } from '../../domain/validation/search.ts';
import type { TrialReturns } from '../../domain/validation/trial-returns.ts';
import { trialOf } from '../../domain/validation/statistics/returns.ts';
import { rowsAtOnce } from '../file-table.ts';

/** Name of the column that says when a period ends. */
const dateColumn = 'date';

/**
 * What a file calls each trial of a search: its line in trials.csv, then its settings as `--vary` writes them.
 * «t0002 entryThreshold=2.5 /exits/stop=off»
 */
export function trialNames({
  dimensions,
  candidates,
}: Pick<SearchResult, 'dimensions' | 'candidates'>): string[] {
  const digits = Math.max(4, String(candidates.length).length);
  return candidates.map(
    (candidate, i) =>
      `t${String(i + 1).padStart(digits, '0')} ${candidateName(dimensions, candidate)}`,
  );
}

/** A parameter set as `--vary` writes its settings. «entryThreshold=2.5 /exits/stop=off» */
export const candidateName = (
  dimensions: SearchResult['dimensions'],
  candidate: Candidate,
): string =>
  candidate.map((value, d) => `${shortPath(dimensions[d]?.path ?? '')}=${typed(value)}`).join(' ');

const shortPath = (path: string): string => path.replace(/^\/strategy\/parameters\//, '');
const typed = (value: ParameterValue): string => (value === null ? 'off' : clipped(String(value)));

/** Dates and one column of returns for each trial: a line is a period. Its parts are views of the matrix, not copies. */
export function returnsTable({ names, day, matrix }: TrialReturns): FileTable {
  const most = rowsAtOnce(names.length + 1);
  function* parts(): Generator<readonly Cells[]> {
    for (let from = 0; from < day.length; from += most) {
      const to = Math.min(day.length, from + most);
      yield [
        day.subarray(from, to),
        ...names.map((_, trial) => trialOf(matrix, trial).subarray(from, to)),
      ];
    }
  }
  return {
    columns: [
      { name: dateColumn, stored: 'date', isFull: true },
      ...names.map((name) => ({ name, stored: 'double', isFull: true }) as const),
    ],
    parts: parts(),
  };
}
