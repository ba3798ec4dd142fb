import type { BreakEven } from '../break-even.ts';
import type { LabErrorData } from '../errors.ts';
import { isSearchable } from '../search/varied.ts';
import type { Study } from '../study/study.ts';
import type { Learning } from './learning.ts';
import type { LookAheadReport } from './look-ahead.ts';
import type { OverfittingReport } from './statistics/report.ts';
import type { SurvivorshipReport } from './survivorship.ts';
import type { WalkForward } from './walk-forward.ts';

/** What was examined of a run; null what was not. */
export interface Examined {
  readonly lookAhead: LookAheadReport | null;
  readonly survivorship: SurvivorshipReport | null;
  readonly breakEven: BreakEven | null;
  readonly walkForward: WalkForward | null;
  readonly overfitting: OverfittingReport | null;
  readonly learning: Learning | null;
}

export const nothingExamined: Examined = {
  lookAhead: null,
  survivorship: null,
  breakEven: null,
  walkForward: null,
  overfitting: null,
  learning: null,
};

/**
 * What a run is examined for, in this order: the walk-forward chooses among the trials of the search, and the
 * statistics of overfitting count them.
 */
const examinations = [
  'lookAhead',
  'survivorship',
  'breakEven',
  'search',
  'walkForward',
  'overfitting',
] as const;
export type Examination = (typeof examinations)[number];

export interface Examiner {
  /** Whether to search parameters, and walk forward with them, where the study has any to vary. */
  readonly withSearch: boolean;
  /** What is known already is not asked again. */
  readonly has: (one: Examination) => boolean;
  /** Asks for one, the first of `left`; says what kept it from an answer. */
  readonly ask: (one: Examination, left: number) => Promise<LabErrorData | null>;
}

/** Data too short for the study's windows leave an examination open, and so does a search whose sets have seen the answer. */
export const leavesOpen = ({ code }: LabErrorData): boolean =>
  code === 'too-short' || code === 'adaptive-search';

/** Examines a run, one thing after another, until one fails in another way than being left open: that failure, or null. */
export async function examine(
  study: Study,
  { withSearch, has, ask }: Examiner,
): Promise<LabErrorData | null> {
  const searches = withSearch && isSearchable(study);
  const asked = examinations.filter((one) => {
    if (has(one)) return false;
    if (one === 'search') return searches && !has('walkForward');
    return one !== 'walkForward' || searches;
  });
  for (const [i, one] of asked.entries()) {
    const failure = await ask(one, asked.length - i);
    if (failure !== null && !leavesOpen(failure)) return failure;
  }
  return null;
}
