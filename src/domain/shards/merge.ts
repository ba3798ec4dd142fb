import { LabError } from '../errors.ts';
import type { TrialCurve, TrialOutcome } from '../trial.ts';
import type { Known, ReplayAnswer, RotationAnswer, Source } from './answers.ts';
import type { Shard } from './shard.ts';

type Value = number | boolean | null;
/** The values of an answer by their columns; those of a curve say which one. */
type Values = Iterable<readonly [column: string, value: Value]>;

/** Jobs in words, for what is told of them. */
export interface JobWords {
  trial(digest: string): string;
  replay(task: Pick<ReplayAnswer, 'replay' | 'point'>): string;
}

/**
 * The answers of all shards together. Where two have the same job, every bit must be the same: throws a LabError that names
 * the job, the column, both values and both files.
 */
export function mergedAnswers(shards: readonly Shard[], words: JobWords): Known {
  const trials = new Map<string, TrialOutcome & Source>();
  const rotations = new Map<number, Pick<RotationAnswer, 'sharpe'> & Source>();
  const replays = new Map<string, ReplayAnswer & Source>();
  const add = <K, A extends Source>(
    known: Map<K, A>,
    key: K,
    answer: A,
    valuesOf: (answer: A) => Values,
    name: () => string,
  ): void => {
    const before = known.get(key);
    if (before === undefined) known.set(key, answer);
    else refuseOther(before, answer, valuesOf, name);
  };
  for (const { file, ...answers } of shards) {
    for (const { digest, ...trial } of answers.trials)
      add(trials, digest, { ...trial, file }, valuesOfTrial, () => words.trial(digest));
    for (const { rotation, sharpe } of answers.rotations)
      add(rotations, rotation, { sharpe, file }, valuesOfRotation, () => rotationWords(rotation));
    for (const answer of answers.replays) {
      const key = keyOf(answer);
      if (replays.get(key)?.found === null) replays.delete(key); // It says nothing.
      if (answer.found === null && replays.has(key)) continue;
      add(replays, key, { ...answer, file }, valuesOfReplay, () => words.replay(answer));
    }
  }
  return {
    trial: (digest) => trials.get(digest) ?? none(words.trial(digest)),
    rotation: (place) => (rotations.get(place) ?? none(rotationWords(place))).sharpe,
    replay: (task) => replays.get(keyOf(task)) ?? none(words.replay(task)),
  };
}

const keyOf = ({ replay, point }: Pick<ReplayAnswer, 'replay' | 'point'>): string =>
  `${replay} ${point}`;

const rotationWords = (place: number): string => `rotation ${place + 1} of the signals`;

const none = (job: string): never => {
  throw new LabError({
    kind: 'usage',
    problem: `No shard has ${job}.`,
    remedy: 'Make the shards again, by one command.',
  });
};

function* valuesOfTrial({ result, curve }: TrialOutcome): Values {
  yield* Object.entries(result);
  yield ['curve', curve !== null];
  if (curve === null) return;
  yield ['initialCash', curve.initialCash];
  for (const name of ['equity', 'entry', 'exit', 'net'] as const) yield* listed(name, curve[name]);
}

function* listed(
  name: keyof TrialCurve,
  values: TrialCurve[Exclude<keyof TrialCurve, 'initialCash'>],
): Values {
  yield [`${name}, values`, values.length];
  for (let i = 0; i < values.length; i++) yield [`${name} ${i + 1}`, values[i]!];
}

const valuesOfRotation = ({ sharpe }: Pick<RotationAnswer, 'sharpe'>): Values => [
  ['sharpe', sharpe],
];

const valuesOfReplay = ({ found, leftOutCurve }: ReplayAnswer): Values => [
  ['found', found],
  ['leftOutCurve', leftOutCurve],
];

function refuseOther<A extends Source>(
  before: A,
  now: A,
  valuesOf: (answer: A) => Values,
  name: () => string,
): void {
  const others = valuesOf(now)[Symbol.iterator]();
  for (const [column, value] of valuesOf(before)) {
    const other = (others.next().value as readonly [string, Value])[1];
    if (Object.is(value, other)) continue;
    throw new LabError({
      kind: 'usage',
      problem: `Two shards disagree on ${name()}: ${before.file} has ${asText(value)}, ${now.file} ${asText(other)}.`,
      remedy:
        'One of the two was made by a machine that computes otherwise: make both again elsewhere, and compare.',
      place: { file: now.file, column },
    });
  }
}

/** With every digit; −0 as what it is. */
function asText(value: Value): string {
  if (value === null) return 'none';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no finite number';
  return Object.is(value, -0) ? '-0' : String(value);
}
