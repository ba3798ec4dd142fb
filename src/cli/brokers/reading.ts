import type { BrokerBars, BrokerOrder, OrderRequest } from '../../domain/live/broker.ts';
import type { Instant } from '../../domain/units.ts';
import { Unreadable } from './words.ts';

/** What brokers answer, as it must be: each refuses what is not, and names it. */

export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Unreadable(`${what} is missing`);
}

export function figureOf(value: unknown, what: string): number {
  const figure = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof figure === 'number' && Number.isFinite(figure)) return figure;
  throw new Unreadable(`${what} is no number`);
}

/** Whole seconds of a date, an ISO instant or milliseconds since 1970. */
export function instantOf(value: unknown, what: string): Instant {
  const milliseconds =
    value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : value;
  if (typeof milliseconds === 'number' && Number.isFinite(milliseconds))
    return Math.floor(milliseconds / 1000);
  throw new Unreadable(`${what} is no time`);
}

/** Selling short is selling. */
export function sideOf(side: unknown): 'buy' | 'sell' {
  if (side === 'buy') return 'buy';
  if (side === 'sell' || side === 'sell_short') return 'sell';
  throw new Unreadable('a side is neither buy nor sell');
}

/** A bar of a broker: when it opens, then open, high, low, close, volume. */
export interface Bar {
  readonly symbol: string;
  readonly at: Instant;
  readonly values: readonly [number, number, number, number, number];
}

/** Bars as columns, in order of symbol and time, each once. */
export function columnsOf(bars: readonly Bar[]): BrokerBars {
  const sorted = bars
    .toSorted((a, b) => (a.symbol === b.symbol ? a.at - b.at : a.symbol < b.symbol ? -1 : 1))
    .filter(({ symbol, at }, i, all) => symbol !== all[i - 1]?.symbol || at !== all[i - 1]?.at);
  const column = (k: 0 | 1 | 2 | 3 | 4) => Float64Array.from(sorted, ({ values }) => values[k]);
  return {
    symbol: sorted.map(({ symbol }) => symbol),
    at: Float64Array.from(sorted, ({ at }) => at),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
  };
}

/** Seconds of a bar. */
export const lengths = { '1m': 60, '5m': 300, '15m': 900, '1h': 3600, '1d': 86_400 } as const;

/** An order that was not taken, and why. */
export const refusal = (
  { clientId, symbol, side, quantity }: OrderRequest,
  why: string,
): BrokerOrder => ({
  ...{ clientId, brokerId: '', symbol, side, quantity },
  ...{ filled: 0, averagePrice: null, status: 'refused', why },
  submittedAt: Math.floor(Date.now() / 1000),
});
