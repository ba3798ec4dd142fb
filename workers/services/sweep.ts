import { LabError } from '../../src/domain/errors.ts';
import { sessionDays } from '../../src/domain/session-closes.ts';
import { type Feature, featureKey } from '../../src/domain/features.ts';
import type { Known } from '../../src/domain/shards/answers.ts';
import type { SomeSymbols } from '../../src/domain/some-symbols.ts';
import type { Signals } from '../../src/domain/market.ts';
import type { SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { type Study, canonicalJson } from '../../src/domain/study/study.ts';
import { trialDigest } from '../../src/domain/trial-digest.ts';
import type { TrialCurve, TrialResult } from '../../src/domain/trial.ts';
import type { OnProgress, TrialEquity } from '../../src/wire/lab.ts';
import { stopIfAborted } from '../engines/engine.ts';
import type { Dataset } from './dataset.ts';
import { nextTurn } from './drive.ts';
import {
  type SignalContext,
  computeFeatures,
  inputsOf,
  planOf,
  readSignals,
  stepsIn,
} from './signals.ts';
import type { KeptSignals } from './kept-signals.ts';
import { type Room, roomIn } from './room.ts';
import { withScales } from './scales.ts';
import type { Trials } from './trials.ts';

export interface SweepContext extends SignalContext {
  readonly dataset: Dataset;
  readonly onProgress: OnProgress;
  /** Gets each trial's curve as it comes, by the study's place. */
  readonly onCurve?: (place: number, curve: TrialCurve) => void;
  /** Trials that shards have simulated: nothing is computed for them. */
  readonly known?: Known | undefined;
  /** The symbols that are traded; all, unless told. Signals are made of all. */
  readonly some?: SomeSymbols;
  /** Signals of the sweeps before, which have studies in common with this one. */
  readonly kept?: KeptSignals;
}

/** All trials are simulated on one market. */
function refuseOtherBars(studies: readonly Study[]): void {
  const asked = new Set(studies.map(({ bars }) => JSON.stringify(bars ?? null)));
  if (asked.size < 2) return;
  throw new LabError({
    kind: 'study',
    problem: 'The length of the bars is not one that a search varies.',
    remedy: 'Search once for each length.',
    place: { path: '/bars/every' },
  });
}

/** Studies with the same signals, by their place among all. */
interface TrialGroup {
  /** What its signals are made of. */
  readonly key: string;
  readonly study: Study;
  readonly plan: SignalPlan;
  readonly places: number[];
  /** The features of all groups with the same scales. */
  readonly together: Feature[];
}

/** Sets of signals that wait for the workers, or are with them: more would only take memory. */
const ahead = 4;

/**
 * One trial for each study. Each feature is computed once, each distinct set of signals read once; while the
 * workers simulate one set, the engine makes the next. Results stand in the studies' order; a cancel keeps what is
 * finished and leaves null for the rest.
 */
export async function sweep(
  studies: readonly Study[],
  trials: Trials,
  context: SweepContext,
): Promise<readonly (TrialResult | null)[]> {
  const { dataset, onProgress, onCurve, some, signal, known } = context;
  refuseOtherBars(studies);
  if (known !== undefined) return knownTrials(studies, known, context);
  const results = Array.from<TrialResult | null>({ length: studies.length }).fill(null);
  let finished = 0;
  const finish = (trials: number): void => {
    finished += trials;
    const ratio = finished / studies.length;
    onProgress({ phase: 'trials', label: `Trial ${finished} of ${studies.length}`, ratio });
  };

  const running: Promise<void>[] = [];
  try {
    const room = await roomIn(context.engine);
    for (const group of groupsOf(studies, dataset)) {
      const { places } = group;
      const all = await signalsOf(group, room, context);
      const [market, signals] = some ? [some.market, some.signals(all)] : [dataset.market, all];
      await running.at(-ahead);
      const settings = places.map((place) => studies[place]!);
      let before = 0;
      const options = {
        signal,
        onProgress: (done: number) => {
          finish(done - before);
          before = done;
        },
        onCurve:
          onCurve &&
          ((i: number, curve: TrialCurve) => {
            onCurve(places[i]!, curve);
          }),
      };
      const run = trials.run(market, signals, settings, options).then((found) => {
        for (const [i, place] of places.entries()) results[place] = found[i]!;
      });
      run.catch(() => undefined); // It is waited for below.
      running.push(run);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await Promise.all(running);
  return results;
}

/** The same of trials that are known; a curve comes where it was kept. */
async function knownTrials(
  studies: readonly Study[],
  known: Known,
  { signal, onCurve }: Pick<SweepContext, 'signal' | 'onCurve'>,
): Promise<readonly TrialResult[]> {
  await nextTurn(signal);
  return studies.map((study, place) => {
    const { result, curve } = known.trial(trialDigest(study));
    if (curve !== null) onCurve?.(place, curve);
    return result;
  });
}

/** The studies’ places, those of one set of signals beside one another, and beside them those of the same features. */
export const bySignals = (studies: readonly Study[], dataset: Dataset): readonly number[] =>
  groupsOf(studies, dataset).flatMap(({ places }) => places);

async function signalsOf(
  { key, study, plan, together }: TrialGroup,
  room: Room,
  context: SweepContext,
): Promise<Signals> {
  const { dataset, signal, kept } = context;
  const known = kept?.get(key);
  if (known !== undefined) return known;
  await withScales(study, together, context, (scales) => context.tables.prepare(scales, signal));
  await computeFeatures(study, plan, [], context, undefined, room);
  const signals = await readSignals(study, plan, context, dataset.market.day.length);
  kept?.keep(key, signals);
  return signals;
}

/** The curve of one study, simulated as a trial. */
export async function trialEquity(
  study: Study,
  trials: Trials,
  context: SweepContext,
): Promise<TrialEquity> {
  let found: TrialCurve | null = null as TrialCurve | null;
  await sweep([study], trials, { ...context, onCurve: (_, curve) => (found = curve) });
  stopIfAborted(context.signal);
  const { initialCash, equity } = found!;
  return { day: sessionDays(stepsIn(study, context.dataset)), equity, initialCash };
}

/** Groups of the same scales stand together, and among them those of the same features. */
function groupsOf(studies: readonly Study[], dataset: Dataset): TrialGroup[] {
  const groups = new Map<string, TrialGroup>();
  const byScales = new Map<string, Feature[]>();
  /** By what plans and their inputs are made of: most trials share it with others. */
  const known = new Map<string, TrialGroup>();
  const ranges = new Set<string>();
  for (const [place, study] of studies.entries()) {
    const range = canonicalJson(study.range);
    if (!ranges.has(range)) stepsIn(study, dataset); // Refuses a range without bars.
    ranges.add(range);
    const { strategy, precision, costs } = study;
    const asked = canonicalJson([strategy, precision, costs.spread]);
    const group = known.get(asked) ?? groupOf(study);
    known.set(asked, group);
    group.places.push(place);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);

  function groupOf(study: Study): TrialGroup {
    const plan = planOf(study, dataset);
    const inputs = inputsOf(study, plan);
    const scales = canonicalJson(study.precision);
    const features = Object.entries(inputs).map(([slot, input]) => [slot, featureKey(input)]);
    const key = [scales, canonicalJson(features), canonicalJson([plan.sql, plan.values])].join(
      '\n',
    );
    const made = groups.get(key);
    if (made !== undefined) return made;
    const together = byScales.get(scales) ?? [];
    byScales.set(scales, together);
    together.push(...Object.values(inputs));
    const group = { key, study, plan, places: [], together };
    groups.set(key, group);
    return group;
  }
}
