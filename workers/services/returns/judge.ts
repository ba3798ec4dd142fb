import { periodsPerYear } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import {
  type ReturnsJudgement,
  bestOfTrials,
} from '../../../src/domain/validation/returns-judgement.ts';
import { isMissing } from '../../../src/domain/validation/statistics/found.ts';
import { annual, trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import {
  deflatedEvidence,
  sharpeEvidence,
} from '../../../src/domain/validation/statistics/sharpe-evidence.ts';
import { overfittingVerdict } from '../../../src/present/overfitting-verdict.ts';
import type { OnProgress } from '../../../src/wire/lab.ts';
import { judgedTrials, labelsOfTrials, parts } from '../trial-evidence.ts';
import { type Trials, trialsInProcess } from '../trials.ts';
import type { ReadReturns } from './read.ts';

export interface JudgeOptions {
  readonly seed: number;
  /** A year, simple. */
  readonly riskFreeRate: number;
  /** As the dates have it unless told. */
  readonly perYear?: number | undefined;
  /** 1,000 unless told. */
  readonly samples?: number;
  /** What shares the resampling; without it, it is done in this thread. */
  readonly pool?: Pick<Trials, 'workers' | 'superior'>;
}

const shares = {
  pbo: [labelsOfTrials.pbo, 0.2],
  superior: [labelsOfTrials.superior, 0.7],
  cells: [labelsOfTrials.cells, 0.1],
} as const;

/**
 * Judges trial returns as `overfitting` does those of a search of this lab, the best trial being the run. The matrix
 * becomes that of the excess returns. Rejects when it is cancelled.
 */
export async function judgeReturns(
  { names, day, matrix, leftOut, constant }: ReadReturns,
  options: JudgeOptions,
  calls: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<ReturnsJudgement> {
  const { seed, riskFreeRate, perYear = periodsPerYear(day), samples = 1000 } = options;
  const { pool = trialsInProcess() } = options;
  const { values, trials, sessions } = matrix;
  const free = riskFreeRate / perYear;
  if (free !== 0) for (let i = 0; i < values.length; i++) values[i]! -= free;
  const known = bestOfTrials(matrix);
  if (isMissing(known)) throw new LabError({ kind: 'data', problem: known.reason });
  const { best } = known;
  const ofTrials = await judgedTrials(
    matrix,
    best,
    { seed, samples, pool, signal: calls.signal },
    parts(shares, calls),
  );
  const sharpe = sharpeEvidence(trialOf(matrix, best));
  const evidence = isMissing(sharpe) ? sharpe : deflatedEvidence(sharpe, known, perYear);
  const deflated = isMissing(evidence) ? evidence : { ...evidence, remark: remarkOn(trials) };
  const found = { sharpe, deflated, ...ofTrials };
  return {
    trials,
    periods: sessions,
    from: day[0]!,
    to: day.at(-1)!,
    perYear,
    riskFreeRate,
    best: {
      name: names[best]!,
      sharpe: isMissing(sharpe) ? NaN : annual(sharpe.moments.sharpe, perYear),
    },
    leftOut,
    constant,
    ...found,
    verdict: overfittingVerdict(found),
  };
}

const remarkOn = (trials: number): string | null =>
  trials < 2
    ? 'The file holds one trial: nothing is deflated, and this equals the probabilistic Sharpe ratio against zero. Trials that the file leaves out are not known here.'
    : null;
