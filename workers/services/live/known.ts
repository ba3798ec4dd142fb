import { textDigest } from '../../../src/domain/digest.ts';
import type { LiveKnown } from '../../../src/domain/live/known.ts';
import { liveSettings } from '../../../src/domain/live/gate.ts';
import { nextStepOf } from '../../../src/domain/live/next-step.ts';
import { stepAt } from '../../../src/domain/live/times.ts';
import { type StepTimes, stepTimes } from '../../../src/domain/market.ts';
import { type Study, canonicalJson } from '../../../src/domain/study/study.ts';
import type { SignalPlan } from '../../../src/domain/strategies/strategy.ts';
import { engineVersion } from '../../../src/domain/version.ts';
import { exchangeNamed } from '../../../src/domain/exchanges/exchanges.ts';
import type { Instant, Step } from '../../../src/domain/units.ts';
import type { Dataset } from '../dataset.ts';
import { type SignalContext, computeFeatures, planOf, readSignals } from '../signals.ts';

/** The digest of what makes a study's signals. */
const signalsDigestOf = (plan: SignalPlan): string =>
  textDigest(canonicalJson({ engine: engineVersion, sql: plan.sql, values: plan.values }));

/**
 * A study's market and signals with all data there are; its steps are those of the account, which begins with `equity` at the step
 * that was the newest at `startedAt`. What the study says of its range is about backtests.
 */
export async function knownOf(
  study: Study,
  startedAt: Instant | null,
  equity: number | null,
  context: SignalContext & { readonly dataset: Dataset },
): Promise<LiveKnown> {
  const { dataset } = context;
  const { market } = dataset;
  const plan = planOf(study, dataset);
  await computeFeatures(study, plan, [], context);
  const signals = await readSignals(study, plan, context, market.day.length);
  const all = stepTimes(market, -Infinity, Infinity);
  const last = all.day.length - 1;
  const first = startedAt === null ? last : Math.min(last, Math.max(0, stepAt(all, startedAt) - 1));
  const { places = [] } = dataset.summary.clock ?? {};
  return {
    known: {
      market,
      signals,
      settings: startingWith(liveSettings(study), equity),
      steps: stepsFrom(all, first),
    },
    next: nextStepOf(market, all),
    signalsDigest: signalsDigestOf(plan),
    exchanges: places.flatMap(({ exchange }) =>
      exchange === null ? [] : (exchangeNamed(exchange) ?? []),
    ),
  };
}

const startingWith = (study: Study, equity: number | null): Study =>
  equity === null ? study : { ...study, risk: { ...study.risk, initialCash: equity } };

/** The steps from one on. */
export const stepsFrom = ({ day, number, clock }: StepTimes, first: Step): StepTimes => ({
  day: day.slice(first),
  number: number.slice(first),
  ...(clock && {
    clock: { ...clock, opens: clock.opens.slice(first), known: clock.known.slice(first) },
  }),
});
