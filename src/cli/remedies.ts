import type { LabErrorCode, LabErrorData } from '../domain/errors.ts';

/** What to do next, where the command has a way of its own. */
const remedies: Readonly<Partial<Record<LabErrorCode, string>>> = {
  'price-not-positive':
    'Correct the cell, or leave such bars out (--leave-out-nonpositive): they are counted and told.',
  'ambiguous-dates':
    'Write them as YYYY-MM-DD, or say which it is (--date-order day-first or month-first).',
};

/** A failure as the command tells it. */
export function told(data: LabErrorData): LabErrorData {
  const remedy = data.code === undefined ? undefined : remedies[data.code];
  return remedy === undefined ? data : { ...data, remedy };
}
