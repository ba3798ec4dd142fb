import type { Market, Signals } from '../market.ts';
import { exitReasons, type Trades } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import type { Price, Prices, Row, Rows } from '../units.ts';
import { tickAt } from './contracts.ts';
import { levelsOf, moveStop, seeBar, takeSplit } from './exits.ts';
import { InsideBar } from './inside-bar.ts';
import { Position } from './position.ts';

/** The stop in force at each bar of some trades, as columns. */
export interface StopPaths {
  /** Numbers of the trades, ascending. */
  readonly trade: Int32Array;
  /** Where each trade's bars begin in the columns below, and where the last one's end. */
  readonly start: Int32Array;
  /** Row into Market of each trade's first bar; the others follow it. */
  readonly firstRow: Rows;
  /** Price at which the stop stood in that bar; infinite where there was none. */
  readonly level: Prices;
  /** Whose level that was: an index into `exitReasons`, of stop, trailing or break-even. */
  readonly whose: Int8Array;
}

/**
 * How the stops of one symbol's trades moved, bar by bar: what the simulation did, done again by the same rules from what
 * it kept. `lastRow` is the symbol's last bar in the run. Target weights are resized rather than stopped: they have none.
 */
export function stopPaths(
  symbol: number,
  lastRow: Row,
  trades: Trades,
  market: Market,
  signals: Signals,
  settings: Settings,
): StopPaths {
  const trade: number[] = [];
  const firstRow: Row[] = [];
  const start = [0];
  const level: Price[] = [];
  const whose: number[] = [];
  const has = signals.weight === undefined;
  const inside = new InsideBar(market, signals, settings);
  for (let i = 0; has && i < trades.length; i++) {
    if (trades.symbol[i] !== symbol) continue;
    const exit = trades.exitRow[i]! < 0 ? lastRow : trades.exitRow[i]!;
    const { position, row: first } = began(i, trades, market, signals, settings);
    trade.push(i);
    firstRow.push(first);
    for (let row = first; row <= exit; row++) {
      if (row > first) takeSplit(position, market, row);
      level.push(position.level);
      whose.push(exitReasons.indexOf(position.levelReason));
      if (position.late !== 'close') inside.exit(position, row);
      seeBar(position, market, row);
      position.late = null;
      moveStop(position, settings.exits, market, row, signals.atr[row]!);
    }
    start.push(level.length);
  }
  return {
    trade: Int32Array.from(trade),
    start: Int32Array.from(start),
    firstRow: Int32Array.from(firstRow),
    level: Float64Array.from(level),
    whose: Int8Array.from(whose),
  };
}

/** The position as it was at its entry, and its first bar. */
function began(
  i: number,
  trades: Trades,
  market: Market,
  signals: Signals,
  { execution: { fill, order }, exits }: Settings,
): { readonly position: Position; readonly row: Row } {
  const [symbol, signalRow] = [trades.symbol[i]!, trades.signalRow[i]!];
  const entryRow = trades.entryRow[i]!;
  const isMarket = order === 'market';
  const isPrior = isMarket && fill === 'prior-close';
  const row = isPrior ? entryRow + 1 : entryRow;
  // A price that costs are booked in is not the one that was asked for.
  const price: Price = !isMarket
    ? trades.entryPrice[i]!
    : (fill === 'next-open' ? market.open : market.close)[entryRow]!;
  const atOpen = isPrior || price === market.open[entryRow];
  const levels = levelsOf(exits, price, market.close[signalRow]!, signals.atr[signalRow]!);
  const position = new Position();
  position.begin({
    symbol,
    side: trades.side[i]! > 0 ? 1 : -1,
    signalRow,
    entryRow,
    entryStep: trades.entryStep[i]!,
    row,
    price,
    levels,
    score: trades.score[i]!,
    tick: tickAt(market, symbol, entryRow),
    late: isMarket ? (isPrior || fill === 'next-open' ? null : 'close') : atOpen ? null : 'inside',
    stopped: false,
  });
  return { position, row };
}
