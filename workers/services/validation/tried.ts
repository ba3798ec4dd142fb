import { LabError } from '../../../src/domain/errors.ts';
import { randomStream } from '../../../src/domain/random.ts';
import { type Candidate, withCandidate } from '../../../src/domain/search/candidates.ts';
import { type Study, completeStudy } from '../../../src/domain/study/study.ts';
import type { Dimension } from '../../../src/domain/study/validation.ts';
import type { TrialCurve, TrialResult } from '../../../src/domain/trial.ts';
import type { Halving } from '../../../src/domain/validation/search.ts';
import { stopIfAborted } from '../../engines/engine.ts';
import { nextMessage } from '../../engines/next-message.ts';
import { type SweepContext, sweep } from '../sweep.ts';
import type { Trials } from '../trials.ts';

/** A search under way. */
export interface Searching {
  readonly study: Study;
  readonly dimensions: readonly Dimension[];
  readonly trials: Trials;
  readonly context: Omit<SweepContext, 'onCurve' | 'some'>;
  /** Curves that are kept at most. */
  readonly most: number;
}

/** What sets are made valid studies by. */
interface Asked extends Pick<Searching, 'study' | 'dimensions'> {
  readonly context: Pick<SweepContext, 'signal'>;
}

/** What a method of search has tried. */
export interface Tried {
  /** Sets that were drawn, or would have been but for a cancel. */
  readonly asked: number;
  readonly leftOut: { readonly count: number; readonly reason: string };
  /** Sets that make a valid study, each once. */
  readonly valid: readonly Valid[];
  /** Their numbers over the whole range; null where one was not simulated on it. */
  readonly results: readonly (TrialResult | null)[];
  /** The curves that are kept, by the same places. */
  readonly curves: ReadonlyMap<number, TrialCurve>;
  readonly halving?: Halving;
}

export interface Valid {
  readonly candidate: Candidate;
  readonly study: Study;
}

/**
 * The candidates that make a valid study, and what the first that does not is refused for: what two settings refuse
 * together. A cancel ends it before the last.
 */
export async function validStudies(
  candidates: readonly Candidate[],
  { study, dimensions, context }: Asked,
): Promise<{ valid: readonly Valid[]; refused: LabError | null }> {
  const valid: Valid[] = [];
  let refused: LabError | null = null;
  for (const [i, candidate] of candidates.entries()) {
    if (i % 50 === 49) await nextMessage();
    if (context.signal.aborted) break;
    try {
      valid.push({ candidate, study: completeStudy(withCandidate(study, dimensions, candidate)) });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      refused ??= error;
    }
  }
  return { valid, refused };
}

/** What is left out of so many sets; if all are, it is said. */
export function leftOutOf(sets: number, valid: number, refused: LabError | null): Tried['leftOut'] {
  if (valid === 0 && refused !== null) throw refused;
  return { count: sets - valid, reason: refused?.message ?? '' };
}

/** Sets that make a valid study, and the places of those whose curves are kept. */
export interface SomeSets extends Pick<Tried, 'leftOut' | 'valid'> {
  readonly wanted: ReadonlySet<number>;
}

/** The sets among candidates, before any is simulated. */
export async function setsOf(
  candidates: readonly Candidate[],
  asked: Asked & Pick<Searching, 'most'>,
): Promise<SomeSets> {
  const { valid, refused } = await validStudies(candidates, asked);
  stopIfAborted(asked.context.signal);
  const leftOut = leftOutOf(candidates.length, valid.length, refused);
  return { leftOut, valid, wanted: keptOf(valid.length, asked) };
}

/** Simulates all of the sets on the whole range. */
export async function everySet(
  candidates: readonly Candidate[],
  searching: Searching,
): Promise<Tried> {
  const { leftOut, valid, wanted } = await setsOf(candidates, searching);
  const places = Array.from(valid.keys());
  const found = await onWhole(places, valid, wanted, searching);
  return { asked: candidates.length, leftOut, valid, ...found };
}

/** Results over the whole range by place, null beside `places`, and the curves of those that are kept. */
export async function onWhole(
  places: readonly number[],
  valid: readonly Valid[],
  kept: ReadonlySet<number>,
  { trials, context }: Searching,
): Promise<Pick<Tried, 'results' | 'curves'>> {
  const curves = new Map<number, TrialCurve>();
  const found = await sweep(
    places.map((place) => valid[place]!.study),
    trials,
    {
      ...context,
      onCurve: (i, curve) => {
        if (kept.has(i)) curves.set(places[i]!, curve);
      },
    },
  );
  const results = Array.from<TrialResult | null>({ length: valid.length }).fill(null);
  for (const [i, place] of places.entries()) results[place] = found[i]!;
  return { results, curves };
}

/** Which of so many trials’ curves are kept: all where there is room, or as many as the seed draws. */
export function keptOf(
  trials: number,
  { study, most }: Pick<Searching, 'study' | 'most'>,
): ReadonlySet<number> {
  const order = Int32Array.from({ length: trials }, (_, i) => i);
  if (trials > most) randomStream(study.seed, 'kept trials').shuffle(order);
  return new Set(order.subarray(0, most));
}
