import { sessionsPerYear } from '../../../src/domain/calendar.ts';
import { randomStream } from '../../../src/domain/random.ts';
import { at } from '../../../src/domain/study/pointer.ts';
import {
  type Curve,
  commonDays,
  returnsBetween,
} from '../../../src/domain/validation/statistics/common-sessions.ts';
import { isMissing } from '../../../src/domain/validation/statistics/found.ts';
import { holm } from '../../../src/domain/validation/statistics/holm.ts';
import { momentsOf } from '../../../src/domain/validation/statistics/moments.ts';
import { annual, excessOf } from '../../../src/domain/validation/statistics/returns.ts';
import {
  type SharpeDifference,
  sharpeDifference,
} from '../../../src/domain/validation/statistics/sharpe-difference.ts';
import { type SharpeComparison, leastCommonSessions } from '../../../src/domain/journal.ts';
import { drive } from '../drive.ts';

/** What is needed of a run to compare its Sharpe ratio. */
export interface TestedRun {
  readonly equityDigest: string;
  readonly study: unknown;
  /** Null where it was not kept. */
  readonly curve: Curve | null;
}

/** Resamples of each pair. */
const samples = 999;

/**
 * Each run’s Sharpe ratio against the first run’s over the sessions that the two have in common, by a paired stationary
 * bootstrap; p-values corrected for how many pairs there are (Holm). The draws are seeded by what the curves are.
 */
export async function compareSharpe(
  [base, ...others]: readonly TestedRun[],
  signal: AbortSignal,
): Promise<SharpeComparison[]> {
  if (base === undefined) return [];
  const found: SharpeComparison[] = [];
  for (const run of others) found.push(await compared(base, run, signal));
  const tested = found.filter((one) => one.kind === 'tested');
  const corrected = holm(tested.map(({ pValue }) => pValue));
  return found.map((one) =>
    one.kind === 'tested' ? { ...one, corrected: corrected[tested.indexOf(one)]! } : one,
  );
}

async function compared(
  base: TestedRun,
  run: TestedRun,
  signal: AbortSignal,
): Promise<SharpeComparison> {
  const both = [base, run] as const;
  if (base.equityDigest === run.equityDigest) return { kind: 'same' };
  if (base.curve === null || run.curve === null)
    return { kind: 'no-curve', base: base.curve === null, run: run.curve === null };
  const days = commonDays([base.curve, run.curve]);
  if (days.length < leastCommonSessions) return { kind: 'few-sessions', sessions: days.length };
  const [theirs, ours] = both.map(({ curve }) => returnsBetween(curve!, days));
  if (!theirs || !ours) return { kind: 'ruined', base: !theirs, run: !ours };
  const flat = { base: momentsOf(theirs) === null, run: momentsOf(ours) === null };
  if (flat.base || flat.run) return { kind: 'flat', ...flat };

  const perYear = sessionsPerYear(days);
  const stream = randomStream(1, `compare ${run.equityDigest} ${base.equityDigest}`);
  const excess = (returns: Float64Array, { study }: TestedRun) =>
    excessOf(returns, rateOf(study) / perYear);
  const work = sharpeDifference(excess(ours, run), excess(theirs, base), samples, stream);
  const difference = await drive(work, signal, () => undefined);
  if (isMissing(difference)) throw new RangeError(difference.reason);
  return tested(difference, days, perYear);
}

/** The study’s yearly rate; 0 where an older version wrote a study without one. */
function rateOf(study: unknown): number {
  const rate = at(study, '/metrics/riskFreeRate');
  return typeof rate === 'number' ? rate : 0;
}

function tested(found: SharpeDifference, days: Int32Array, perYear: number): SharpeComparison {
  return {
    kind: 'tested',
    base: annual(found.second, perYear),
    run: annual(found.first, perYear),
    difference: annual(found.difference, perYear),
    low: annual(found.low, perYear),
    high: annual(found.high, perYear),
    pValue: found.pValue,
    corrected: found.pValue,
    sessions: days.length,
    from: days[0]!,
    to: days.at(-1)!,
    blockLength: found.blockLength,
    samples,
  };
}
