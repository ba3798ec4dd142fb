import { type Drawdowns, lengthsOf, meanDepth } from '../drawdown.ts';
import type { Facts } from '../facts.ts';
import { type NumberOrReason, because, entry, given } from '../finding.ts';

/** How far, how often and how long equity stood below its peak. The initial cash is the first peak. */
export function drawdownEntries({ run, drawdowns }: Facts) {
  const { day } = run.equity;
  const days = (all: Drawdowns) =>
    lengthsOf(all, (i) => day[all.end[i]!]! - day[Math.max(0, all.peak[i]!)]!);
  return {
    'max-drawdown': entry(
      'Maximum drawdown',
      'percent',
      'Lowest of equity ÷ its highest close so far − 1, the initial cash being the first peak; never above zero.',
      'min(equity ÷ peak − 1)',
      given(drawdowns, ({ deepest }) => deepest),
    ),
    'average-drawdown': entry(
      'Average drawdown',
      'percent',
      'Mean of the lowest points of all drawdowns; one lasts from a peak to the first close that reaches it again, or to the last session.',
      'mean over drawdowns of min(equity ÷ peak − 1)',
      ofDrawdowns(drawdowns, meanDepth),
    ),
    'longest-drawdown': entry(
      'Longest drawdown',
      'days',
      'Most calendar days from a peak to the first close that reaches it again, or to the last session.',
      'max over drawdowns of end − peak',
      given(drawdowns, (all) => days(all).longest),
    ),
    'average-drawdown-duration': entry(
      'Average drawdown duration',
      'days',
      'Mean calendar days from a peak to the first close that reaches it again, or to the last session.',
      'mean over drawdowns of end − peak',
      ofDrawdowns(drawdowns, (all) => days(all).mean),
    ),
  };
}

/** A measure of the drawdowns, if there were any. */
export const ofDrawdowns = (
  drawdowns: Drawdowns | string,
  measure: (all: Drawdowns) => number,
): NumberOrReason =>
  given(drawdowns, (all) => (all.depth.length === 0 ? because.noDrawdown : measure(all)));
