import { LabError } from '../../../src/domain/errors.ts';
import type { Feature } from '../../../src/domain/features.ts';
import { gWeights } from '../../../src/domain/learning/g-weights.ts';
import { panicWeights } from '../../../src/domain/learning/panic-weights.ts';
import {
  type TrainingDays,
  type MarketSessions,
  marketLabels,
  marketSessions,
} from '../../../src/domain/learning/training.ts';
import type { LearnedWeights } from '../../../src/domain/learning/weights.ts';
import type { Steps } from '../../../src/domain/market.ts';
import type { SignalPlan } from '../../../src/domain/strategies/strategy.ts';
import { type Study, completeStudy } from '../../../src/domain/study/study.ts';
import { float64, int32 } from '../columns.ts';
import { featureColumns } from '../feature-columns.ts';
import { computeFeatures, planOf } from '../signals.ts';
import type { ValidationContext } from './walk-forward.ts';

/** Weights that can be learned together, and how they are from one training window. */
export interface Lesson {
  /** Group of Harvester's parameters that holds them. */
  readonly group: 'panic' | 'gScore';
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly fixed: readonly number[];
  readonly fit: (training: TrainingDays) => LearnedWeights;
}

/** What a study can learn from its data, read from the engine once. */
export interface Lessons {
  readonly lessons: readonly Lesson[];
  /** The market by session; null where no regimes are asked for. */
  readonly market: MarketSessions | null;
  /** What was asked for and the data or the study do not have. */
  readonly missing: readonly string[];
}

const panicTerms = [
  { column: 'z_atr', key: 'volatilityWeight', name: 'Volatility weight' },
  { column: 'z_volume', key: 'volumeWeight', name: 'Volume weight' },
  { column: 'z_attention', key: 'attentionWeight', name: 'Attention weight' },
] as const;

const macroPoints = [
  { column: 'vix_point', key: 'vixWeight', name: 'VIX weight' },
  { column: 'index_point', key: 'indexWeight', name: 'Index weight' },
  { column: 'oil_point', key: 'oilWeight', name: 'Oil weight' },
] as const;

interface HarvesterEntry {
  readonly entryThreshold: number;
  readonly sides: 'both' | 'long' | 'short';
}

type Weights = Readonly<Record<string, number>>;

/** Refuses studies that have nothing to learn. */
export function refuseUnteachable({ strategy, validation: { learning } }: Study): void {
  if (strategy.id !== 'harvester') {
    throw new LabError({
      kind: 'study',
      problem: 'Only Harvester has weights to learn.',
      remedy: 'Choose the strategy harvester, or search this one’s parameters.',
      place: { path: '/strategy/id', value: strategy.id },
    });
  }
  if (!learning.panic && !learning.gScore && !learning.regimes) {
    throw new LabError({
      kind: 'study',
      problem: 'Nothing is to be learned.',
      remedy: 'Turn on panic, gScore or regimes in validation.learning.',
      place: { path: '/validation/learning' },
    });
  }
}

export async function readLessons(
  study: Study,
  sessions: Steps,
  context: ValidationContext,
): Promise<Lessons> {
  const { learning } = study.validation;
  const plan = planOf(study, context.dataset);
  const wanted = Object.values(plan.columns).map(({ feature }) => feature);
  await computeFeatures(study, plan, plan.sessions ? [...wanted, plan.sessions] : wanted, context);
  const lessons: Lesson[] = [];
  const missing: string[] = [];
  if (learning.panic) {
    lessons.push(await panicLesson(study, plan, context));
    const absent = panicTerms.filter(({ column }) => !(column in plan.columns));
    missing.push(...absent.map(({ name }) => `${name}: the dataset has no such series.`));
  }
  if (learning.gScore && plan.sessions !== null)
    lessons.push(await gScoreLesson(study, plan.sessions, context));
  if (learning.gScore && plan.sessions === null)
    missing.push('G-Score weights: the dataset has no macro series, or the G-Score is off.');
  return {
    lessons,
    market: learning.regimes ? marketSessions(context.dataset.market, sessions) : null,
    missing,
  };
}

async function panicLesson(
  study: Study,
  plan: SignalPlan,
  { dataset: { market }, engine, tables }: ValidationContext,
): Promise<Lesson> {
  const terms = panicTerms.filter(({ column }) => column in plan.columns);
  const input = (name: string) => ({ feature: plan.inputs[name]!, column: 'value' });
  const columns = { ...plan.columns, member: input('member'), tradable: input('tradable') };
  const names = [...terms.map(({ column }) => column), 'direction', 'member', 'tradable'];
  const read = await featureColumns({ ...plan, columns }, names, engine, tables, 'true');
  const [direction, member, tradable] = [0, 1, 2].map((i) => read[terms.length + i]!);
  const { sides, entryThreshold } = study.strategy.parameters as unknown as HarvesterEntry;
  const allowed = { both: [-1, 1], long: [1], short: [-1] }[sides];
  const values = {
    terms: read.slice(0, terms.length),
    direction: direction!,
    eligible: Uint8Array.from(direction!, (side, row) =>
      Number(member![row] === 1 && tradable![row] === 1 && allowed.includes(side)),
    ),
  };
  const { fixed, ...rest } = lessonOf(study, 'panic', terms);
  const { horizon } = study.validation.learning;
  const now = { fixed, threshold: entryThreshold };
  return { ...rest, fixed, fit: (days) => panicWeights(market, values, now, days, horizon) };
}

async function gScoreLesson(
  study: Study,
  score: Feature,
  { dataset: { market }, engine, tables, signal }: ValidationContext,
): Promise<Lesson> {
  const sql = tables.bind('SELECT * FROM {g_score} ORDER BY day', { g_score: score });
  const table = await engine.query(sql, signal);
  const day = int32(table, 'day');
  const points = macroPoints.map(({ column }) => float64(table, column));
  const { fixed, ...rest } = lessonOf(study, 'gScore', macroPoints);
  const { horizon } = study.validation.learning;
  return {
    ...rest,
    fixed,
    fit: (training) => {
      const labels = marketLabels(market, training, horizon);
      const forward = Float64Array.from(day, (date) => labels.get(date) ?? Number.NaN);
      return gWeights(points, forward, fixed);
    },
  };
}

function lessonOf(
  { strategy: { parameters } }: Study,
  group: Lesson['group'],
  terms: readonly { readonly key: string; readonly name: string }[],
): Omit<Lesson, 'fit'> {
  const own = parameters[group] as Weights;
  return {
    group,
    keys: terms.map(({ key }) => key),
    names: terms.map(({ name }) => name),
    fixed: terms.map(({ key }) => own[key]!),
  };
}

/** The study with other weights, checked as every study is. */
export function withWeights(
  study: Study,
  learned: readonly { readonly lesson: Lesson; readonly weights: readonly number[] }[],
): Study {
  const parameters: Record<string, unknown> = { ...study.strategy.parameters };
  for (const { lesson, weights } of learned) {
    const entries = lesson.keys.map((key, k) => [key, weights[k]!] as const);
    parameters[lesson.group] = {
      ...(parameters[lesson.group] as Weights),
      ...Object.fromEntries(entries),
    };
  }
  return completeStudy({ ...study, strategy: { ...study.strategy, parameters } });
}
