import { LabError } from '../../../src/domain/errors.ts';
import { sessionsPerYear } from '../../../src/domain/calendar.ts';
import {
  fitRegimes,
  meanAndVariance,
  regimes,
  regimesOf,
} from '../../../src/domain/learning/regimes.ts';
import { judged } from '../../../src/domain/learning/verdict.ts';
import type { MarketSessions } from '../../../src/domain/learning/training.ts';
import type { LearnedWeights } from '../../../src/domain/learning/weights.ts';
import type { Steps, Signals } from '../../../src/domain/market.ts';
import { randomStream } from '../../../src/domain/random.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { startingCash } from '../../../src/domain/trial.ts';
import type { FoldRegimes, Learning } from '../../../src/domain/validation/learning.ts';
import { because, isMissing } from '../../../src/domain/validation/statistics/found.ts';
import { excessOf, returnsOf } from '../../../src/domain/validation/statistics/returns.ts';
import { sharpeDifference } from '../../../src/domain/validation/statistics/sharpe-difference.ts';
import type { Fold, FoldResult, Stitched } from '../../../src/domain/validation/walk-forward.ts';
import { learningSentence } from '../../../src/present/learning-sentence.ts';
import { drive, nextTurn } from '../drive.ts';
import { stepsIn } from '../signals.ts';
import { foldsOf } from './folds.ts';
import { learningNotes } from '../../../src/present/notes/learning.ts';
import { type Lesson, readLessons, refuseUnteachable, withWeights } from './lessons.ts';
import { Stitch } from './stitch.ts';
import { type ValidationContext, signalReader } from './walk-forward.ts';

/** Labels and regimes are of days. */
const learnsByDays = {
  kind: 'study',
  problem: 'Weights are learned from bars dated by days; these have times.',
  remedy: 'Use a file of daily bars, or the weights that the study says.',
} as const;

/** A fold, fitted. */
interface Taught {
  readonly weights: readonly LearnedWeights[];
  /** The regime of each session of the test window (0 calm, 1 volatile, 2 panic), and what is said of them. */
  readonly regime: Uint8Array | null;
  readonly regimes: FoldRegimes | null;
}

/**
 * Fits Harvester's weights and the market's regimes on each training window, trades with them on the test window after
 * it, and judges the result beside the study's own weights on the same windows. Nothing after a fold's training reaches
 * its weights; a regime is known from the closes up to its session.
 *
 * @throws LabError of kind 'study' where the strategy has no weights or nothing is asked for
 */
export async function learn(study: Study, context: ValidationContext): Promise<Learning> {
  refuseUnteachable(study);
  const { dataset, engine, signal, onProgress } = context;
  const { market } = dataset;
  if (market.clock !== undefined) throw new LabError(learnsByDays);
  const sessions = stepsIn(study, dataset);
  const folds = await foldsOf(study, sessions, engine, signal);
  const { lessons, market: unrest, missing } = await readLessons(study, sessions, context);
  const signalsOf = signalReader(context);
  const own = await signalsOf(study);
  const learned = new Stitch(market, sessions, study);
  const fixed = new Stitch(market, sessions, study);
  const { horizon } = study.validation.learning;
  const taughtFolds: Taught[] = [];
  const results: FoldResult[] = [];
  for (const [i, fold] of folds.entries()) {
    await nextTurn(signal);
    const label = `Fold ${i + 1} of ${folds.length}`;
    onProgress({ phase: 'folds', label, ratio: i / folds.length });
    const taught = taughtBy(lessons, unrest, fold, sessions);
    const settings = withWeights(
      study,
      lessons.map((lesson, k) => ({ lesson, weights: taught.weights[k]!.weights })),
    );
    const signals = scaledByRegime(await signalsOf(settings), taught, fold, sessions, study);
    const { quick } = learned.add(fold, { settings, signals });
    fixed.add(fold, { settings: study, signals: own });
    taughtFolds.push(taught);
    results.push(resultOf(fold, taught, horizon, sessions, quick));
  }

  const [best, plain] = [learned.result(), fixed.result()];
  const capital = startingCash(study, market, sessions);
  const significance = await significanceOf(best, plain, study, capital, signal);
  const factors = factorsOf(study);
  const anyLearned = taughtFolds.some(
    ({ weights, regime }) =>
      weights.some(({ kept }) => kept === null) ||
      (regime !== null && regime.some((state) => factors[state] !== 1)),
  );
  const compared = {
    learned: best.quick.sharpe,
    fixed: plain.quick.sharpe,
    significance,
    anyLearned,
    same: best.digests.equity === plain.digests.equity,
  };
  return {
    coefficients: lessons.flatMap((lesson, k) =>
      coefficientsOf(
        lesson,
        taughtFolds.map(({ weights }) => weights[k]!),
      ),
    ),
    observations: taughtFolds.map(({ weights }, i) => {
      const { trainFrom, trainTo } = folds[i]!;
      return weights[0]?.observations ?? trainTo - trainFrom + 1;
    }),
    explained: taughtFolds.map(({ weights }) => weights[0]?.explained ?? null),
    regimes: unrest && taughtFolds.map(({ regimes }) => regimes ?? unfitted),
    folds: results,
    learned: best,
    fixed: plain,
    significance,
    verdict: judged(compared),
    sentence: learningSentence(compared),
    notes: learningNotes(
      study,
      lessons.map((lesson, k) => ({
        lesson,
        kept: taughtFolds.map(({ weights }) => weights[k]!.kept),
      })),
      unrest && taughtFolds.map(({ regimes }) => regimes !== null),
      missing,
    ),
  };
}

function taughtBy(
  lessons: readonly Lesson[],
  market: MarketSessions | null,
  fold: Fold,
  { day }: Steps,
): Taught {
  const { trainFrom, trainTo, testFrom, testTo } = fold;
  const training = { from: day[trainFrom]!, to: day[trainTo]! };
  const weights = lessons.map(({ fit }) => fit(training));
  const model = market && fitRegimes(market.range.subarray(trainFrom, trainTo + 1));
  if (market === null || model === null) return { weights, regime: null, regimes: null };
  const known = regimesOf(model, market.range.subarray(trainFrom, testTo + 1));
  const regime = known.subarray(testFrom - trainFrom);
  const trained = market.change.subarray(trainFrom, trainTo + 1);
  const figures = regimes.map((_, j) => meanAndVariance(trained.filter((_, t) => known[t] === j)));
  return {
    weights,
    regime,
    regimes: {
      mean: figures.map(({ mean }) => mean),
      deviation: figures.map(({ variance }) => Math.sqrt(variance)),
      transition: model.transition,
      share: regimes.map((_, j) => regime.filter((one) => one === j).length / regime.length),
    },
  };
}

const unfitted: FoldRegimes = {
  mean: regimes.map(() => Number.NaN),
  deviation: regimes.map(() => Number.NaN),
  transition: regimes.map(() => regimes.map(() => Number.NaN)),
  share: regimes.map(() => Number.NaN),
};

/** What positions are multiplied by: calm, volatile, panic. */
const factorsOf = ({ validation: { learning } }: Study): readonly number[] => [
  1,
  learning.volatileFactor,
  learning.panicFactor,
];

/** Signals of the test window whose sizes are multiplied by the regime at their close. */
function scaledByRegime(
  signals: Signals,
  { regime }: Taught,
  { testFrom }: Fold,
  { start, rows }: Steps,
  study: Study,
): Signals {
  if (regime === null) return signals;
  const factors = factorsOf(study);
  const sizeFactor = Float64Array.from(signals.sizeFactor);
  const weight = signals.weight?.slice();
  for (const [i, state] of regime.entries()) {
    const session = testFrom + i;
    for (let at = start[session]!; at < start[session + 1]!; at++)
      for (const column of weight ? [sizeFactor, weight] : [sizeFactor])
        column[rows[at]!] = column[rows[at]!]! * factors[state]!;
  }
  return { ...signals, sizeFactor, ...(weight && { weight }) };
}

function resultOf(
  fold: Fold,
  { weights }: Taught,
  horizon: number,
  { day }: Steps,
  outOfSample: FoldResult['outOfSample'],
): FoldResult {
  const trainTo = Math.max(fold.trainFrom, fold.trainTo - horizon);
  return {
    ...fold,
    trainTo,
    days: {
      trainFrom: day[fold.trainFrom]!,
      trainTo: day[trainTo]!,
      testFrom: day[fold.testFrom]!,
      testTo: day[fold.testTo]!,
    },
    chosen: weights.flatMap(({ weights }) => weights),
    trial: -1,
    inSample: null,
    outOfSample,
  };
}

const coefficientsOf = (
  { names, fixed }: Lesson,
  folds: readonly LearnedWeights[],
): Learning['coefficients'] =>
  names.map((name, k) => ({
    name,
    value: Float64Array.from(folds, ({ coefficients }) => coefficients[k]!),
    error: Float64Array.from(folds, ({ errors }) => errors[k]!),
    fixed: fixed[k]!,
  }));

/** Resamples of the bootstrap. */
const samples = 2000;

async function significanceOf(
  learned: Stitched,
  fixed: Stitched,
  { seed, metrics }: Study,
  initialCash: number,
  signal: AbortSignal,
): Promise<Learning['significance']> {
  const curves = [learned, fixed].map(({ equity }) => returnsOf(equity.equity, initialCash));
  const [ours, theirs] = curves;
  if (!ours || !theirs) return { value: null, reason: because.ruined };
  const rate = metrics.riskFreeRate / sessionsPerYear(learned.equity.day);
  const stream = randomStream(seed, 'learned against fixed');
  const work = sharpeDifference(excessOf(ours, rate), excessOf(theirs, rate), samples, stream);
  const found = await drive(work, signal, () => undefined);
  return isMissing(found)
    ? { value: null, reason: found.reason }
    : { value: found.pValue, reason: null };
}
