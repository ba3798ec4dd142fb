import { figure, listOf, parsed, queryOf, secondsDay } from './answers.ts';
import { dateOf } from '../calendar.ts';
import type { Source } from './source.ts';

const mostRows = 1000;

/** https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints: the host for market data alone. */
export const binance: Source = {
  id: 'binance',
  title: 'Binance',
  role: 'bars',
  origin: 'https://data-api.binance.vision',
  symbols: { label: 'Pairs', example: 'BTCUSDT' },
  options: [],
  keys: [],
  pace: { calls: 10, seconds: 1 },
  pages: 'open',
  terms: { text: 'Binance’s terms of use', address: 'https://www.binance.com/en/terms' },
  call: ({ name, from, to, cursor }) => ({
    path: `/api/v3/klines?${queryOf({
      symbol: name,
      interval: '1d',
      startTime: cursor ?? dateOf(from).getTime(),
      endTime: dateOf(to + 1).getTime() - 1,
      limit: mostRows,
    })}`,
  }),
  read: (text) => {
    const bars = listOf(parsed(text), 'bars').map((bar) => listOf(bar, 'prices'));
    const last = bars.at(-1)?.[0];
    return {
      rows: bars.map(([opened, ...prices]) => ({
        day: secondsDay(Number(opened) / 1000),
        values: prices.slice(0, 5).map(figure),
      })),
      next: bars.length < mostRows ? null : String(Number(last) + 1),
    };
  },
};
