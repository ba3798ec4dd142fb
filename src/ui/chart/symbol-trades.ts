import { lastUpTo } from '../../domain/growth.ts';
import type { RunResult, SymbolSeries } from '../../wire/lab.ts';
import type { Days, Step } from '../../domain/units.ts';

/** A column of a symbol's bars by session of the run; NaN where it has no bar. */
export function bySession(series: SymbolSeries, column: Float64Array, days: Days): Float64Array {
  const values = new Float64Array(days.length).fill(Number.NaN);
  let session = 0;
  for (let bar = 0; bar < series.day.length && session < days.length; bar++) {
    const day = series.day[bar]!;
    while (session < days.length && days[session]! < day) session++;
    if (days[session] === day) values[session] = column[bar]!;
  }
  return values;
}

/** A trade as the charts place it. */
export interface PlacedTrade {
  /** Its number, from 0. */
  readonly trade: number;
  readonly side: 1 | -1;
  readonly signal: Step;
  readonly entry: Step;
  /** Its exit, or the last session while it is open. */
  readonly exit: Step;
  readonly isOpen: boolean;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
  /** The first ones, NaN where off. */
  readonly stop: number;
  readonly target: number;
  /** The stop in force from its first bar on, and the session of that. */
  readonly path: Float64Array;
  readonly pathFrom: Step;
}

/** The trades of a symbol, in order of their entries. */
export function placedTrades(
  { trades, symbols, equity: { day } }: Pick<RunResult, 'trades' | 'symbols' | 'equity'>,
  series: SymbolSeries,
): PlacedTrade[] {
  const symbol = symbols.indexOf(series.symbol);
  const { stops } = series;
  const pathOf = new Map(Array.from(stops.trade, (trade, k) => [trade, k] as const));
  const placed: PlacedTrade[] = [];
  for (let i = 0; i < trades.length; i++) {
    if (trades.symbol[i] !== symbol) continue;
    const k = pathOf.get(i);
    const isOpen = trades.reason[i]! < 0;
    const firstBar = k === undefined ? undefined : series.day[stops.firstRow[k]! - series.firstRow];
    placed.push({
      trade: i,
      side: trades.side[i]! > 0 ? 1 : -1,
      signal: lastUpTo(day, trades.signalDay[i]!),
      entry: trades.entryStep[i]!,
      exit: isOpen ? day.length - 1 : trades.exitStep[i]!,
      isOpen,
      entryPrice: trades.entryPrice[i]!,
      exitPrice: trades.exitPrice[i]!,
      net: trades.net[i]!,
      stop: trades.stop[i]!,
      target: trades.target[i]!,
      path:
        k === undefined
          ? new Float64Array(0)
          : stops.level.subarray(stops.start[k], stops.start[k + 1]),
      pathFrom: firstBar === undefined ? 0 : lastUpTo(day, firstBar),
    });
  }
  return placed.sort((a, b) => a.entry - b.entry || a.trade - b.trade);
}

/** Where a trade of the run is, whichever symbol it is of. */
export function sessionsOfTrade(
  { trades, equity: { day } }: Pick<RunResult, 'trades' | 'equity'>,
  trade: number,
): readonly [entry: Step, exit: Step] {
  const exit = trades.exitStep[trade]!;
  return [trades.entryStep[trade]!, exit < 0 ? day.length - 1 : exit];
}

/** The trade at a session: the one that is open there, else the nearest. Null where there is none. */
export function tradeAt(placed: readonly PlacedTrade[], session: Step): PlacedTrade | null {
  const away = ({ entry, exit }: PlacedTrade): number =>
    session < entry ? entry - session : Math.max(session - exit, 0);
  return placed.reduce<PlacedTrade | null>(
    (best, one) => (best === null || away(one) < away(best) ? one : best),
    null,
  );
}
