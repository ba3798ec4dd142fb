import { type Finding, ROUNDING, because, metric, andThen } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { Metric } from './metric.ts';
import { annualGrowth } from './returns.ts';

/** How far and how long equity stood below its peak. The initial cash is the first peak. */
export function drawdownMetrics(run: MeasuredRun): Metric[] {
  const { deepest, longest } = drawdowns(run);
  return [
    metric(
      'max-drawdown',
      'Maximum drawdown',
      'percent',
      'Lowest of equity ÷ its highest close so far − 1, the initial cash being the first peak; never above zero.',
      deepest,
    ),
    metric(
      'longest-drawdown',
      'Longest drawdown',
      'days',
      'Most calendar days from a peak to the first close that reaches it again, or to the last session.',
      longest,
    ),
    metric(
      'calmar',
      'Calmar ratio',
      'ratio',
      'CAGR ÷ the size of the maximum drawdown, both over the whole run.',
      andThen(deepest, (depth) =>
        depth > -ROUNDING
          ? 'There was no drawdown.'
          : andThen(annualGrowth(run), (growth) => growth / -depth),
      ),
    ),
  ];
}

function drawdowns({ equity: { day, equity }, initialCash }: MeasuredRun): {
  readonly deepest: Finding;
  readonly longest: Finding;
} {
  if (day.length === 0) {
    return { deepest: because.noSessions, longest: because.noSessions };
  }
  let peak = initialCash;
  let peakDay = day[0]!;
  let below = false;
  let deepest = 0;
  let longest = 0;
  for (let session = 0; session < day.length; session++) {
    const value = equity[session]!;
    const today = day[session]!;
    const recovered = value >= peak;
    if (below || !recovered) longest = Math.max(longest, today - peakDay);
    below = !recovered;
    if (recovered) {
      peak = value;
      peakDay = today;
    } else {
      deepest = Math.min(deepest, value / peak - 1);
    }
  }
  return { deepest, longest };
}
