import type { Market } from '../market.ts';
import type { ExitReason } from '../run.ts';
import type { ExecutionSettings, ExitSettings } from '../study/schema.ts';
import { onTick, splitsAt, tickAt } from './contracts.ts';
import type { Levels, Position } from './position.ts';
import type { Price, Prices, Row } from '../units.ts';

/** How a bar ends a position. */
export interface BarExit {
  readonly price: Price;
  readonly reason: 'stop' | 'trailing' | 'break-even' | 'target';
  readonly ambiguous: boolean;
}

/**
 * Stop and target inside one bar; null where neither is reached. The open is the bar's first price, so it is
 * judged first; after it nobody knows the order of high and low, and `bothTouched` says which is taken where
 * both are. Touching is enough, for the target too. Short positions are the mirror image: prices times −1.
 */
export function exitInsideBar(
  position: Position,
  open: Price,
  high: Price,
  low: Price,
  bothTouched: ExecutionSettings['bothTouched'],
): BarExit | null {
  const { side, level, levelReason: reason, targetLevel: target } = position;
  // A gap through the stop fills at the open, which is worse than the stop.
  if (side * open <= side * level) return { price: open, reason, ambiguous: false };
  // A gap beyond the target: the limit order was in the book, it fills at the open.
  if (side * open >= side * target) return { price: open, reason: 'target', ambiguous: false };

  const worst = side > 0 ? low : high;
  const best = side > 0 ? high : low;
  const reachesTarget = side * best >= side * target;
  const reachesStop = side * worst <= side * level;
  if (reachesStop && !(reachesTarget && bothTouched === 'target'))
    return { price: level, reason, ambiguous: reachesTarget };
  // Exactly the target, never better, however far the bar went on.
  return reachesTarget ? { price: target, reason: 'target', ambiguous: reachesStop } : null;
}

/**
 * The rest of the bar in which a priced entry filled. A limit entry filled on the way to the bar's worst price: a
 * stop was surely touched afterwards, a target surely where the close is beyond it. A stop entry filled on the
 * way to the best price: there the target is sure, and the stop where the close is beyond it. What may have been
 * touched before the fill as well as after it, `bothTouched` decides, and the position is marked.
 */
export function exitAfterPricedEntry(
  position: Position,
  high: Price,
  low: Price,
  close: Price,
  bothTouched: ExecutionSettings['bothTouched'],
): BarExit | null {
  const { side, level, levelReason: reason, targetLevel: target, asked: fill, stopped } = position;
  // Measured from the signal's close, stop or target may lie behind the fill: out where it came in.
  if (side * fill <= side * level) return { price: fill, reason, ambiguous: false };
  if (side * fill >= side * target) return { price: fill, reason: 'target', ambiguous: false };
  const reachesStop = side * (side > 0 ? low : high) <= side * level;
  const reachesTarget = side * (side > 0 ? high : low) >= side * target;
  const surelyStop = reachesStop && (!stopped || side * close <= side * level);
  const surelyTarget = reachesTarget && (stopped || side * close >= side * target);
  const ambiguous =
    (reachesStop && reachesTarget) ||
    (reachesStop && !surelyStop) ||
    (reachesTarget && !surelyTarget);
  if (ambiguous) position.ambiguous = true;
  const takesStop = bothTouched === 'stop' ? reachesStop : surelyStop && !reachesTarget;
  if (takesStop) return { price: level, reason, ambiguous };
  const takesTarget = bothTouched === 'stop' ? surelyTarget : reachesTarget;
  return takesTarget ? { price: target, reason: 'target', ambiguous } : null;
}

/** Bars as columns of prices. */
export type BarPrices = Pick<Market, 'open' | 'high' | 'low' | 'close'>;

/** Takes a bar that a position was held through to the close into its best and worst price, unless it was seen already. */
export function seeBar(position: Position, market: Market, row: Row): void {
  if (position.seen !== row) takeIn(position, market, row);
}

/** The same of any bars. */
export function takeIn(position: Position, { high, low, close }: BarPrices, row: Row): void {
  const { side, late } = position;
  // Of the bar at whose close it came in, it has seen the close.
  if (late === 'close') return;
  // What came before a fill inside the bar is unknown: the good end is not counted, the bad one is.
  const favourable = late === 'inside' ? close[row]! : side > 0 ? high[row]! : low[row]!;
  const adverse = side > 0 ? low[row]! : high[row]!;
  if (side * favourable > side * position.best) position.best = favourable;
  if (side * adverse < side * position.worst) position.worst = adverse;
}

/** Puts stop and target on the next tick where a split came before a bar, and left them between two; whether one did. */
export function takeSplit(position: Position, market: Market, row: Row): boolean {
  if (splitsAt(market, row) === splitsAt(market, row - 1)) return false;
  const { symbol, side } = position;
  const tick = tickAt(market, symbol, row);
  position.level = onTick(position.level, tick, side > 0 ? -1 : 1);
  position.targetLevel = onTick(position.targetLevel, tick, side);
  return true;
}

/**
 * Moves the stop at a bar's close, when `best` has taken in the bar; it works from the next bar on, because a
 * bar's high and low come in an unknown order. It never loosens. Equal levels keep the older reason.
 */
export function moveStop(
  position: Position,
  exits: ExitSettings,
  market: Market,
  row: Row,
  atr: Price,
): void {
  const { side, symbol } = position;
  const close = market.close[row]!;
  if (side * close > side * position.bestClose) position.bestClose = close;
  const tick = tickAt(market, symbol, row);
  const fromClose = exits.trailingFrom === 'close';
  follow(position, exits, fromClose ? position.bestClose : position.best, tick, atr);
  // Where the bar's ATR is unknown the level stays.
  if (exits.trailing !== 'chandelier' || Number.isNaN(atr)) return;
  const column = fromClose ? market.close : side > 0 ? market.high : market.low;
  const from = Math.max(market.firstRow[symbol]!, row - exits.chandelierBars + 1);
  const top = bestOf(column, side, from, row);
  tighten(position, top - side * exits.trailingMultiple * atr, 'trailing', tick);
}

/** Whether a stop follows the best price, so that it moves inside a bar where finer ones tell its way. */
export const followsBest = ({ trailing, trailingFrom, breakEven }: ExitSettings): boolean =>
  breakEven !== null ||
  (trailingFrom !== 'close' && (trailing === 'atr' || trailing === 'percent'));

/** Moves the stop inside a bar, at the close of a finer one that `best` has taken in; `atr` is the newest that is known. */
export function moveStopInside(
  position: Position,
  exits: ExitSettings,
  tick: Price,
  atr: Price,
): void {
  if (exits.trailingFrom === 'close') armBreakEven(position);
  else follow(position, exits, position.best, tick, atr);
}

function armBreakEven(position: Position): void {
  const { side, asked: fill } = position;
  if (side * (position.best - fill) >= position.breakEvenAfter)
    tighten(position, fill, 'break-even', 0);
}

/** Break-even and trailing levels that hang on the best price, as far as they are on. */
function follow(
  position: Position,
  exits: ExitSettings,
  best: Price,
  tick: Price,
  atr: Price,
): void {
  const { side } = position;
  armBreakEven(position);
  if (exits.trailing === 'percent')
    tighten(position, best - side * exits.trailingRatio * best, 'trailing', tick);
  // Where the bar's ATR is unknown the level stays.
  if (exits.trailing !== 'atr' || Number.isNaN(atr)) return;
  const distance = Math.max(exits.trailingMultiple * atr, exits.trailingMinimum * best);
  tighten(position, best - side * distance, 'trailing', tick);
}

function tighten(
  position: Position,
  wanted: Price,
  reason: Position['levelReason'],
  tick: Price,
): void {
  const level = onTick(wanted, tick, position.side > 0 ? -1 : 1);
  if (position.side * level <= position.side * position.level) return;
  position.level = level;
  position.levelReason = reason;
}

/** The highest (long) or lowest (short) price of a column's rows. */
function bestOf(column: Prices, side: 1 | -1, first: Row, last: Row): Price {
  let best = column[last]!;
  for (let r = first; r < last; r++) {
    if (side * column[r]! > side * best) best = column[r]!;
  }
  return best;
}

/**
 * What a bar's close orders for the next fill; null for nothing. `signal` is the strategy's side at that close,
 * `leave` its exit signal: 1 longs, 2 shorts, 3 both; `bars` how long it will have been held by then.
 */
export function exitOrder(
  position: Position,
  exits: ExitSettings,
  signal: number,
  leave: number,
  bars: number,
): ExitReason | null {
  const { side } = position;
  if ((leave & (side > 0 ? 1 : 2)) !== 0) return 'signal';
  if (exits.oppositeSignal !== 'ignore' && signal === -side) return 'opposite';
  if (exits.longestHolding !== null && bars >= exits.longestHolding) return 'time';
  return null;
}

/** Where stops and targets of a position begin. */
export function levelsOf(exits: ExitSettings, fill: Price, signalClose: Price, atr: Price): Levels {
  const reference = exits.reference === 'fill' ? fill : signalClose;
  const unit = exits.unit === 'atr' ? atr : reference;
  return {
    reference,
    unit,
    stopDistance: distanceOf(exits.stop, unit),
    targetDistance: distanceOf(exits.target, unit),
    breakEvenAfter: distanceOf(exits.breakEven, unit),
  };
}

const distanceOf = (multiple: number | null, unit: Price): Price =>
  multiple === null ? Infinity : multiple * unit;
