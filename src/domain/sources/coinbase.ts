import { dateOf } from '../calendar.ts';
import { figure, listOf, parsed, queryOf, secondsDay } from './answers.ts';
import type { Asked, Source } from './source.ts';

/** Candles in one answer. */
const mostRows = 300;

const firstOf = ({ from, cursor }: Asked): number => (cursor === null ? from : Number(cursor));
const lastOf = (asked: Asked): number => Math.min(firstOf(asked) + mostRows - 1, asked.to);

/** https://docs.cdp.coinbase.com/api-reference/exchange-api/rest-api/products/get-product-candles */
export const coinbase: Source = {
  id: 'coinbase',
  title: 'Coinbase Exchange',
  role: 'bars',
  origin: 'https://api.exchange.coinbase.com',
  symbols: { label: 'Products', example: 'BTC-USD' },
  options: [],
  keys: [],
  pace: { calls: 5, seconds: 1 },
  pages: 'unknown',
  terms: {
    text: 'Coinbase’s market data terms',
    address: 'https://www.coinbase.com/legal/market_data',
  },
  call: (asked) => ({
    path: `/products/${encodeURIComponent(asked.name)}/candles?${queryOf({
      granularity: 86_400,
      start: dateOf(firstOf(asked)).toISOString(),
      end: dateOf(lastOf(asked)).toISOString(),
    })}`,
  }),
  read: (text, asked) => ({
    rows: listOf(parsed(text), 'candles').map((candle) => {
      const [time, low, high, open, close, volume] = listOf(candle, 'prices');
      return { day: secondsDay(time), values: [open, high, low, close, volume].map(figure) };
    }),
    next: lastOf(asked) < asked.to ? String(lastOf(asked) + 1) : null,
  }),
};
