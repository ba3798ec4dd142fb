import type { LabErrorData, Place } from '../../errors.ts';
import type { Problem } from './language/problem.ts';

export const parameter = (part: string): string => `/strategy/parameters/${part}`;

/** A problem of an expression as a fault of the study: path, line, column and the text itself. */
export const faultOf = (part: string, problem: Problem): LabErrorData => ({
  kind: 'study',
  problem: problem.problem,
  remedy: problem.remedy,
  place: { path: parameter(part), ...placeOf(problem) },
});

export const placeOf = ({ line, column, offset, text }: Problem): Place => ({
  line,
  column: String(column),
  offset,
  value: text,
});
