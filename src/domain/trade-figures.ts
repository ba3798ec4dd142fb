import type { Trades } from './run.ts';
import type { Ratio } from './units.ts';

/** Profit after costs ÷ value at entry (quantity × entry price). */
export const tradeReturn = (
  { net, quantity, entryPrice }: Pick<Trades, 'net' | 'quantity' | 'entryPrice'>,
  trade: number,
): Ratio => net[trade]! / (quantity[trade]! * entryPrice[trade]!);

/**
 * Profit after costs ÷ what was at risk: quantity × (entry − first stop) of a long, quantity × (stop − entry) of a
 * short (Tharp’s R). Null where there was no stop, or one that was not on the losing side.
 */
export function rMultiple(
  {
    side,
    net,
    quantity,
    entryPrice,
    stop,
  }: Pick<Trades, 'side' | 'net' | 'quantity' | 'entryPrice' | 'stop'>,
  trade: number,
): number | null {
  const risk = side[trade]! * quantity[trade]! * (entryPrice[trade]! - stop[trade]!);
  return risk > 0 ? net[trade]! / risk : null;
}

type Ended = Pick<Trades, 'length' | 'net' | 'reason' | 'exitStep'>;
const known = new WeakMap<Ended, Float64Array>();

/**
 * Σ net of a trade and of all that were over before it, currency: in order of exit session, then as they stand; those
 * open at the end come last.
 */
export function cumulativeNet(trades: Ended): Float64Array {
  const made = known.get(trades);
  if (made !== undefined) return made;
  const { length, net, reason, exitStep } = trades;
  const endOf = (trade: number): number => (reason[trade]! < 0 ? Infinity : exitStep[trade]!);
  const order = Uint32Array.from({ length }, (_, trade) => trade).sort((a, b) => {
    const [x, y] = [endOf(a), endOf(b)];
    return x === y ? a - b : x < y ? -1 : 1;
  });
  const sums = new Float64Array(length);
  let sum = 0;
  for (const trade of order) {
    sum += net[trade]!;
    sums[trade] = sum;
  }
  known.set(trades, sums);
  return sums;
}
