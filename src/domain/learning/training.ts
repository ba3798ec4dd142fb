import ln from '@stdlib/math-base-special-ln';
import type { Market, Steps } from '../market.ts';
import type { Day, Ratio, Row } from '../units.ts';

/** Training sessions as days since 1970-01-01, both ends inclusive. Nothing after `to` is read. */
export interface TrainingDays {
  readonly from: Day;
  readonly to: Day;
}

/**
 * Calls `visit` with every row whose bar lies in the training and whose label ends there too: from the open of the
 * symbol's next bar to the close of its bar `horizon` later, as a ratio. Rows of the last `horizon` bars are purged: their
 * labels would reach into the test. A symbol that ends within the horizon has no label either.
 */
export function eachLabel(
  { firstRow, symbols, day, open, close }: Pick<Market, LabelColumns>,
  { from, to }: TrainingDays,
  horizon: number,
  visit: (row: Row, forwardReturn: Ratio) => void,
): void {
  for (let symbol = 0; symbol < symbols.length; symbol++) {
    const end = firstRow[symbol + 1]! - horizon;
    for (let row = firstRow[symbol]!; row < end; row++) {
      if (day[row]! < from) continue;
      if (day[row + horizon]! > to) break;
      const forward = close[row + horizon]! / open[row + 1]! - 1;
      if (Number.isFinite(forward)) visit(row, forward);
    }
  }
}
type LabelColumns = 'symbols' | 'firstRow' | 'day' | 'open' | 'close';

/** Mean forward return of all symbols by the day on which it begins; days without one are left out. */
export function marketLabels(
  market: Market,
  training: TrainingDays,
  horizon: number,
): ReadonlyMap<Day, number> {
  const sums = new Map<Day, { sum: number; count: number }>();
  eachLabel(market, training, horizon, (row, forward) => {
    const day = market.day[row]!;
    const so = sums.get(day) ?? { sum: 0, count: 0 };
    sums.set(day, { sum: so.sum + forward, count: so.count + 1 });
  });
  return new Map([...sums].map(([day, { sum, count }]) => [day, sum / count]));
}

/** The market on each session. */
export interface MarketSessions {
  /** Mean simple return over the symbols with a bar before; 0 where there is none, as on the data's first session. */
  readonly change: Float64Array;
  /**
   * Natural logarithm of the mean true range, as a ratio to the close before (on a symbol's first bar: its range to its
   * open); NaN on a session without any range.
   */
  readonly range: Float64Array;
}

export function marketSessions(
  { high, low, open, close, firstRow }: Market,
  { day, start, rows, symbol }: Steps,
): MarketSessions {
  const change = new Float64Array(day.length);
  const range = new Float64Array(day.length);
  for (let session = 0; session < day.length; session++) {
    let changes = 0;
    let changed = 0;
    let ranges = 0;
    let count = 0;
    for (let i = start[session]!; i < start[session + 1]!; i++) {
      const row = rows[i]!;
      const first = row === firstRow[symbol[i]!];
      const before = first ? open[row]! : close[row - 1]!;
      const widest = Math.max(high[row]!, before) - Math.min(low[row]!, before);
      if (!Number.isFinite(widest / before)) continue;
      ranges += widest / before;
      count += 1;
      if (first) continue;
      changes += close[row]! / before - 1;
      changed += 1;
    }
    change[session] = changed === 0 ? 0 : changes / changed;
    range[session] = ranges > 0 ? ln(ranges / count) : Number.NaN;
  }
  return { change, range };
}
