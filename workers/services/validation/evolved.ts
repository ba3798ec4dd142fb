import { everySettingOfSearch } from '../../../src/domain/search/adaptive.ts';
import { type Candidate, candidatesAt } from '../../../src/domain/search/candidates.ts';
import { Evolution } from '../../../src/domain/search/evolution.ts';
import { last, standingOf } from '../../../src/domain/search/standing.ts';
import type { LabError } from '../../../src/domain/errors.ts';
import { canonicalJson } from '../../../src/domain/study/study.ts';
import type { TrialCurve, TrialResult } from '../../../src/domain/trial.ts';
import { KeptSignals } from '../kept-signals.ts';
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
 * Sets by differential evolution, a generation at a time: all of one are simulated by all workers, and the next hangs on
 * their results alone. What comes up again is not simulated again.
 */
export async function evolved(searching: Searching): Promise<Tried> {
  const { study, dimensions } = searching;
  const context = { ...searching.context, kept: new KeptSignals() };
  const { walkForward } = study.validation;
  const { trials, population } = everySettingOfSearch(study);
  const evolution = new Evolution(study.seed, Math.min(population, trials), dimensions.length);
  const candidateAt = candidatesAt(study, dimensions);
  const kept = keptOf(trials, searching);
  /** Places among the valid; undefined for what is no valid study. */
  const places = new Map<string, number | undefined>();
  const valid: Valid[] = [];
  const results: (TrialResult | null)[] = [];
  const curves = new Map<number, TrialCurve>();
  let refused: LabError | null = null;
  let drawn = 0;
  while (drawn < trials) {
    const generation = evolution
      .ask()
      .slice(0, trials - drawn)
      .map(candidateAt);
    const fresh = new Map<string, Candidate>();
    for (const candidate of generation) {
      const key = canonicalJson(candidate);
      if (!places.has(key)) fresh.set(key, candidate);
    }
    const more = await validStudies([...fresh.values()], searching);
    if (context.signal.aborted) break;
    refused ??= more.refused;
    for (const key of fresh.keys()) places.set(key, undefined);
    const from = valid.length;
    for (const [i, { candidate }] of more.valid.entries())
      places.set(canonicalJson(candidate), from + i);
    valid.push(...more.valid);
    const found = await onWhole(
      Array.from(more.valid.keys()),
      more.valid,
      new Set(Array.from(more.valid.keys()).filter((i) => kept.has(from + i))),
      { ...searching, context: { ...context, onProgress: reporting(drawn, generation.length) } },
    );
    results.push(...found.results);
    for (const [place, curve] of found.curves) curves.set(from + place, curve);
    drawn += generation.length;
    evolution.tell(
      generation.map((candidate) => {
        const place = places.get(canonicalJson(candidate));
        return place === undefined
          ? last
          : standingOf(results[place]!, walkForward.objective, walkForward.minimumTrades);
      }),
    );
  }
  return {
    asked: places.size + trials - drawn,
    leftOut: leftOutOf(places.size, valid.length, refused),
    valid,
    results,
    curves,
  };

  function reporting(before: number, sets: number): Searching['context']['onProgress'] {
    return (at) => {
      const done = before + at.ratio * sets;
      const label = at.phase === 'trials' ? `Trial ${Math.round(done)} of ${trials}` : at.label;
      context.onProgress({ ...at, label, ratio: done / trials });
    };
  }
}
