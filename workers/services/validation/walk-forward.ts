import { sessionDays } from '../../../src/domain/session-closes.ts';
import type { Signals } from '../../../src/domain/market.ts';
import { growthPerYear } from '../../../src/domain/metrics/outsample/returns.ts';
import type { Note } from '../../../src/domain/note.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { trialsOfSearch } from '../../../src/domain/validation/ledger.ts';
import type {
  Fold,
  FoldMetrics,
  FoldResult,
  WalkForward,
} from '../../../src/domain/validation/walk-forward.ts';
import { efficiencyOf, stabilityOf } from '../../../src/domain/validation/folds.ts';
import { walkForwardNotes } from '../../../src/present/notes/walk-forward.ts';
import type { OnProgress } from '../../../src/wire/lab.ts';
import { computeFeatures, planOf, readSignals, stepsIn } from '../signals.ts';
import type { SweepContext } from '../sweep.ts';
import { type FoldChoice, choicesOf, foldsOf, purgeFolds } from './folds.ts';
import type { Searched } from './search.ts';
import { Stitch } from './stitch.ts';
import type { Day, Days } from '../../../src/domain/units.ts';

export type ValidationContext = Omit<SweepContext, 'onCurve'>;

/**
 * Chooses parameters on each training window by one query over the search's trials, and runs them on the test window
 * after it. The search's curves are in the trial tables.
 */
export async function walkForward(
  study: Study,
  searched: Searched,
  context: ValidationContext,
): Promise<WalkForward> {
  const { dataset, engine, signal, onProgress } = context;
  const sessions = stepsIn(study, dataset);
  const days = sessionDays(sessions);
  const folds = await foldsOf(study, sessions, engine, signal);
  const purge = await purgeFolds(purgeOf(study, searched.studies), engine, signal);
  const choices = await choicesOf(study, sessions, engine, signal);

  const best = new Stitch(dataset.market, sessions, study);
  const own = new Stitch(dataset.market, sessions, study);
  const signalsOf = signalReader(context);
  const results: FoldResult[] = [];
  for (const [i, fold] of folds.entries()) {
    onProgress(foldProgress(i, folds.length));
    const choice = choices.get(i);
    const chosen = choice === undefined ? null : searched.studies[choice.trial]!;
    const trader = chosen && { settings: chosen, signals: await signalsOf(chosen) };
    const { quick } = best.add(fold, trader);
    own.add(fold, { settings: study, signals: await signalsOf(study) });
    const window = { ...fold, trainTo: fold.trainTo - purge[i]! };
    results.push({
      ...window,
      days: daysOf(window, days),
      chosen: choice === undefined ? null : searched.result.candidates[choice.trial]!,
      trial: choice?.trial ?? -1,
      inSample: choice === undefined ? null : inSampleOf(choice, window, days),
      outOfSample: quick,
    });
  }
  const { walkForward: settings } = study.validation;
  const { dimensions, result } = searched;
  const outOfSample = best.result();
  const traded = results.filter(({ trial }) => trial >= 0);
  return {
    objective: settings.objective,
    minimumTrades: settings.minimumTrades,
    dimensions,
    titles: result.titles,
    trials: result.candidates.length,
    folds: results,
    outOfSample,
    fixed: own.result(),
    efficiency: efficiencyOf(results),
    winningFolds:
      traded.length === 0
        ? null
        : traded.filter(({ outOfSample }) => (outOfSample.totalReturn ?? 0) > 0).length /
          traded.length,
    stability: stabilityOf(dimensions, result.titles, results),
    purge,
    tried: trialsOfSearch(result),
    notes: notesOn(study, searched, purge, results),
  };
}

/** Signals by study; those that the study before had are not read again. */
export function signalReader(context: ValidationContext): (study: Study) => Promise<Signals> {
  const { dataset } = context;
  const known = new Map<string, Promise<Signals>>();
  return (study) => {
    const plan = planOf(study, dataset);
    const key = JSON.stringify([study.strategy, study.precision, study.costs.spread]);
    let signals = known.get(key);
    if (signals === undefined) {
      signals = computeFeatures(study, plan, [], context).then(() =>
        readSignals(study, plan, context, dataset.market.day.length),
      );
      known.set(key, signals);
      const [oldest] = known.keys();
      if (known.size > keptSignals) known.delete(oldest!);
    }
    return signals;
  };
}
const keptSignals = 8;

/** The purge that the study asks for, or else the longest holding time that all trials allow; null where one has none. */
export function purgeOf(study: Study, trials: readonly Study[]): number | null {
  const { purge } = study.validation.walkForward;
  return purge ?? longestHolding(trials);
}

function longestHolding(trials: readonly Study[]): number | null {
  let longest = 0;
  for (const { exits } of trials) {
    if (exits.longestHolding === null) return null;
    longest = Math.max(longest, exits.longestHolding);
  }
  return longest;
}

const foldProgress = (fold: number, of: number): Parameters<OnProgress>[0] => ({
  phase: 'folds',
  label: `Fold ${fold + 1} of ${of}`,
  ratio: fold / of,
});

const daysOf = (fold: Fold, day: Days): Fold<Day> => ({
  trainFrom: day[fold.trainFrom]!,
  trainTo: day[fold.trainTo]!,
  testFrom: day[fold.testFrom]!,
  testTo: day[fold.testTo]!,
});

function inSampleOf(choice: FoldChoice, { trainFrom, trainTo }: Fold, day: Days): FoldMetrics {
  const growth = choice.total_return;
  const days = day[trainTo]! - day[trainFrom]!;
  return {
    sharpe: choice.sharpe,
    sortino: choice.sortino,
    totalReturn: growth,
    cagr: growth === null || days === 0 ? null : growthPerYear(1 + growth, days),
    profitFactor: choice.profit_factor,
    trades: choice.trades,
  };
}

function notesOn(
  study: Study,
  searched: Searched,
  purge: readonly number[],
  folds: readonly FoldResult[],
): Note[] {
  const { minimumTrades, purge: asked } = study.validation.walkForward;
  return walkForwardNotes({
    asked,
    longest: longestHolding(searched.studies),
    purged: Math.max(...purge),
    folds: folds.length,
    idle: folds.filter(({ trial }) => trial < 0).length,
    minimumTrades,
    candidates: searched.result.candidates.length,
    kept: searched.complete ? null : searched.kept.length,
  });
}
