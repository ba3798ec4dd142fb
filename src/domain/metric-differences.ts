import type { HeadlineMetric, RunSummary } from './journal.ts';
import { lengthOf, withheld } from './metrics/annualised.ts';

/** One metric of several runs, each beside the first run’s. */
export interface MetricRow {
  readonly id: string;
  readonly label: string;
  readonly unit: HeadlineMetric['unit'];
  readonly cells: readonly MetricCell[];
}

export interface MetricCell {
  /** Null where the run has none; undefined where it was recorded without it. */
  readonly metric: HeadlineMetric | undefined;
  /** From the first run’s value, in the metric’s unit; null for the first run and where either has none. */
  readonly difference: number | null;
  /** Null where more is neither better nor worse. */
  readonly verdict: 'better' | 'worse' | 'same' | null;
}

/** What says by itself which of two runs did better: more of it, or less. Drawdowns are below zero. */
const better: Readonly<Record<string, 'more' | 'less'>> = {
  'total-return': 'more',
  cagr: 'more',
  sharpe: 'more',
  sortino: 'more',
  calmar: 'more',
  'max-drawdown': 'more',
  'profit-factor': 'more',
  costs: 'less',
};

/** A run's numbers as they are shown: without those that it is too short for. */
export const headlineOf = ({ metrics, curve }: Pick<RunSummary, 'metrics' | 'curve'>) =>
  withheld(metrics, lengthOf(curve.day));

/** In the order of the first run, and then what only others have. */
export function metricRows(runs: readonly RunSummary[]): MetricRow[] {
  const shown = runs.map(headlineOf);
  const known = new Map(
    shown.flatMap((metrics) => metrics.map((metric) => [metric.id, metric] as const)).reverse(),
  );
  const ids = new Set(shown.flatMap((metrics) => metrics.map(({ id }) => id)));
  return [...ids].map((id) => {
    const { label, unit } = known.get(id)!;
    const found = shown.map((metrics) => metrics.find((metric) => metric.id === id));
    return {
      ...{ id, label, unit },
      cells: found.map((metric, i) => ({
        metric,
        ...(i === 0 ? { difference: null, verdict: null } : against(id, found[0], metric)),
      })),
    };
  });
}

function against(
  id: string,
  base: HeadlineMetric | undefined,
  run: HeadlineMetric | undefined,
): Pick<MetricCell, 'difference' | 'verdict'> {
  if (base?.value == null || run?.value == null) return { difference: null, verdict: null };
  const difference = run.value - base.value;
  if (difference === 0) return { difference, verdict: 'same' };
  const wanted = better[id];
  if (wanted === undefined) return { difference, verdict: null };
  return { difference, verdict: difference > 0 === (wanted === 'more') ? 'better' : 'worse' };
}
