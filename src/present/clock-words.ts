import { type ExchangeCode, exchangeNamed, exchangeOf } from '../domain/exchanges/exchanges.ts';
import type { Place } from '../domain/time/bar-clock.ts';
import { shortLength } from './bar-length.ts';

/** Where bars are from, and what their times are, in words. */

export const stampWords = {
  start: 'when bars begin',
  end: 'when bars end',
} as const;

/** 'Bars of 5 min; times are the beginning of their bars.' */
export const timedWord = ({ seconds, stamp }: Timed): string =>
  `Bars of ${shortLength(seconds)}; times are ${stampWords[stamp]}.`;

interface Timed {
  readonly seconds: number;
  readonly stamp: keyof typeof stampWords;
}

/** 'New York Stock Exchange (XNYS)', or that there is none. */
function exchangeWord(code: string | null | undefined): string {
  const known = exchangeNamed(code ?? '');
  return known === null ? 'No exchange: a session is a day of the zone' : named(known);
}

const named = (code: ExchangeCode): string => `${exchangeOf(code).name} (${code})`;

/** 'New York Stock Exchange (XNYS), times in America/New_York' */
export const placeWord = ({ exchange, zone }: Place): string =>
  `${exchangeWord(exchange)}, times in ${zone}`;
