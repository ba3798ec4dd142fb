import type { ExitReason } from '../run.ts';
import type { ExitSettings } from '../study/schema.ts';
import type { Position } from './position.ts';

/** How a bar ends a position. */
export interface BarExit {
  readonly price: number;
  readonly reason: 'stop' | 'trailing' | 'target';
  readonly ambiguous: boolean;
}

/**
 * Stop and target inside one bar; null where neither is reached. The open is the bar's first price, so it is
 * judged first; after it nobody knows the order of high and low, and the stop is taken where both are touched.
 * Touching is enough, for the target too. Short positions are the mirror image: prices times −1.
 */
export function exitInsideBar(
  position: Position,
  open: number,
  high: number,
  low: number,
): BarExit | null {
  const { side, stop, trailing, target } = position;
  // The tightest stop wins; equal levels are the stop's.
  const trails = side * trailing > side * stop;
  const level = trails ? trailing : stop;
  const reason = trails ? 'trailing' : 'stop';

  // A gap through the stop fills at the open, which is worse than the stop.
  if (side * open <= side * level) return { price: open, reason, ambiguous: false };
  // A gap beyond the target: the limit order was in the book, it fills at the open.
  if (side * open >= side * target) return { price: open, reason: 'target', ambiguous: false };

  const worst = side > 0 ? low : high;
  const best = side > 0 ? high : low;
  const reachesTarget = side * best >= side * target;
  if (side * worst <= side * level) return { price: level, reason, ambiguous: reachesTarget };
  // Exactly the target, never better, however far the bar went on.
  return reachesTarget ? { price: target, reason: 'target', ambiguous: false } : null;
}

/**
 * Moves the trailing level at a bar's close; it works from the next bar on, because a bar's high and low
 * come in an unknown order. Where the bar's ATR is unknown the level stays. It never loosens.
 */
export function trail(
  position: Position,
  exits: ExitSettings,
  high: number,
  low: number,
  atr: number,
): void {
  if (exits.trailing === null) return;
  const { side } = position;
  position.best = side > 0 ? Math.max(position.best, high) : Math.min(position.best, low);
  if (Number.isNaN(atr)) return;
  const distance = Math.max(exits.trailing * atr, exits.trailingMinimum * position.best);
  const level = position.best - side * distance;
  position.trailing =
    side > 0 ? Math.max(position.trailing, level) : Math.min(position.trailing, level);
}

/** What a bar's close orders for the next open; null for nothing. `signal` is the strategy's side at that close. */
export function exitOrder(
  position: Position,
  exits: ExitSettings,
  signal: number,
): ExitReason | null {
  if (exits.longestHolding !== null && position.bars >= exits.longestHolding) return 'time';
  if (exits.oppositeSignal && signal === -position.side) return 'opposite';
  return null;
}
