import { sessionCloses } from '../domain/session-closes.ts';
import type { HeadlineMetric } from '../domain/journal.ts';
import { headline } from '../domain/metrics/metrics.ts';
import { canonicalJson } from '../domain/study/study.ts';
import { trialOfRun } from '../domain/validation/ledger.ts';
import type { RunRecord } from '../wire/journal.ts';
import type { RunResult } from '../wire/lab.ts';

/** What a result does not say of itself. */
export interface RecordContext {
  /** What the dataset is called on screen. */
  readonly dataset: string;
  readonly synthetic: boolean;
  /** When the run finished, in UTC: new Date().toISOString(). */
  readonly madeAt: string;
}

/** A finished run as the journal takes it. */
export function recordOf(
  result: RunResult,
  { dataset, synthetic, madeAt }: RecordContext,
): RunRecord {
  const { study, fingerprint, engine, digests } = result;
  const closes = sessionCloses(result.equity);
  const optimistic = ['same-close', 'prior-close'].includes(study.execution.fill);
  return {
    madeAt,
    study: canonicalJson(study),
    fingerprint,
    dataset,
    engine: engine.outsample,
    digests,
    metrics: headlineOf(result),
    labels: [...(synthetic ? ['Synthetic'] : []), ...(optimistic ? ['Optimistic'] : [])],
    equity: { day: closes.day, equity: closes.equity },
    trial: trialOfRun(result),
  };
}

/** The numbers beside a run in a list, all by Outsample’s own definitions, so that runs compare. */
function headlineOf({ metrics }: RunResult): HeadlineMetric[] {
  return headline.outsample.flatMap((wanted): HeadlineMetric[] => {
    const metric = metrics.outsample.find(({ id }) => id === wanted);
    if (metric === undefined) return [];
    const { id, label, unit } = metric;
    return metric.value === null
      ? [{ id, label, unit, value: null, reason: metric.reason }]
      : [{ id, label, unit, value: metric.value }];
  });
}
