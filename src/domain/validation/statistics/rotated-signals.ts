import type { RandomStream } from '../../random.ts';
import { type Market, type Signals, rowsOf, withSaid } from '../../market.ts';
import type { Day, Row } from '../../units.ts';

/** First and last day of a study’s sessions. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/**
 * The same signals at other times: each symbol’s rows of side, exit, score, size factor and weight inside the days are turned
 * round by a random number of its bars, so that their number, order and clusters stay and their timing is lost. ATR and
 * spread estimates belong to the bars and stay; rows before the symbol’s first ATR, where no stop could be set, stay too.
 */
export function rotatedSignals(
  market: Market,
  signals: Signals,
  days: DayRange,
  stream: Pick<RandomStream, 'below'>,
): Signals {
  const turns = market.symbols.flatMap((_, symbol) => {
    const [from, end] = rotatedRows(market, signals, symbol, days);
    return end - from < 2 ? [] : [{ from, end, offset: stream.below(end - from) }];
  });
  return withSaid(signals, (column) => {
    for (const { from, end, offset } of turns) turn(column, from, end, offset);
  });
}

/** p = (1 + trials at least as good as the run) ÷ (1 + trials); a trial without a number is not as good. */
export function permutationPValue(own: number, trials: readonly (number | null)[]): number {
  const asGood = trials.filter((one) => one !== null && one >= own).length;
  return (1 + asGood) / (1 + trials.length);
}

function rotatedRows(
  market: Market,
  { atr }: Signals,
  symbol: number,
  days: DayRange,
): readonly [from: Row, end: Row] {
  const { day } = market;
  let [from, end] = rowsOf(market, symbol);
  while (from < end && day[from]! < days.from) from++;
  while (end > from && day[end - 1]! > days.to) end--;
  let warm = from;
  while (warm < end && Number.isNaN(atr[warm])) warm++;
  return [warm === end ? from : warm, end];
}

/** Row r moves to r + offset; the last ones come to the front. */
function turn(column: Int8Array | Float64Array, from: Row, end: Row, offset: number): void {
  const tail = column.slice(end - offset, end);
  column.copyWithin(from + offset, from, end - offset);
  column.set(tail, from);
}
