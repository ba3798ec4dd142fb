import { sessionDays } from '../../../src/domain/session-closes.ts';
import { perYearOf } from '../../../src/domain/calendar.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { Steps } from '../../../src/domain/market.ts';
import { candidatesOf, dimensionsOf, ownCandidate } from '../../../src/domain/search/candidates.ts';
import { plateauScores } from '../../../src/domain/search/plateau.ts';
import { objectiveOf } from '../../../src/domain/search/standing.ts';
import { searchKey } from '../../../src/domain/study/keys.ts';
import { type Study, canonicalJson, titleAt } from '../../../src/domain/study/study.ts';
import type { Dimension } from '../../../src/domain/study/validation.ts';
import { trialDigest } from '../../../src/domain/trial-digest.ts';
import type { TrialCurve, TrialResult } from '../../../src/domain/trial.ts';
import { mostReturns } from '../../../src/domain/limits.ts';
import type {
  ReturnsMatrix,
  SearchResult,
  TrialColumns,
} from '../../../src/domain/validation/search.ts';
import { fillReturns, trialOf } from '../../../src/domain/validation/statistics/returns.ts';
import { count } from '../../../src/present/format.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import { stepsIn } from '../signals.ts';
import { type SweepContext, sweep } from '../sweep.ts';
import type { Trials } from '../trials.ts';
import { evolved } from './evolved.ts';
import { halved } from './halved.ts';
import { putTrials, readReturns } from './trial-tables.ts';
import { type Searching, type SomeSets, type Tried, everySet, setsOf } from './tried.ts';

/** A finished search, with what folds and statistics need of it; its curves are in the engine's trial tables. */
export interface Searched {
  /** What was searched: equal keys give equal searches. */
  readonly key: string;
  readonly result: SearchResult;
  readonly dimensions: readonly Dimension[];
  /** Studies of the result's candidates. */
  readonly studies: readonly Study[];
  /** Numbers of the result's candidates among all trials: they are their places while none is missing. */
  readonly numbers: readonly number[];
  /** Numbers of the trials whose curves are in the tables. */
  readonly kept: readonly number[];
  /** Every trial was finished, and every curve was kept. */
  readonly complete: boolean;
}

/** Curves of more sessions × trials than this are not kept, but a seeded sample of them: 48 MB in the engine. */
const mostValues = 6_000_000;

/**
 * Simulates the parameter sets of the study's search, each once, by the method that it asks for. A cancel keeps what is
 * finished.
 */
export async function search(
  study: Study,
  trials: Trials,
  context: Searching['context'],
  most = mostValues,
): Promise<Searched> {
  const steps = stepsIn(study, context.dataset);
  const day = sessionDays(steps);
  const dimensions = dimensionsOf(study);
  const searching = {
    ...{ study, dimensions, trials, context },
    most: Math.floor(most / day.length),
  };
  const tried = await triedBy(searching);
  putTrials(context.engine, tried.curves);
  const year = perYearOf({ day, ...steps.clock });
  return assembled(searching, tried, day.length, year);
}

/** The trials of a search that is no adaptive one, before any is simulated, and the places of those whose curves are kept. */
export async function trialsOf(
  study: Study,
  { dataset, signal }: Pick<SweepContext, 'dataset' | 'signal'>,
  most = mostValues,
): Promise<SomeSets & { readonly steps: Steps }> {
  const steps = stepsIn(study, dataset);
  const asked = {
    ...{ study, dimensions: dimensionsOf(study), context: { signal } },
    most: Math.floor(most / sessionDays(steps).length),
  };
  return { ...(await setsOf(candidatesOf(study), asked)), steps };
}

function triedBy(searching: Searching): Promise<Tried> {
  const { study } = searching;
  switch (study.validation.search.method) {
    case 'halving':
      return halved(candidatesOf(study), searching);
    case 'evolution':
      return evolved(searching);
    default:
      return everySet(candidatesOf(study), searching);
  }
}

function assembled(
  { study, dimensions, context }: Searching,
  { asked, leftOut, valid, results, curves, halving }: Tried,
  sessions: number,
  year: number,
): Searched {
  const finished = valid.flatMap((one, trial) => {
    const result = results[trial] ?? null;
    return result === null ? [] : [{ ...one, trial, result }];
  });
  if (finished.length === 0 && !halving?.short.length) stopIfAborted(context.signal);
  const kept = [...curves.keys()].sort((a, b) => a - b);
  const { objective, minimumTrades } = study.validation.walkForward;
  const values = finished.map(({ result }) => objectiveOf(result, objective));
  const candidates = finished.map(({ candidate }) => candidate);
  const own = canonicalJson(ownCandidate(study, dimensions));
  return {
    key: searchKey(study),
    dimensions,
    studies: finished.map(({ study }) => study),
    numbers: finished.map(({ trial }) => trial),
    kept,
    complete: kept.length === valid.length,
    result: {
      dimensions,
      titles: dimensions.map(({ path }) => titleAt(study, path)),
      candidates,
      metrics: columnsOf(finished.map(({ result }) => result)),
      objective,
      plateau: Float64Array.from(plateauScores(candidates, values), (score) => score ?? NaN),
      best: bestOf(
        values.map((value, i) => (finished[i]!.result.trades >= minimumTrades ? value : null)),
      ),
      own: candidates.findIndex((candidate) => canonicalJson(candidate) === own),
      asked,
      leftOut,
      sessions,
      year,
      digests: finished.map(({ study }) => trialDigest(study)),
      kept: kept.length,
      ...(halving && { halving }),
    },
  };
}

function bestOf(values: readonly (number | null)[]): number {
  let best = -1;
  for (const [i, value] of values.entries())
    if (value !== null && (best < 0 || value > values[best]!)) best = i;
  return best;
}

function columnsOf(results: readonly TrialResult[]): TrialColumns {
  const column = (key: Exclude<keyof TrialColumns, 'trades'>) =>
    Float64Array.from(results, (result) => result[key] ?? NaN);
  return {
    sharpe: column('sharpe'),
    sortino: column('sortino'),
    totalReturn: column('totalReturn'),
    cagr: column('cagr'),
    maxDrawdown: column('maxDrawdown'),
    winRate: column('winRate'),
    profitFactor: column('profitFactor'),
    costs: column('costs'),
    trades: Int32Array.from(results, ({ trades }) => trades),
  };
}

/** The kept trials' returns, and the place of the study's own trial among them; null where it was not tried. */
export async function searchedReturns(
  { kept, numbers, result }: Searched,
  study: Study,
  { engine, signal }: Pick<SweepContext, 'engine' | 'signal'>,
): Promise<{ returns: ReturnsMatrix; chosen: number | null }> {
  const returns = await readReturns(engine, kept, result.sessions, signal);
  const own = result.digests.indexOf(trialDigest(study));
  const place = own < 0 ? -1 : kept.indexOf(numbers[own]!);
  return { returns, chosen: place < 0 ? null : place };
}

/**
 * The simple returns of all finished trials, in the result's order. Those whose curves the search did not keep are
 * simulated again. Rejects when it is cancelled.
 */
export async function everyReturn(
  { kept, numbers, studies, result }: Searched,
  trials: Trials,
  context: Omit<SweepContext, 'onCurve'>,
): Promise<ReturnsMatrix> {
  const { sessions } = result;
  refuseTooMany(numbers.length, sessions);
  const returns = await readReturns(context.engine, numbers, sessions, context.signal);
  const known = new Set(kept);
  const left = Array.from(numbers.keys()).filter((i) => !known.has(numbers[i]!));
  if (left.length > 0) {
    const again = left.map((i) => studies[i]!);
    const onCurve = (i: number, curve: TrialCurve): void => {
      fillReturns(curve, trialOf(returns, left[i]!));
    };
    await sweep(again, trials, { ...context, onCurve });
  }
  stopIfAborted(context.signal);
  return returns;
}

/** Throws where a file of returns would be larger than its limit. */
export function refuseTooMany(trials: number, sessions: number): void {
  if (trials * sessions <= mostReturns) return;
  throw new LabError({
    kind: 'data',
    problem: `${count(trials)} trials × ${count(sessions)} sessions are more than the ${count(mostReturns)} returns that one file holds.`,
    remedy: 'Search fewer trials, or a shorter range.',
  });
}
