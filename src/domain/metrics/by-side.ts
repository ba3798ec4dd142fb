import type { DatedTrades } from '../run.ts';
import { entry, metric } from './finding.ts';
import type { MeasuredRun } from './measured.ts';
import type { Metric } from './metric.ts';
import { ofClosed } from './outsample/closed.ts';
import { tradeEntries } from './outsample/trades.ts';
import { type Tally, tallyOf } from './tally.ts';

/** One metric of trades, of all of them and of either side alone. */
export interface MetricBySide extends Record<Tally['side'], Metric> {
  readonly id: string;
}

/** The metrics of trades in Outsample's convention, counted over each side; beside the digest, which has those of all. */
export function tradeMetricsBySide(run: Pick<MeasuredRun, 'trades' | 'timeOf'>): MetricBySide[] {
  const entriesOf = (side: Tally['side']) => {
    const all = tallyOf(run, side);
    return {
      ...tradeEntries({ all }),
      'closed-profit': entry(
        'Profit of closed trades',
        'currency',
        'Profit of all closed trades after costs.',
        'Σ net of closed trades',
        ofClosed(all, () => all.net),
      ),
    };
  };
  const sides = { all: entriesOf('all'), long: entriesOf('long'), short: entriesOf('short') };
  return Object.keys(sides.all).map((key) => {
    const id = key as keyof typeof sides.all;
    return {
      id,
      all: metric(id, 'trades', sides.all[id]),
      long: metric(id, 'trades', sides.long[id]),
      short: metric(id, 'trades', sides.short[id]),
    };
  });
}

/** Dated trades as metrics read them: their rows are numbers of their own dates, two a trade. */
export function withOwnDays(dated: DatedTrades): Pick<MeasuredRun, 'trades' | 'timeOf'> {
  const { length, entryDay, exitDay, reason } = dated;
  const day = new Int32Array(2 * length);
  const [entryRow, exitRow] = [new Int32Array(length), new Int32Array(length)];
  for (let trade = 0; trade < length; trade++) {
    day[2 * trade] = entryDay[trade]!;
    day[2 * trade + 1] = exitDay[trade]!;
    entryRow[trade] = 2 * trade;
    exitRow[trade] = reason[trade]! < 0 ? -1 : 2 * trade + 1;
  }
  return { timeOf: (row) => day[row]!, trades: { ...dated, entryRow, exitRow } };
}
