import type { Drift } from '../../domain/live/drift.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import { bps, counted, shortPercent } from '../format.ts';
import { slippageWords } from '../live/drift-words.ts';

/** Fewer fills than these say little of a mean. */
const enough = 20;
/** A share of the fills that only one side has, and a mean slippage, that ask for care, and that spoil the study. */
const odd = { amber: 0.05, red: 0.2 };
const worse = { amber: 5, red: 25 };

/** What a market’s fills say of the study that was backtested. */
export function driftFinding(drift: Drift): Finding {
  const { compared, missed, extra, slippage, error, rows } = drift;
  const common = {
    id: 'drift',
    threshold: `Green where the mean is below ${worse.amber} bps, or within two standard errors of 0, and fewer than ${shortPercent(odd.amber)} of the fills are on one side alone; red from ${worse.red} bps or ${shortPercent(odd.red)}; open below ${enough} fills.`,
    source: 'Outsample; Perold 1988, The Implementation Shortfall: Paper versus Reality',
  };
  if (rows.length < enough)
    return {
      ...common,
      level: 'open',
      title: 'Too few fills to hold the backtest to the market',
      text: `${counted(rows.length, 'fill')} so far.`,
      change: `Wait for ${enough}.`,
    };
  const share = (missed + extra) / rows.length;
  const certain = error !== null && slippage !== null && slippage > 2 * error ? slippage : 0;
  const reaches = (level: 'amber' | 'red'): boolean =>
    share >= odd[level] || certain >= worse[level];
  const level = reaches('red') ? 'red' : reaches('amber') ? 'amber' : 'green';
  const text = `${counted(compared, 'fill')} compared, in the mean ${slippageWords(slippage)}${error === null ? '' : ` (standard error ${bps(error)})`}; ${missed} missed, ${extra} that the simulator has not.`;
  return {
    ...common,
    level,
    title:
      level === 'green'
        ? 'The market fills as the simulator books'
        : 'The market fills otherwise than the simulator books',
    text,
    change:
      level === 'green'
        ? ''
        : share >= odd.amber
          ? 'Find out why fills were missed: orders that were held back, late data, a stop at another price. Backtest with the fills that there are.'
          : 'Backtest again with the slippage that the market takes, and see whether the edge is left.',
  };
}
