import { everySettingOfSearch } from '../../../src/domain/search/adaptive.ts';
import type { Candidate } from '../../../src/domain/search/candidates.ts';
import { type Rung, bestPlaces, rungsOf } from '../../../src/domain/search/halving.ts';
import { standingOf } from '../../../src/domain/search/standing.ts';
import { trialDigest } from '../../../src/domain/trial-digest.ts';
import type { TrialResult } from '../../../src/domain/trial.ts';
import type { ClimbedRung, ShortTrial } from '../../../src/domain/validation/search.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import { KeptSignals } from '../kept-signals.ts';
import { sweep } from '../sweep.ts';
import { type Part, partsOf } from './parts.ts';
import {
  type Searching,
  type Tried,
  type Valid,
  keptOf,
  leftOutOf,
  onWhole,
  validStudies,
} from './tried.ts';

/**
 * Successive halving of the sets: those that go no further have no numbers of the whole range. A cancel keeps what
 * reached it, and tells of all that was begun.
 */
export async function halved(
  candidates: readonly Candidate[],
  searching: Searching,
): Promise<Tried> {
  const { study, trials, context } = searching;
  const { walkForward } = study.validation;
  const { valid, refused } = await validStudies(candidates, searching);
  stopIfAborted(context.signal);
  const leftOut = leftOutOf(candidates.length, valid.length, refused);
  const settings = everySettingOfSearch(study);
  const { whole, first } = partsOf(settings.budget, searching);
  const plan = rungsOf(valid.length, whole, settings);
  const onRung = reportingRungs(plan, { ...context, kept: new KeptSignals() });

  const rungs: ClimbedRung[] = [];
  const begun = new Map<number, ShortTrial>();
  let going = Array.from(valid.keys());
  for (const [rung, { budget }] of plan.slice(0, -1).entries()) {
    const part = first(budget);
    const results = await sweep(
      going.map((place) => part.of(valid[place]!.study)),
      trials,
      { ...onRung(rung), ...(part.some && { some: part.some }) },
    );
    for (const [i, place] of going.entries()) {
      const result = results[i] ?? null;
      if (result !== null) begun.set(place, shortOf(valid[place]!, rung, result, part));
    }
    const sets = results.filter((result) => result !== null).length;
    const cancelled = context.signal.aborted;
    const trades = walkForward.minimumTrades * (budget / whole);
    const standings = results.map((result) => standingOf(result, walkForward.objective, trades));
    const best = cancelled ? [] : bestPlaces(standings, plan[rung + 1]!.sets);
    rungs.push({ budget, sets, pruned: cancelled ? 0 : sets - best.length });
    going = best.map((i) => going[i]!);
    if (cancelled) break;
  }
  const found = await onWhole(going, valid, keptOf(going.length, searching), {
    ...searching,
    context: onRung(plan.length - 1),
  });
  const { results } = found;
  if (going.length > 0)
    rungs.push({ budget: whole, sets: going.filter((i) => results[i] !== null).length, pruned: 0 });
  const short = [...begun].flatMap(([place, one]) => (results[place] === null ? [one] : []));
  return {
    asked: candidates.length,
    leftOut,
    valid,
    ...found,
    halving: { budget: settings.budget, whole, rungs, short },
  };
}

const shortOf = (
  { candidate, study }: Valid,
  rung: number,
  { sharpe }: TrialResult,
  { sessions, perYear }: Part,
): ShortTrial => ({
  candidate,
  rung,
  digest: trialDigest(study),
  sharpe: sharpe === null ? null : sharpe / Math.sqrt(perYear),
  sessions,
});

/** A context for each rung that reports as much progress as it has data to go through. */
function reportingRungs(
  plan: readonly Rung[],
  context: Searching['context'],
): (rung: number) => Searching['context'] {
  const costs = plan.map(({ sets, budget }) => sets * budget);
  const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);
  return (rung) => ({
    ...context,
    onProgress: ({ label, ratio, ...at }) => {
      const done = sum(costs.slice(0, rung)) + ratio * costs[rung]!;
      const on = plan.length === 1 ? '' : `Rung ${rung + 1} of ${plan.length}: `;
      context.onProgress({ ...at, label: on + label, ratio: done / sum(costs) });
    },
  });
}
