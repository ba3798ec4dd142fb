import { known } from '../known.ts';
import { perYearOf } from '../calendar.ts';
import type { Metric } from '../metrics/metric.ts';
import type { Study } from '../study/study.ts';
import { trialDigest } from '../trial-digest.ts';
import type { SearchResult } from './search.ts';
import type { Equity } from '../run.ts';
import { sessionNumbers } from '../session-closes.ts';

/** One row of the trial ledger: one distinct thing that was tried on a dataset. */
export interface LedgerTrial {
  readonly digest: string;
  /** Mean over standard deviation of the returns per session, not annualised; null where there is none. */
  readonly sharpe: number | null;
  /** Length of the sample; of one on some of the symbols, as much of it. */
  readonly sessions: number;
}

/** How much was tried on a dataset, across visits. */
export interface LedgerFacts {
  /** Distinct trials. */
  readonly trials: number;
  /** Sample variance (n − 1) of their Sharpe ratios per session; null for fewer than two. */
  readonly variance: number | null;
}

/** A run as a trial: its Sharpe ratio per session is Outsample’s without the factor √N. */
export function trialOfRun(run: {
  readonly study: Study;
  readonly metrics: { readonly outsample: readonly Metric[] };
  readonly equity: Pick<Equity, 'day' | 'perYear'>;
}): LedgerTrial {
  const annual = run.metrics.outsample.find(({ id }) => id === 'sharpe')?.value ?? null;
  return {
    digest: trialDigest(run.study),
    sharpe: annual === null ? null : annual / Math.sqrt(perYearOf(run.equity)),
    sessions: (sessionNumbers(run.equity).at(-1) ?? -1) + 1,
  };
}

/** Every trial of a search that was begun, pruned ones by what they were tried on. */
export function trialsOfSearch({
  digests,
  metrics,
  sessions,
  year,
  halving,
}: SearchResult): LedgerTrial[] {
  const scale = Math.sqrt(year);
  const whole = digests.map((digest, i) => {
    const annual = known(metrics.sharpe[i]!);
    return { digest, sharpe: annual === null ? null : annual / scale, sessions };
  });
  const short = halving?.short.map(({ digest, sharpe, sessions }) => ({
    digest,
    sharpe,
    sessions,
  }));
  return [...whole, ...(short ?? [])];
}
