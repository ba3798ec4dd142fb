import { firstFrom } from '../../domain/rising.ts';
import type { RunResult, SignalSeries, SymbolSeries } from '../../wire/lab.ts';
import type { Step } from '../../domain/units.ts';

type Bars = Pick<SignalSeries, 'day' | 'known'>;
type Steps = Pick<RunResult['equity'], 'day' | 'known'>;

/** A column of a symbol's bars by step of the run, the session or the instant at which they are known; NaN where it has no bar. */
export function byStep(bars: Bars, column: Float64Array, steps: Steps): Float64Array {
  const [own, all] = risingOf(bars, steps);
  const values = new Float64Array(all.length).fill(Number.NaN);
  let step = 0;
  for (let bar = 0; bar < own.length && step < all.length; bar++) {
    while (step < all.length && all[step]! < own[bar]!) step++;
    if (all[step] === own[bar]) values[step] = column[bar]!;
  }
  return values;
}

/** What bars and steps are told apart by. */
const risingOf = (bars: Bars, steps: Steps): readonly [ArrayLike<number>, ArrayLike<number>] =>
  bars.known && steps.known ? [bars.known, steps.known] : [bars.day, steps.day];

/** The step of a bar, the last before where it has none. */
function stepOf(bar: number, bars: Bars, steps: Steps): Step {
  const [own, all] = risingOf(bars, steps);
  const step = firstFrom(all, own[bar]!);
  return all[step] === own[bar] ? step : Math.max(step - 1, 0);
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
  { trades, symbols, equity }: Pick<RunResult, 'trades' | 'symbols' | 'equity'>,
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
    placed.push({
      trade: i,
      side: trades.side[i]! > 0 ? 1 : -1,
      signal: stepOf(trades.signalRow[i]! - series.firstRow, series, equity),
      entry: trades.entryStep[i]!,
      exit: isOpen ? equity.day.length - 1 : trades.exitStep[i]!,
      isOpen,
      entryPrice: trades.entryPrice[i]!,
      exitPrice: trades.exitPrice[i]!,
      net: trades.net[i]!,
      stop: trades.stop[i]!,
      target: trades.target[i]!,
      path: k === undefined ? new Float64Array(0) : pathOn(series, k, equity),
      pathFrom: k === undefined ? 0 : stepOf(stops.firstRow[k]! - series.firstRow, series, equity),
    });
  }
  return placed.sort((a, b) => a.entry - b.entry || a.trade - b.trade);
}

/** The stop of a trade, bar by bar; where steps are instants step by step, as other symbols may have bars in between. */
function pathOn(series: SymbolSeries, k: number, equity: Steps): Float64Array {
  const { level, start, firstRow } = series.stops;
  const path = level.subarray(start[k], start[k + 1]);
  if (series.known === undefined || equity.known === undefined || path.length === 0) return path;
  const first = firstRow[k]! - series.firstRow;
  const steps = Array.from(path, (_, i) => stepOf(first + i, series, equity));
  const laid = new Float64Array(steps.at(-1)! - steps[0]! + 1);
  steps.forEach((step, i) =>
    laid.fill(path[i]!, step - steps[0]!, (steps[i + 1] ?? Infinity) - steps[0]!),
  );
  return laid;
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
