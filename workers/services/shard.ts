import { digestOf } from '../../src/domain/digest.ts';
import { mostReturns } from '../../src/domain/limits.ts';
import type { Steps } from '../../src/domain/market.ts';
import type { ShardAnswers, ShardWork } from '../../src/domain/shards/answers.ts';
import { sessionDays } from '../../src/domain/session-closes.ts';
import { jobsOf } from '../../src/domain/shards/part.ts';
import type { Study } from '../../src/domain/study/study.ts';
import { trialDigest } from '../../src/domain/trial-digest.ts';
import type { TrialCurve } from '../../src/domain/trial.ts';
import type { OnProgress } from '../../src/wire/lab.ts';
import { stopIfAborted } from '../engines/engine.ts';
import { replaysOfPart } from './audit/look-ahead.ts';
import type { Replayers } from './audit/replayers.ts';
import { rotatedRatios, rotationsAsked } from './overfitting.ts';
import { type RunContext, runStudy } from './run.ts';
import { stepsIn } from './signals.ts';
import { bySignals, sweep } from './sweep.ts';
import type { Trials } from './trials.ts';
import { trialsOf } from './validation/search.ts';

interface Helpers {
  readonly trials: Trials;
  readonly replayers: Replayers;
}

/**
 * Answers to one part of the jobs of a command: a pure function of study, data, engine and part. Trials are cut in the order
 * of their signals, so that a feature is computed in few parts. Rejects when it is cancelled.
 */
export async function shardOf(
  study: Study,
  work: ShardWork,
  helpers: Helpers,
  context: RunContext,
): Promise<ShardAnswers> {
  const steps = stepsIn(study, context.dataset);
  const auditShare = work.audit ? (work.trials === 'none' ? 1 : 0.5) : 0;
  const audited = work.audit
    ? await auditedPart(study, work, helpers, within(context, 0, auditShare))
    : { rotations: [], replays: [], jobs: { rotations: 0, replays: 0 } };
  const searched = await trialsOfPart(study, work, helpers, within(context, auditShare, 1));
  return {
    sessions: digestOfSteps(steps),
    jobs: { ...audited.jobs, trials: searched.jobs },
    trials: searched.answers,
    rotations: audited.rotations,
    replays: audited.replays,
  };
}

/** With a share of the progress. */
const within = (context: RunContext, from: number, to: number): RunContext => ({
  ...context,
  onProgress: (at) => context.onProgress({ ...at, ratio: from + (to - from) * at.ratio }),
});

async function trialsOfPart(
  study: Study,
  { part, trials: curves }: ShardWork,
  { trials }: Helpers,
  context: RunContext,
): Promise<{ readonly jobs: number; readonly answers: ShardAnswers['trials'] }> {
  if (curves === 'none') return { jobs: 0, answers: [] };
  const { valid, wanted, steps } = await trialsOf(study, context);
  const studies = valid.map((one) => one.study);
  const order = bySignals(studies, context.dataset);
  const own = jobsOf(order.length, part).map((at) => order[at]!);
  const isEach =
    curves === 'with every curve' && studies.length * sessionDays(steps).length <= mostReturns;
  const found = new Map<number, TrialCurve>();
  const results = await sweep(
    own.map((place) => studies[place]!),
    trials,
    {
      ...context,
      onCurve: (i, curve) => {
        if (isEach || wanted.has(own[i]!)) found.set(i, curve);
      },
    },
  );
  stopIfAborted(context.signal);
  const answers = own.map((place, i) => ({
    digest: trialDigest(studies[place]!),
    result: results[i]!,
    curve: found.get(i) ?? null,
  }));
  return { jobs: order.length, answers };
}

/** Replays and rotations of a run. */
async function auditedPart(
  study: Study,
  { part }: ShardWork,
  { trials, replayers }: Helpers,
  context: RunContext,
) {
  const run = await runStudy(study, within(context, 0, 0.1));
  const { market } = context.dataset;
  const told = (from: number, to: number, progress: OnProgress) => (label: string, ratio: number) =>
    progress({ phase: 'audit', label, ratio: from + (to - from) * ratio });
  const onReplay = told(0.1, 0.7, context.onProgress);
  const replayed = await replaysOfPart(
    study,
    part,
    { ...context, onProgress: onReplay },
    replayers,
  );
  const places = jobsOf(rotationsAsked, part);
  const onRotation = told(0.7, 1, context.onProgress);
  const ratios = await rotatedRatios(
    { run, market, trials, seed: study.seed },
    places,
    context.signal,
    (ratio) => onRotation('Signals at other times', ratio),
  );
  return {
    jobs: { rotations: rotationsAsked, replays: replayed.jobs },
    rotations: places.map((rotation, i) => ({ rotation, sharpe: ratios[i]! })),
    replays: replayed.answers,
  };
}

const digestOfSteps = ({ day, clock }: Steps): string =>
  digestOf([
    { name: 'day', type: 'int32', values: day },
    ...(clock === undefined
      ? []
      : [{ name: 'known', type: 'float64', values: clock.known } as const]),
  ]);
