import { isoFromDay, perYearOf } from '../../../src/domain/calendar.ts';
import { symbolsIn } from '../../../src/domain/market.ts';
import { randomStream } from '../../../src/domain/random.ts';
import { type Budget, halvingSettings } from '../../../src/domain/search/adaptive.ts';
import type { Candidate } from '../../../src/domain/search/candidates.ts';
import { bestPlaces, rungsOf } from '../../../src/domain/search/halving.ts';
import { standingOf } from '../../../src/domain/search/standing.ts';
import { sessionDays } from '../../../src/domain/session-closes.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { trialDigest } from '../../../src/domain/trial-digest.ts';
import type { ClimbedRung, ShortTrial } from '../../../src/domain/validation/search.ts';
import { stepsIn } from '../signals.ts';
import { sweep } from '../sweep.ts';
import { type Searching, type Tried, keptOf, leftOutOf, onWhole, validStudies } from './tried.ts';

/** A part of the data, on which a rung's sets are compared. */
interface Part {
  /** A study on this part alone. */
  readonly of: (study: Study) => Study;
  readonly symbols?: readonly number[];
  /** Length of the sample, and sessions of it a year. */
  readonly sessions: number;
  readonly perYear: number;
}

/**
 * Successive halving of the sets: what goes no further has no numbers of the whole range. A cancel keeps what reached it,
 * and all that was begun is told.
 */
export async function halved(
  candidates: readonly Candidate[],
  searching: Searching,
): Promise<Tried> {
  const { study, trials, context } = searching;
  const { search, walkForward } = study.validation;
  const { valid, refused } = await validStudies(candidates, searching);
  const leftOut = leftOutOf(candidates.length, valid.length, refused);
  const settings = halvingSettings(search);
  const { whole, partOf } = partsOf(settings.budget, searching);
  const plan = rungsOf(valid.length, whole, settings);
  const spent = plan.map(({ sets, budget }) => sets * budget);
  const cost = spent.reduce((sum, one) => sum + one, 0);

  const rungs: ClimbedRung[] = [];
  const begun = new Map<number, ShortTrial>();
  let going = Array.from(valid.keys());
  let found: Pick<Tried, 'results' | 'curves'> = {
    results: valid.map(() => null),
    curves: new Map(),
  };
  let before = 0;
  for (const [rung, { budget }] of plan.entries()) {
    const reporting = {
      ...context,
      onProgress: reportingRung(rung, plan.length, before / cost, spent[rung]! / cost, context),
    };
    before += spent[rung]!;
    if (rung === plan.length - 1) {
      const kept = keptOf(going.length, searching);
      found = await onWhole(going, valid, kept, { ...searching, context: reporting });
      const { results } = found;
      const sets = going.filter((place) => results[place] !== null).length;
      rungs.push({ budget, sets, pruned: 0 });
      break;
    }
    const part = partOf(budget);
    const studies = going.map((place) => part.of(valid[place]!.study));
    const results = await sweep(studies, trials, {
      ...reporting,
      ...(part.symbols && { symbols: part.symbols }),
    });
    for (const [i, place] of going.entries()) {
      const result = results[i] ?? null;
      if (result === null) continue;
      const { candidate, study } = valid[place]!;
      begun.set(place, {
        candidate,
        rung,
        digest: trialDigest(study),
        sharpe: result.sharpe === null ? null : result.sharpe / Math.sqrt(part.perYear),
        sessions: part.sessions,
      });
    }
    const sets = results.filter((result) => result !== null).length;
    const cancelled = context.signal.aborted;
    const least = walkForward.minimumTrades * (budget / whole);
    const standings = results.map((result) => standingOf(result, walkForward.objective, least));
    const best = bestPlaces(standings, plan[rung + 1]!.sets);
    rungs.push({ budget, sets, pruned: cancelled ? 0 : going.length - best.length });
    if (cancelled) break;
    going = best.map((i) => going[i]!);
  }
  const short = [...begun].flatMap(([place, one]) => (found.results[place] === null ? [one] : []));
  return {
    asked: candidates.length,
    leftOut,
    valid,
    ...found,
    halving: { budget: settings.budget, whole, rungs, short },
  };
}

/** How much there is of what sets are given more of, and so much of it. */
function partsOf(
  budget: Budget,
  { study, context }: Searching,
): { whole: number; partOf: (budget: number) => Part } {
  const { market } = context.dataset;
  const steps = stepsIn(study, context.dataset);
  const day = sessionDays(steps);
  if (budget === 'sessions')
    return {
      whole: day.length,
      partOf: (sessions) => {
        const to = isoFromDay(day[sessions - 1]!);
        const early = day.subarray(0, sessions);
        return {
          of: (study) => ({ ...study, range: { ...study.range, to } }),
          sessions,
          perYear: perYearOf({ day: early, ...steps.clock }),
        };
      },
    };
  const order = Int32Array.from(symbolsIn(steps, market)).sort();
  randomStream(study.seed, 'search symbols').shuffle(order);
  return {
    whole: order.length,
    partOf: (symbols) => ({
      of: (study) => study,
      symbols: Array.from(order.subarray(0, symbols)).sort((a, b) => a - b),
      // As much of the sample as of its symbols: the ledger keeps the longer of two samples.
      sessions: Math.floor((day.length * symbols) / order.length),
      perYear: perYearOf({ day, ...steps.clock }),
    }),
  };
}

const reportingRung =
  (
    rung: number,
    rungs: number,
    from: number,
    share: number,
    { onProgress }: Searching['context'],
  ): Searching['context']['onProgress'] =>
  ({ label, ratio, ...at }) => {
    onProgress({
      ...at,
      label: rungs === 1 ? label : `Rung ${rung + 1} of ${rungs}: ${label}`,
      ratio: from + share * ratio,
    });
  };
