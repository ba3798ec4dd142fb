import { backtestingPy } from './backtesting-py.ts';
import { type Convention, conventions } from './convention.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Entry, metric } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import { type Metric, metricGroups } from './metric.ts';
import {
  type MetricEntries,
  type Groups,
  type MetricId,
  type RestatedEntries,
  outsample,
} from './outsample/outsample.ts';
import { quantstats } from './quantstats.ts';
import { vectorbt } from './vectorbt.ts';

/** What each program defines; what it does not is counted Outsample's way and says so. */
const peers: Record<
  Exclude<Convention, 'outsample'>,
  (facts: Facts, own: MetricEntries) => RestatedEntries
> = { 'backtesting.py': backtestingPy, vectorbt, quantstats };

/** Every metric of a run by one convention, by group, in the order in which they are shown. */
export function metricsOf(run: MeasuredRun, convention: Convention): Metric[] {
  const facts = factsOf(run);
  return byConvention(convention, facts, outsample(facts));
}

/** The same by every convention; what they share is worked out once. */
export function metricsOfAll(run: MeasuredRun): Readonly<Record<Convention, Metric[]>> {
  const facts = factsOf(run);
  const groups = outsample(facts);
  return Object.fromEntries(
    conventions.map((convention) => [convention, byConvention(convention, facts, groups)]),
  ) as Record<Convention, Metric[]>;
}

const shown = [
  'total-return',
  'buy-and-hold-return',
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'calmar',
  'max-drawdown',
  'trades',
  'win-rate',
  'profit-factor',
  'costs',
] as const satisfies readonly MetricId[];

/** The names of the metrics that are shown first, in order; a switch of convention keeps their places. */
export const headline: Readonly<Record<Convention, readonly string[]>> = {
  outsample: shown,
  // Its ratios are made from the annual return.
  'backtesting.py': shown.map((id) => (id === 'cagr' ? 'annual-return' : id)),
  vectorbt: shown,
  quantstats: shown,
};

function byConvention(convention: Convention, facts: Facts, groups: Groups): Metric[] {
  const own = Object.assign({}, ...Object.values(groups)) as MetricEntries;
  const restated = convention === 'outsample' ? own : peers[convention](facts, own);
  return metricGroups.flatMap((group) =>
    Object.entries<Entry>(groups[group]).map(([id, entry]) => {
      const said = restated[id as MetricId];
      if (said !== undefined) return metric(id, group, { ...entry, ...said });
      const definition = `${entry.definition} Outsample’s definition: ${convention} has none.`;
      return metric(id, group, { ...entry, definition });
    }),
  );
}
