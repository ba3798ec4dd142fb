import { LabError } from '../errors.ts';
import { alpaca } from './alpaca.ts';
import { alphaVantage } from './alpha-vantage.ts';
import { binance } from './binance.ts';
import { coinbase } from './coinbase.ts';
import { finnhub } from './finnhub.ts';
import { frankfurter } from './frankfurter.ts';
import { fred } from './fred.ts';
import { kraken } from './kraken.ts';
import type { Source } from './source.ts';
import { tiingo } from './tiingo.ts';
import { wikimedia } from './wikimedia.ts';

/** Those without a key first. */
export const sources: readonly Source[] = [
  wikimedia,
  binance,
  coinbase,
  kraken,
  frankfurter,
  fred,
  alpaca,
  tiingo,
  alphaVantage,
  finnhub,
];

export function sourceOf(id: string): Source {
  const found = sources.find((source) => source.id === id);
  if (found !== undefined) return found;
  throw new LabError({
    kind: 'network',
    problem: 'There is no source of this name.',
    remedy: `These are known: ${sources.map((source) => source.id).join(', ')}; or give an https address.`,
    place: { value: id },
  });
}
