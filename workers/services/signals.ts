import { dayFromIso, isoFromDay } from '../../src/domain/calendar.ts';
import { LabError } from '../../src/domain/errors.ts';
import { type Feature, featureOrder, spreadEstimate } from '../../src/domain/features.ts';
import { type Steps, type Signals, stepsOf } from '../../src/domain/market.ts';
import { planOf as planOfStrategy } from '../../src/domain/strategies/plans.ts';
import type { DatasetFacts, SignalPlan } from '../../src/domain/strategies/strategy.ts';
import { leastSeconds } from '../../src/domain/study/bar-length.ts';
import type { Study } from '../../src/domain/study/study.ts';
import { signalsSql } from '../../src/sql/catalogue.ts';
import { setVariables } from '../../src/sql/sql.ts';
import type { Engine } from '../engines/engine.ts';
import { float64, int8 } from './columns.ts';
import type { Dataset } from './dataset.ts';
import type { FeatureTables } from './features.ts';
import { type FeaturesAt, type Room, roomIn, withRoom } from './room.ts';
import { computeTables, explainedBy } from './scales.ts';
import type { Day } from '../../src/domain/units.ts';

/** From a study to its sessions, its features and its signals: what every simulation of it starts from. */
export interface SignalContext {
  readonly engine: Engine;
  readonly tables: FeatureTables;
  readonly signal: AbortSignal;
}

/** What the study's strategy wants of this dataset. */
export const planOf = (study: Study, { summary }: Dataset): SignalPlan =>
  planOfStrategy(study.strategy, factsFor(study, summary));

/** What a strategy may know of a dataset, in the bars that the study thinks in. */
export function factsFor(
  { bars }: Study,
  { facts, clock }: Pick<Dataset['summary'], 'facts' | 'clock'>,
): DatasetFacts {
  if (clock === undefined) return facts;
  const data = clock.seconds;
  const { every } = bars ?? { every: 'given' };
  return { ...facts, barSeconds: { data, own: every === 'given' ? data : leastSeconds(every) } };
}

/** The features of a run's signals: the strategy's, and those that its costs ask for. */
export function inputsOf(study: Study, plan: SignalPlan): Readonly<Record<string, Feature>> {
  return study.costs.spread === 'fixed'
    ? plan.inputs
    : { ...plan.inputs, half_spread: spreadEstimate() };
}

/** Computes the tables of a plan's signals, and of what else is wanted of it; `room` is the engine's, where it is known. */
export async function computeFeatures(
  study: Study,
  plan: SignalPlan,
  wanted: readonly Feature[],
  context: SignalContext,
  onProgress?: (done: number, of: number, name: string) => void,
  room?: Room,
): Promise<void> {
  const roots = [...Object.values(inputsOf(study, plan)), ...wanted];
  const before = room ?? (await roomIn(context.engine));
  let at: FeaturesAt = { before, done: 0, of: featureOrder(roots).length, name: 'bars' };
  try {
    await computeTables(study, roots, context, plan.explain, (done, of, name) => {
      at = { before, done, of, name };
      onProgress?.(done, of, name);
    });
  } catch (error) {
    throw await withRoom(error, context.engine, at);
  }
}

/** A plan's signals as columns beside the market's rows, whose number is best given; its features are computed. */
export async function readSignals(
  study: Study,
  plan: SignalPlan,
  { engine, tables, signal }: SignalContext,
  rows?: number,
): Promise<Signals> {
  const halfSpread = study.costs.spread !== 'fixed';
  engine.run(setVariables(plan.values));
  const sql = tables.bind(
    signalsSql(plan.sql, {
      halfSpread,
      unknown: plan.unknown !== undefined,
      weights: plan.weights,
    }),
    inputsOf(study, plan),
  );
  const table = await engine.query(sql, signal, rows).catch(async (error: unknown) => {
    const of = featureOrder(Object.values(inputsOf(study, plan))).length;
    const at = { before: null, done: of, of, name: null };
    throw explainedBy(plan.explain, await withRoom(error, engine, at));
  });
  return {
    side: int8(table, 'side'),
    exit: int8(table, 'exit'),
    score: float64(table, 'score'),
    atr: float64(table, 'atr'),
    sizeFactor: float64(table, 'size_factor'),
    halfSpread: halfSpread ? float64(table, 'half_spread') : null,
    ...(plan.weights && { weight: float64(table, 'weight') }),
    ...(plan.weights === 'asking' && { rebalance: int8(table, 'rebalance') }),
    ...(plan.unknown && { unknown: int8(table, 'unknown') }),
  };
}

/** The sessions of the study's range; a range without bars is refused. */
export function stepsIn(study: Study, { market, summary }: Dataset): Steps {
  const { from, to } = study.range;
  const edge = (date: string | null, path: string, fallback: Day): Day => {
    if (date === null) return fallback;
    try {
      return dayFromIso(date);
    } catch {
      throw new LabError({
        kind: 'study',
        problem: 'There is no such date.',
        remedy: 'Write it as YYYY-MM-DD.',
        place: { path, value: date },
      });
    }
  };
  const sessions = stepsOf(
    market,
    edge(from, '/range/from', -Infinity),
    edge(to, '/range/to', Infinity),
  );
  if (sessions.day.length > 0) return sessions;
  throw new LabError({
    kind: 'data',
    problem: 'The study’s range holds no bars.',
    remedy:
      from !== null && to !== null && from > to
        ? 'range.from is after range.to.'
        : `The data run from ${isoFromDay(summary.from)} to ${isoFromDay(summary.to)}: change range.from or range.to.`,
    place: { path: '/range', value: `${from ?? 'start'} to ${to ?? 'end'}` },
  });
}
